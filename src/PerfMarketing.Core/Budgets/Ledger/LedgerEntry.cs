using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>One record of a ledger: what changed, once and for all.</summary>
/// <remarks>
/// The entries of one reservation are in their order, and so are all changes of lines; those of different ones may be
/// in any. All together make the same ledger again, also for a plan to which a line was added: it counts what was used
/// before.
/// </remarks>
public sealed record LedgerEntry : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>What happened.</summary>
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>The reservation, or the change of a line; null for what happened to a line by itself.</summary>
    public ReservationId? Reservation { get; init; }

    /// <summary>The lowest lines that the amount counts in; for what happened to a line, that line.</summary>
    public ValueList<BudgetId> Budgets { get; init; } = [];

    /// <summary>The instant whose periods the amount counts in; of a commit, when the result occurred.</summary>
    public required Instant At { get; init; }

    /// <summary>
    /// When the touch of a commit was bought that nothing was reserved for; null when it is <see cref="At"/>.
    /// </summary>
    public Instant? BoughtAt { get; init; }

    /// <summary>When the result of a commit was approved; null when it is <see cref="AsOf"/>.</summary>
    public Instant? ApprovedAt { get; init; }

    /// <summary>The instant of the decision.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>
    /// The amount set aside, paid, free again, taken back or expected; of a changed limit, the new one.
    /// </summary>
    public required Money Amount { get; init; }

    /// <summary>How many pieces it is; of a line that counts pieces also how many are expected, or its limit.</summary>
    public long Count { get; init; }

    /// <summary>What a commit was asked for, where it is not <see cref="Amount"/>; null where it is.</summary>
    public Money? Requested { get; init; }

    /// <summary>How many pieces a commit was asked for, where less were paid; null where it is all.</summary>
    public long? RequestedCount { get; init; }

    /// <summary>When a reservation expires; null when it does not.</summary>
    public Instant? Expires { get; init; }

    /// <summary>The lease that a reservation was taken out of; null when it was not.</summary>
    public ReservationId? From { get; init; }

    /// <summary>What the answer to a reservation said was left; zero for all other kinds.</summary>
    public long Headroom { get; init; }

    /// <summary>The correction of a reversal; null for all other kinds.</summary>
    public CorrectionId? Correction { get; init; }

    /// <summary>The line that a commit exceeds, or that cut it; null when there is none.</summary>
    public BudgetId? Binding { get; init; }

    /// <summary>The period of an alert or a stop; null for all other kinds.</summary>
    public string? Window { get; init; }

    /// <summary>The share of the limit of an alert; null for all other kinds.</summary>
    public Percentage? Share { get; init; }

    /// <summary>The terms that a line has from then on; null for all other kinds.</summary>
    public BudgetLine? Line { get; init; }

    /// <summary>
    /// What a line whose terms changed had in use then, in the period whose limit it is; null for all other kinds.
    /// </summary>
    public long? Used { get; init; }

    /// <summary>
    /// What was unusual about a commit; of a reservation <see cref="CommitMarks.Late"/> where the lease that it was
    /// taken out of had expired, and its amount was set aside anew.
    /// </summary>
    public CommitMarks Marks { get; init; }

    /// <summary>Reads an entry.</summary>
    /// <param name="terms">The terms.</param>
    public static LedgerEntry Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Kind = terms.Enum<LedgerEntryKind>("entry"),
            Reservation = terms.Optional<ReservationId>("reservation"),
            Budgets = terms.Values<BudgetId>("budgets"),
            At = terms.Instant("at"),
            BoughtAt = terms.OptionalInstant("boughtAt"),
            ApprovedAt = terms.OptionalInstant("approvedAt"),
            AsOf = terms.Instant("asOf"),
            Amount = terms.Value<Money>("amount"),
            Count = terms.OptionalInteger("count") ?? 0,
            Requested = terms.Optional<Money>("requested"),
            RequestedCount = terms.OptionalInteger("requestedCount"),
            Expires = terms.OptionalInstant("expires"),
            From = terms.Optional<ReservationId>("from"),
            Headroom = terms.OptionalInteger("headroom") ?? 0,
            Correction = terms.Optional<CorrectionId>("correction"),
            Binding = terms.Optional<BudgetId>("binding"),
            Window = terms.OptionalText("window"),
            Share = terms.Optional<Percentage>("share"),
            Line = terms.OptionalObject("line", BudgetLine.Read),
            Used = terms.OptionalInteger("used"),
            Marks = CommitMarkTerms.Read(terms),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Enum("entry", Kind);
        terms.Value("reservation", Reservation);
        terms.Values("budgets", Budgets);
        terms.Instant("at", At);
        terms.Instant("boughtAt", BoughtAt);
        terms.Instant("approvedAt", ApprovedAt);
        terms.Instant("asOf", AsOf);
        terms.Value("amount", Amount);
        terms.Integer("count", Count == 0 ? null : Count);
        terms.Value("requested", Requested);
        terms.Integer("requestedCount", RequestedCount);
        terms.Instant("expires", Expires);
        terms.Value("from", From);
        terms.Integer("headroom", Headroom == 0 ? null : Headroom);
        terms.Value("correction", Correction);
        terms.Value("binding", Binding);
        terms.Value("window", Window);
        terms.Value("share", Share);
        terms.Terms("line", Line);
        terms.Integer("used", Used);
        CommitMarkTerms.Write(terms, Marks);
    }
}
