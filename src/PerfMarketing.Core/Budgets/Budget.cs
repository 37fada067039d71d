using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets;

/// <summary>How much may be bought in one period: what is admitted never exceeds the limit.</summary>
/// <remarks>
/// <para>
/// Amounts that are set aside beforehand stay within the limit, whatever comes. What is paid above it is what
/// <see cref="AtCap"/> promises, and is flagged.
/// </para>
/// <para>
/// A budget of outcomes counts each clause's price of an outcome, as limits of a count do: what is taken back in full
/// gives its place back, and what a limit or a budget left unpaid takes none.
/// </para>
/// </remarks>
/// <param name="Id">The budget's name, unique within its campaign.</param>
/// <param name="Limit">
/// The most that may be committed and reserved in one period: money, or a number of outcomes; above zero.
/// </param>
/// <param name="Per">The kind of period: every day, month and so on has the whole limit again.</param>
public sealed record Budget(BudgetId Id, BudgetAmount Limit, PeriodUnit Per) : ITerms
{
    /// <summary>The most shares at which something is said.</summary>
    public const int AlertCountMax = 10;

    /// <summary>The longest time for which something is set aside: ten years of 366 days.</summary>
    public static Duration ReserveForMax { get; } = Duration.FromDays(3_660);

    /// <summary>The most changes of the limit.</summary>
    public const int ChangeCountMax = 1_000;

    /// <summary>
    /// What happens to a result whose amount does not fit and that nobody promised. <see cref="LimitOverflow.Reject"/>
    /// by default.
    /// </summary>
    /// <remarks>
    /// With <see cref="LimitOverflow.Notify"/> all results are paid in full, and what lies above the limit is flagged.
    /// </remarks>
    public LimitOverflow OnExceeded { get; init; }

    /// <summary>
    /// Whether an outcome that is shared counts by credit, which is the default: two fifths of the credit are 0.4
    /// outcomes. Of a limit of outcomes only.
    /// </summary>
    public TallyCredit Credit { get; init; }

    /// <summary>
    /// The clause that prices what does not fit, in whichever contract has it; with
    /// <see cref="LimitOverflow.Divert"/> only.
    /// </summary>
    public ClauseId? DivertTo { get; init; }

    /// <summary>
    /// What is promised to results that come when the limit is reached.
    /// <see cref="CapBehavior.StopAndHonorInFlight"/> by default.
    /// </summary>
    public CapBehavior AtCap { get; init; }

    /// <summary>By which instant amounts count. <see cref="BudgetRecognition.OnEvent"/> by default.</summary>
    public BudgetRecognition Recognition { get; init; }

    /// <summary>
    /// The tz database name of the zone whose hours, days and months count; null, the default, for the campaign's.
    /// </summary>
    public string? Zone { get; init; }

    /// <summary>
    /// How long what is set aside for a result that is not sure yet stays so; null, the default, for as long as the
    /// result waits. Above zero, at most <see cref="ReserveForMax"/>.
    /// </summary>
    /// <remarks>
    /// Then it expires, and is free for others. The result waits on, and when it is proven after all it is answered as
    /// one for which nothing was set aside: what was in flight is paid all the same.
    /// </remarks>
    public Duration? ReserveFor { get; init; }

    /// <summary>By how much the limit may be passed before it is reached; nothing by default, at most 100 %.</summary>
    public Percentage Tolerance { get; init; }

    /// <summary>
    /// At which shares of the limit it is said that they are reached, once in a period, from the lowest to the highest;
    /// a limit that is lowered below one says so with the next entry, one that is raised says none again. None by
    /// default.
    /// </summary>
    public ValueList<Percentage> AlertAt { get; init => field = value ?? []; } = [];

    /// <summary>Later limits, from the earliest to the latest; none by default.</summary>
    /// <remarks>
    /// A limit holds for what is decided from its instant on. What is spent and set aside in the period stays: a higher
    /// limit gives room at once, and one below what is used stops the budget. A period that is over keeps the limit
    /// with which it ended.
    /// </remarks>
    public ValueList<BudgetChange> Changes { get; init => field = value ?? []; } = [];

