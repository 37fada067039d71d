using System.Globalization;

namespace PerfMarketing.Payouts;

/// <summary>The codes <c>x-1</c>, <c>x-2</c> … of lines, the first of them made once.</summary>
internal sealed class NumberedCode
{
    private const int MadeCount = 32;

    private readonly string name;
    private readonly string[] made;

    public NumberedCode(string name)
    {
        this.name = name;
        made = [.. Enumerable.Range(1, MadeCount).Select(Make)];
    }

    /// <summary>The code with a number, counted from 1.</summary>
    public string this[int number] => number <= MadeCount ? made[number - 1] : Make(number);

    private string Make(int number) => string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
}
