using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>One record of a ledger: what changed, once and for all.</summary>
/// <remarks>
/// The entries of one reservation are in their order; those of different ones may be in any. All together make the same
/// ledger again, also for a plan to which a line was added: it counts what was used before.
/// </remarks>
public sealed record LedgerEntry : ITerms
{
    /// <summary>What happened.</summary>
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>The reservation; null for what happened to a line.</summary>
    public ReservationId? Reservation { get; init; }

    /// <summary>The lowest lines that the amount counts in; for what happened to a line, that line.</summary>
    public ValueList<BudgetId> Budgets { get; init; } = [];

    /// <summary>The instant whose periods the amount counts in.</summary>
    public required Instant At { get; init; }

    /// <summary>The instant of the decision.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>The amount set aside, paid, free again or taken back.</summary>
    public required Money Amount { get; init; }

    /// <summary>How many pieces it is.</summary>
    public long Count { get; init; }

    /// <summary>What a commit was asked for, where it is not <see cref="Amount"/>; null where it is.</summary>
    public Money? Requested { get; init; }

    /// <summary>How many pieces a commit was asked for, where less were paid; null where it is all.</summary>
    public long? RequestedCount { get; init; }

    /// <summary>When a reservation expires; null when it does not.</summary>
    public Instant? Expires { get; init; }

    /// <summary>The lease that a reservation was taken out of; null when it was not.</summary>
    public ReservationId? From { get; init; }

    /// <summary>The correction of a reversal; null for all other kinds.</summary>
    public CorrectionId? Correction { get; init; }

    /// <summary>The line that a commit exceeds, or that cut it; null when there is none.</summary>
    public BudgetId? Binding { get; init; }

    /// <summary>The share of the limit of an alert; null for all other kinds.</summary>
    public Percentage? Share { get; init; }

    /// <summary>What was unusual about a commit.</summary>
    public CommitMarks Marks { get; init; }

    /// <summary>Reads an entry.</summary>
    /// <param name="terms">The terms.</param>
    public static LedgerEntry Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Kind = terms.Enum<LedgerEntryKind>("entry"),
            Reservation = terms.Optional<ReservationId>("reservation"),
            Budgets = terms.Values<BudgetId>("budgets"),
            At = terms.Instant("at"),
            AsOf = terms.Instant("asOf"),
            Amount = terms.Value<Money>("amount"),
            Count = terms.OptionalInteger("count") ?? 0,
            Requested = terms.Optional<Money>("requested"),
            RequestedCount = terms.OptionalInteger("requestedCount"),
            Expires = terms.OptionalInstant("expires"),
            From = terms.Optional<ReservationId>("from"),
            Correction = terms.Optional<CorrectionId>("correction"),
            Binding = terms.Optional<BudgetId>("binding"),
            Share = terms.Optional<Percentage>("share"),
            Marks = ReadMarks(terms),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("entry", Kind);
        terms.Value("reservation", Reservation);
        terms.Values("budgets", Budgets);
        terms.Instant("at", At);
        terms.Instant("asOf", AsOf);
        terms.Value("amount", Amount);
        terms.Integer("count", Count == 0 ? null : Count);
        terms.Value("requested", Requested);
        terms.Integer("requestedCount", RequestedCount);
        terms.Instant("expires", Expires);
        terms.Value("from", From);
        terms.Value("correction", Correction);
        terms.Value("binding", Binding);
        terms.Value("share", Share);
        terms.Flag("overReserve", Marks.HasFlag(CommitMarks.OverReserve));
        terms.Flag("unreserved", Marks.HasFlag(CommitMarks.Unreserved));
        terms.Flag("late", Marks.HasFlag(CommitMarks.Late));
        terms.Flag("overLimit", Marks.HasFlag(CommitMarks.OverLimit));
        terms.Flag("cut", Marks.HasFlag(CommitMarks.Cut));
    }

    private static CommitMarks ReadMarks(TermReader terms) =>
        (terms.Flag("overReserve") ? CommitMarks.OverReserve : 0)
        | (terms.Flag("unreserved") ? CommitMarks.Unreserved : 0)
        | (terms.Flag("late") ? CommitMarks.Late : 0)
        | (terms.Flag("overLimit") ? CommitMarks.OverLimit : 0)
        | (terms.Flag("cut") ? CommitMarks.Cut : 0);
}
