using System.Globalization;
using PerfMarketing.Primitives;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>How many lines of a log could not be used for one reason, and where the first of them are.</summary>
/// <param name="Code">The reason's stable code.</param>
/// <param name="Count">How many.</param>
/// <param name="Lines">The numbers of the first ones, at most <see cref="LineCountMax"/>.</param>
internal sealed record RejectedCount(string Code, long Count, ValueList<long> Lines) : ITerms
{
    /// <summary>The most lines that are named of one code.</summary>
    public const int LineCountMax = 5;

    /// <summary>Counts lines by their codes, in the order of those.</summary>
    /// <param name="rejected">The lines.</param>
    public static ValueList<RejectedCount> Of(IEnumerable<RejectedLine> rejected) =>
    [
        .. rejected.GroupBy(static line => line.Code, StringComparer.Ordinal)
            .OrderBy(static same => same.Key, StringComparer.Ordinal)
            .Select(static same => new RejectedCount(
                same.Key, same.LongCount(), [.. same.Select(static line => line.Line).Order().Take(LineCountMax)])),
    ];

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("code", Code);
        terms.Integer("count", Count);
        terms.Add("lines", TermNode.OfList([.. Lines.Select(static line => TermNode.OfNumber(Text(line)))]));
    }

    /// <summary>The code with its lines, as a person reads it.</summary>
    public override string ToString() => string.Concat(
        Code,
        Count == 1 ? " (line " : " (lines ",
        string.Join(", ", Lines.Select(Text)),
        Count > Lines.Count ? ", …)" : ")");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
