using PerfMarketing.Events.Conditions;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>One case of a <see cref="FirstMatch"/>: what is paid when a condition holds.</summary>
/// <param name="When">The condition; facts that are not known never make it hold.</param>
/// <param name="Pays">What is paid then.</param>
public sealed record MatchCase(Condition When, PayoutModel Pays) : ITerms
{
    private readonly ConditionSlot slot = new();

    /// <summary>Reads a case's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the model's name is looked up.</param>
    public static MatchCase Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(terms.Object("when", Condition.Read), catalog.Read(terms, "pays"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("when", When);
        terms.Terms("pays", Pays);
    }

    internal bool Matches(in PayoutContext context) =>
        slot.Of(When, context.Calendar.Zone).Evaluate(context.Facts, context.At);
}
