using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>The outcomes of one stage of a <see cref="Funnel"/> that are there for one reason.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Reason">The code of why they are there; null when the stage needs no reason.</param>
/// <param name="Count">How many outcomes.</param>
/// <param name="Value">
/// What they were worth when they came in, one amount for each currency, in the order of the codes; empty when none of
/// them was worth an amount.
/// </param>
public sealed record FunnelLine(FunnelStage Stage, string? Reason, long Count, ValueList<Money> Value) : ITerms
{
    /// <summary>Reads a line.</summary>
    /// <param name="terms">The terms.</param>
    public static FunnelLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Enum<FunnelStage>("stage"),
            terms.OptionalText("reason"),
            terms.Integer("count"),
            terms.Values<Money>("value"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("stage", Stage);
        terms.Value("reason", Reason);
        terms.Integer("count", Count);
        terms.Values("value", Value);
    }
}
