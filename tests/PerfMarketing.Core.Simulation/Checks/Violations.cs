using System.Globalization;
using System.Runtime.CompilerServices;

namespace PerfMarketing.Simulation.Checks;

/// <summary>What a seed found wrong; the first few are kept.</summary>
internal sealed class Violations
{
    private const int KeptMax = 5;

    private readonly List<string> found = [];

    public int Count { get; private set; }

    public IReadOnlyList<string> Found => found;

    public void Add(string what)
    {
        if (Count++ < KeptMax)
        {
            found.Add(what);
        }
    }

    public void Require(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref Words what)
    {
        if (!holds)
        {
            Add(what.ToString());
        }
    }

    /// <summary>What is written only when something is wrong.</summary>
    [InterpolatedStringHandler]
    internal ref struct Words
    {
        private DefaultInterpolatedStringHandler text;

        public Words(int literalLength, int formattedCount, bool holds, out bool isWritten)
        {
            isWritten = !holds;
            text = holds ? default : new(literalLength, formattedCount, CultureInfo.InvariantCulture);
        }

        public void AppendLiteral(string value) => text.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

        public override string ToString() => text.ToStringAndClear();
    }
}
