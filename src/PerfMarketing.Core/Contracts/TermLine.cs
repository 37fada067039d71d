using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>What changed about one thing.</summary>
/// <param name="Subject">What it is; empty when it is the whole.</param>
/// <param name="Phrases">What changed; at least one.</param>
internal sealed record TermLine(string Subject, ValueList<string> Phrases)
{
    /// <summary>The line as a person reads it: <c>sale: 12% → 10%; new cap 80.00 EUR</c>.</summary>
    public override string ToString() =>
        $"{(Subject.Length > 0 ? $"{Subject}: " : string.Empty)}{string.Join("; ", Phrases)}";
}
