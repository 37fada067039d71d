using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets;

/// <summary>One record of a budget's stream: what was decided, once and for all.</summary>
/// <remarks>
/// Entries of one budget and period, applied in the order in which they were decided, rebuild its
/// <see cref="BudgetState"/>. A refusal for want of room is an entry too, so that its repetition gets the same answer.
/// </remarks>
public sealed record BudgetEntry : ITerms
{
    /// <summary>What happened.</summary>
    public required BudgetEntryKind Kind { get; init; }

    /// <summary>The budget.</summary>
    public required BudgetId Budget { get; init; }

    /// <summary>The period's key, such as <c>2026-03</c>.</summary>
    public required string Period { get; init; }

    /// <summary>What the amount is for.</summary>
    public required ReservationId Reservation { get; init; }

    /// <summary>The correction that reverses or raises an amount; null for all other kinds.</summary>
    public CorrectionId? Correction { get; init; }

    /// <summary>The amount asked for.</summary>
    public required BudgetAmount Requested { get; init; }

    /// <summary>The amount granted; for a refusal the amount that was left.</summary>
    public required BudgetAmount Amount { get; init; }

    /// <summary>
    /// What of the amount lies above the limit, and is spent all the same because it was promised; null when nothing
    /// does.
    /// </summary>
    public BudgetAmount? Excess { get; init; }

    /// <summary>
    /// Since when the amount has been set aside, where it is what is left of a larger one; null where it is new.
    /// </summary>
    public Instant? Since { get; init; }

    /// <summary>
    /// The shares of the limit that are reached with this entry for the first time in the period; mostly none.
    /// </summary>
    public ValueList<Percentage> Alerts { get; init => field = value ?? []; } = [];

    /// <summary>Reads an entry.</summary>
    /// <param name="terms">The terms.</param>
    public static BudgetEntry Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        BudgetAmount? granted = BudgetAmount.Read(terms, "amount", "count");
        BudgetAmount amount = granted ?? default;
        BudgetAmount requested = BudgetAmount.Read(terms, "requested", "requestedCount") ?? amount;
        BudgetAmount? excess = BudgetAmount.Read(terms, "excess", "excessCount");
        if (granted is null || requested.Currency != amount.Currency
            || (excess is { } over && over.Currency != amount.Currency))
        {
            terms.Fail("amount", BudgetCodes.EntryCurrency, "An entry has amounts of one kind.");
        }

        return new()
        {
            Kind = terms.Enum<BudgetEntryKind>("entry"),
            Budget = terms.Value<BudgetId>("budget"),
            Period = terms.Text("period"),
            Reservation = terms.Value<ReservationId>("reservation"),
            Correction = terms.Optional<CorrectionId>("correction"),
            Requested = requested,
            Amount = amount,
            Excess = excess,
            Since = terms.OptionalInstant("since"),
            Alerts = terms.Values<Percentage>("alerts", 0, Budgets.Budget.AlertCountMax),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("entry", Kind);
        terms.Value("budget", Budget);
        terms.Value("period", Period);
        terms.Value("reservation", Reservation);
        terms.Value("correction", Correction);
        BudgetAmount.Write(terms, "requested", "requestedCount", Requested == Amount ? null : Requested);
        BudgetAmount.Write(terms, "amount", "count", Amount);
        BudgetAmount.Write(terms, "excess", "excessCount", Excess);
        terms.Instant("since", Since);
        terms.Values("alerts", Alerts);
    }
}
