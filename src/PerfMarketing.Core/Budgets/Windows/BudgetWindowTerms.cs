using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Windows;

/// <summary>For which stretches of time a limit holds, and what becomes of what they leave over.</summary>
/// <remarks>
/// <para>
/// The limit itself, of money or of a count, is a <see cref="LimitHistory"/>, since it changes while a budget is live.
/// <see cref="BudgetWindows"/> says what both mean at an instant.
/// </para>
/// <para>
/// The zone is that of the money: which day an amount counts on. Whose day the traffic follows is another setting, the
/// calendar that a forecast of traffic is made with.
/// </para>
/// </remarks>
/// <param name="Per">The kind of window.</param>
public sealed record BudgetWindowTerms(PeriodUnit Per) : ITerms
{
    /// <summary>The most changes of a zone.</summary>
    public const int ZoneChangesMax = 100;

    /// <summary>The highest <see cref="RolloverMax"/>.</summary>
    public const decimal RolloverMaxMax = 100m;

    /// <summary>The zone whose days count; <c>Etc/UTC</c> by default.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>Later changes of the zone, in order; none by default.</summary>
    public ValueList<ZoneChange> ZoneChanges { get; init; } = [];

    /// <summary>On which day a week begins; on Monday by default.</summary>
    public WeekStart WeekStart { get; init; }

    /// <summary>The dates of a flight; with <see cref="PeriodUnit.Flight"/> only.</summary>
    public DateRange? Dates { get; init; }

    /// <summary>
    /// How many dates a rolling window has, today and the ones before; with <see cref="PeriodUnit.Rolling"/> only.
    /// </summary>
    public int? RollingDays { get; init; }

    /// <summary>How the days of the window share it; null when they do not: any day may use all of it.</summary>
    public DaySpread? Days { get; init; }

    /// <summary>What becomes of what a window leaves over; gone by default.</summary>
    public Rollover Rollover { get; init; }

    /// <summary>
    /// The most that comes from earlier windows, as a multiple of the window's own limit: 0.5 for half of it; with
    /// <see cref="Rollover.Capped"/> only.
    /// </summary>
    public decimal? RolloverMax { get; init; }

    /// <summary>
    /// The rules of Google Ads for an average daily budget: twice the average on a day, 30.4 times in a month. After a
    /// change, what was spent so far and the new average for each day left, today included.
    /// </summary>
    public static BudgetWindowTerms Google { get; } = new(PeriodUnit.Month)
    {
        Days = new() { IsAverage = true, Times = 30.4m, BorrowAhead = true },
    };

    /// <summary>The rules of Google Ads where conversions are paid for: no limit of a day.</summary>
    public static BudgetWindowTerms GoogleConversions { get; } = Google with
    {
        Days = Google.Days! with { Flex = null },
    };

    /// <summary>
    /// The rules of Meta for a daily budget: 175 % of it on a day, seven times it from Sunday to Saturday.
    /// </summary>
    public static BudgetWindowTerms Meta { get; } = new(PeriodUnit.Week)
    {
        WeekStart = WeekStart.Sunday,
        Days = new() { IsAverage = true, Flex = 1.75m, BorrowAhead = true },
    };

    /// <summary>
    /// The rules of Amazon Ads for a daily budget: what is left over carries within the month, up to 25 % more on a
    /// day. After a change the days that are left count, not those before.
    /// </summary>
    public static BudgetWindowTerms Amazon { get; } = new(PeriodUnit.Month)
    {
        Days = new() { IsAverage = true, Flex = 1.25m },
    };

    /// <summary>Reads terms of windows.</summary>
    /// <param name="terms">The terms.</param>
    public static BudgetWindowTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Enum<PeriodUnit>("per"))
        {
            Zone = terms.Text("zone", "Etc/UTC"),
            ZoneChanges = terms.List("zoneChanges", ZoneChange.Read, 0, ZoneChangesMax),
            WeekStart = terms.Enum("weekStart", WeekStart.Monday),
            Dates = terms.Optional<DateRange>("dates"),
            RollingDays = terms.Has("rollingDays") ? terms.Int("rollingDays", 0) : null,
            Days = terms.OptionalObject("days", DaySpread.Read),
            Rollover = terms.Enum("rollover", Rollover.None),
            RolloverMax = terms.OptionalNumber("rolloverMax"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("per", Per);
        terms.Value("zone", Zone, "Etc/UTC");
        terms.List("zoneChanges", ZoneChanges);
        terms.Enum("weekStart", WeekStart, WeekStart.Monday);
        terms.Value("dates", Dates);
        terms.Integer("rollingDays", RollingDays);
        terms.Terms("days", Days);
        terms.Enum("rollover", Rollover, Rollover.None);
        terms.Number("rolloverMax", RolloverMax);
    }
}
