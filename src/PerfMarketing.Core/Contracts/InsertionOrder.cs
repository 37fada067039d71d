using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>
/// What an order for advertising says beside the prices: how much of what, when, and for how much at most.
/// </summary>
/// <remarks>
/// The prices are those of the clauses that the deliverables name. What is owed is limited by budgets and limits, not
/// by this: it is checked against them, so that the order cannot promise something else than the terms pay.
/// </remarks>
public sealed record InsertionOrder : ITerms
{
    /// <summary>The most deliverables.</summary>
    public const int DeliverableCountMax = 100;

    /// <summary>The longest notice of a cancellation, in days.</summary>
    public const int CancellationDaysMax = 365;

    /// <summary>What is to be delivered; at least one thing.</summary>
    public ValueList<Deliverable> Deliverables { get; init; } = [];

    /// <summary>The most that is spent on all of it; null when the order does not say.</summary>
    public Money? MaximumSpend { get; init; }

    /// <summary>
    /// The days of delivery, in the contract's zone; null means all on which the contract is in force.
    /// </summary>
    public DateRange? Dates { get; init; }

    /// <summary>Who counts beside payer and payee, such as a third party's ad server; null when nobody does.</summary>
    public PartyId? ThirdPartyCounter { get; init; }

    /// <summary>Whether what was not delivered may be delivered later; it may not by default.</summary>
    public bool MakeGoods { get; init; }

    /// <summary>
    /// After how many days' notice the order may be cancelled without penalty; null when it may not.
    /// </summary>
    public int? CancellationDays { get; init; }

    /// <summary>Reads an order.</summary>
    /// <param name="terms">The terms.</param>
    public static InsertionOrder Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Deliverables = terms.List("deliverables", Deliverable.Read, 1, DeliverableCountMax),
            MaximumSpend = terms.Optional<Money>("maximumSpend"),
            Dates = terms.Optional<DateRange>("dates"),
            ThirdPartyCounter = terms.Optional<PartyId>("thirdPartyCounter"),
            MakeGoods = terms.Flag("makeGoods"),
            CancellationDays = terms.Has("cancellationDays") ? terms.Int("cancellationDays", 0) : null,
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("deliverables", Deliverables);
        terms.Value("maximumSpend", MaximumSpend);
        terms.Value("dates", Dates);
        terms.Value("thirdPartyCounter", ThirdPartyCounter);
        terms.Flag("makeGoods", MakeGoods);
        terms.Integer("cancellationDays", CancellationDays);
    }
}
