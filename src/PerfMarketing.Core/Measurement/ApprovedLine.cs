using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>What of the approved outcomes of a <see cref="Funnel"/> is at one stage.</summary>
/// <remarks>
/// An outcome counts at one stage: reversed when nothing is left of what was earned by it, else where the least
/// advanced part of it is. What was earned is split exactly: what a correction took back is reversed, the rest is where
/// it is.
/// </remarks>
/// <param name="Stage">The stage.</param>
/// <param name="Count">How many outcomes.</param>
/// <param name="Value">What they were worth when they came in, one amount for each currency.</param>
/// <param name="Earned">What was earned, one amount for each currency, whatever the stage of its outcome.</param>
public sealed record ApprovedLine(
    ApprovedStage Stage, long Count, ValueList<Money> Value, ValueList<Money> Earned) : ITerms
{
    /// <summary>Reads a line.</summary>
    /// <param name="terms">The terms.</param>
    public static ApprovedLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Enum<ApprovedStage>("stage"),
            terms.Integer("count"),
            terms.Values<Money>("value"),
            terms.Values<Money>("earned"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("stage", Stage);
        terms.Integer("count", Count);
        terms.Values("value", Value);
        terms.Values("earned", Earned);
    }
}