    /// <summary>
    /// From when the budget holds, by when amounts are decided; null, the default, when it held before all of them.
    /// What was decided before is not counted: <see cref="UsedBefore"/> says how much it was.
    /// </summary>
    public Instant? Since { get; init; }

    /// <summary>
    /// What was spent before <see cref="Since"/> in the period in which it lies; null for nothing. With
    /// <see cref="Since"/> only.
    /// </summary>
    public BudgetAmount? UsedBefore { get; init; }

    /// <summary>
    /// The first limit with its tolerance, whole minor units or outcomes and at most what an amount can be: what is set
    /// aside stays within it.
    /// </summary>
    public BudgetAmount Ceiling => CeilingOf(Limit);

    /// <summary>Which limit held when, in <see cref="BudgetAmount.Units"/>.</summary>
    public LimitHistory History
    {
        get
        {
            LimitHistory history = new(Limit.Units) { Since = Since };
            foreach (BudgetChange change in Changes)
            {
                history = history.Change(change.At, change.Limit.Units);
            }

            return history;
        }
    }

    /// <summary>The limit that holds at an instant; null before the budget does.</summary>
    /// <param name="at">The instant.</param>
    public BudgetAmount? LimitAt(Instant at) => at < Since ? null
        : Changes.LastOrDefault(c => c.At <= at)?.Limit ?? Limit;

    /// <summary>Reads a budget.</summary>
    /// <param name="terms">The terms.</param>
    public static Budget Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<BudgetId>("id"),
            BudgetAmount.Read(terms, "limit", "count") ?? default,
            terms.Enum<PeriodUnit>("per"))
        {
            Credit = terms.Enum("credit", TallyCredit.Credited),
            Zone = terms.OptionalText("zone"),
            OnExceeded = terms.Enum("onExceeded", LimitOverflow.Reject),
            DivertTo = terms.Optional<ClauseId>("divertTo"),
            AtCap = terms.Enum("atCap", CapBehavior.StopAndHonorInFlight),
            Recognition = terms.Enum("recognition", BudgetRecognition.OnEvent),
            ReserveFor = terms.Optional<DurationText>("reserveFor")?.Value,
            Tolerance = terms.Value("tolerance", default(Percentage)),
            AlertAt = terms.Values<Percentage>("alertAt", 0, AlertCountMax),
            Changes = terms.List("changes", BudgetChange.Read, 0, ChangeCountMax),
            Since = terms.OptionalInstant("since"),
            UsedBefore = BudgetAmount.Read(terms, "usedBefore", "countBefore"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        BudgetAmount.Write(terms, "limit", "count", Limit);
        terms.Enum("per", Per);
        terms.Enum("credit", Credit, TallyCredit.Credited);
        terms.Value("zone", Zone);
        terms.Enum("onExceeded", OnExceeded, LimitOverflow.Reject);
        terms.Value("divertTo", DivertTo);
        terms.Enum("atCap", AtCap, CapBehavior.StopAndHonorInFlight);
        terms.Enum("recognition", Recognition, BudgetRecognition.OnEvent);
        terms.Value(
            "reserveFor", !terms.IsWalk && ReserveFor is { } time ? new DurationText(time) : (DurationText?)null);
        terms.Value("tolerance", Tolerance, default);
        terms.Values("alertAt", AlertAt);
        terms.List("changes", Changes);
        terms.Instant("since", Since);
        BudgetAmount.Write(terms, "usedBefore", "countBefore", UsedBefore);
    }

    /// <summary>A limit with the tolerance.</summary>
    /// <param name="limit">The limit.</param>
    internal BudgetAmount CeilingOf(BudgetAmount limit)
    {
        long step = limit.IsCount ? BudgetAmount.UnitsPerOutcome : 1;
        long most = limit.IsCount ? BudgetAmount.CountMax * step : Money.MinorUnitsMax;
        long more = step * (long)decimal.Floor(limit.Units * Tolerance.Fraction / step);
        return BudgetAmount.Of(Math.Min(most, limit.Units + more), limit);
    }
}
