using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Invalidations;

/// <summary>
/// Results of a source and period that turned out invalid, without saying which: an amount, a part, or a number.
/// </summary>
/// <remarks>
/// It is taken from the lines of that source and period, by what is left of each. The id is the idempotency key, among
/// those of <see cref="Bookings.ManualEarning"/>.
/// </remarks>
public sealed record Invalidation : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The most characters of <see cref="Note"/>.</summary>
    public const int NoteLengthMax = 500;

    /// <summary>The host's name for it.</summary>
    public required BookingId Id { get; init; }

    /// <summary>The contract whose lines are taken from.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The partner whose lines are taken from.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>The clause whose lines are taken from; null for all.</summary>
    public ClauseId? Clause { get; init; }

    /// <summary>What holds of the outcomes, such as their placement; null for all.</summary>
    public Condition? When { get; init; }

    /// <summary>The first instant of the period in which the outcomes occurred.</summary>
    public required Instant From { get; init; }

    /// <summary>The first instant after it.</summary>
    public required Instant To { get; init; }

    /// <summary>When it was found: what a schedule of clawbacks counts to.</summary>
    public required Instant At { get; init; }

    /// <summary>
    /// The amount, above zero, in the contract's currency. Exactly one of this and the next two is set.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>The part of what is left of the lines, above 0 and at most 100 %; rounded once.</summary>
    public Percentage? Part { get; init; }

    /// <summary>
    /// How many of the lines' results, above zero and at most as many as were counted, with at most 12 decimals: as
    /// much of what is left of the lines, rounded once.
    /// </summary>
    public decimal? Quantity { get; init; }

    /// <summary>Why, in a word that terms can ask for; null when nobody said.</summary>
    public CorrectionReason? Reason { get; init; }

    /// <summary>Who decided it, as the host names its people: 1 to 64 printable ASCII characters.</summary>
    public required string Author { get; init; }

    /// <summary>Why, in words: 1 to 500 characters without control characters.</summary>
    public required string Note { get; init; }

    /// <summary>Reads an invalidation, which may make no sense.</summary>
    /// <param name="terms">The terms.</param>
    public static Invalidation Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Id = terms.Value<BookingId>("id"),
            Contract = terms.Value<ContractId>("contract"),
            Partner = terms.Value<PartnerId>("partner"),
            Clause = terms.Optional<ClauseId>("clause"),
            When = terms.OptionalObject("when", Condition.Read),
            From = terms.Instant("from"),
            To = terms.Instant("to"),
            At = terms.Instant("at"),
            Amount = terms.Optional<Money>("amount"),
            Part = terms.Optional<Percentage>("part"),
            Quantity = terms.OptionalNumber("quantity"),
            Reason = terms.Optional<CorrectionReason>("reason"),
            Author = terms.Text("author"),
            Note = terms.Text("note"),
        };
    }

    /// <summary>The name under which its entries stand among the corrections of an outcome.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="invalidation">The invalidation.</param>
    public static CorrectionId CauseOf(CampaignId campaign, BookingId invalidation) =>
        new(DerivedId.Of("invalidation", campaign.Value, invalidation.Value));

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("id", Id);
        terms.Value("contract", Contract);
        terms.Value("partner", Partner);
        terms.Value("clause", Clause);
        terms.Terms("when", When);
        terms.Instant("from", From);
        terms.Instant("to", To);
        terms.Instant("at", At);
        terms.Value("amount", Amount);
        terms.Value("part", Part);
        terms.Number("quantity", Quantity);
        terms.Value("reason", Reason);
        terms.Value("author", Author);
        terms.Value("note", Note);
    }
}
