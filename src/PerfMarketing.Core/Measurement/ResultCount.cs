using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>How many results of one kind a log has, and what they are worth, whatever is paid for them.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many outcomes.</param>
/// <param name="Quantity">How many results they are: one outcome may be four hundred clicks.</param>
/// <param name="Value">What they are worth, one amount for each currency, in the order of the codes.</param>
public sealed record ResultCount(OutcomeKind Kind, long Count, decimal Quantity, ValueList<Money> Value) : ITerms
{
    /// <summary>Reads a count.</summary>
    /// <param name="terms">The terms.</param>
    public static ResultCount Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<OutcomeKind>("kind"),
            terms.Integer("count"),
            terms.Number("quantity"),
            terms.Values<Money>("value"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("kind", Kind);
        terms.Integer("count", Count);
        terms.Number("quantity", Quantity);
        terms.Values("value", Value);
    }
}
