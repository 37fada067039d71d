using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets;

/// <summary>A budget as an average by day: how much one day may use, and how much the month or week.</summary>
/// <remarks>
/// A day of weak traffic leaves money over that a strong day may use. The presets are the published rules of the large
/// platforms, so that a plan can be compared with what they will do.
/// </remarks>
/// <param name="Average">What a day uses on average; above zero.</param>
public sealed record DailyAverage(Money Average) : ITerms
{
    /// <summary>The highest <see cref="Flex"/>.</summary>
    public const decimal FlexMax = 100m;

    /// <summary>
    /// The most that one day may use, as a multiple of the average; 2 by default, null when a day has no limit of its
    /// own.
    /// </summary>
    public decimal? Flex { get; init; } = 2m;

    /// <summary>Over which dates the average is kept; a calendar month by default.</summary>
    public AverageWindow Window { get; init; }

    /// <summary>
    /// How many times the average the window has, where that is not its number of days: 30.4 for any month. Null by
    /// default.
    /// </summary>
    public decimal? Days { get; init; }

    /// <summary>Whether what earlier days of the window left over may be used later; by default it may.</summary>
    public bool CarryUnused { get; init; } = true;

    /// <summary>
    /// Whether a day may use what later days would have, up to <see cref="Flex"/>; by default it may not, as the last
    /// days of the window would stay dark.
    /// </summary>
    public bool BorrowAhead { get; init; }

    /// <summary>The rules of Google Ads: twice the average on a day, 30.4 times the average in a month.</summary>
    /// <param name="average">The average daily budget.</param>
    public static DailyAverage Google(Money average) => new(average) { Days = 30.4m, BorrowAhead = true };

    /// <summary>The rules of Google Ads where conversions are paid for: no limit of a day.</summary>
    /// <param name="average">The average daily budget.</param>
    public static DailyAverage GoogleConversions(Money average) => Google(average) with { Flex = null };

    /// <summary>The rules of Meta: 175 % of the budget on a day, seven times it from Sunday to Saturday.</summary>
    /// <param name="average">The daily budget.</param>
    public static DailyAverage Meta(Money average) => new(average)
    {
        Flex = 1.75m,
        Window = AverageWindow.SundayWeek,
        BorrowAhead = true,
    };

    /// <summary>The rules of Amazon Ads: what is left over carries, up to 25 % more on a day.</summary>
    /// <param name="average">The daily budget.</param>
    public static DailyAverage Amazon(Money average) => new(average) { Flex = 1.25m };

    /// <summary>The first date of the window that a date lies in.</summary>
    /// <param name="date">The date.</param>
    public LocalDate StartOf(LocalDate date) => Window == AverageWindow.Month
        ? new(date.Year, date.Month, 1)
        : date.PlusDays(-((int)date.DayOfWeek % 7));

    /// <summary>What the window of a date may use in all.</summary>
    /// <param name="date">The date.</param>
    /// <param name="since">
    /// The latest change of the average in this window, or the first date of a budget that began within it, with what
    /// was used before: from then on the new average counts for the days that are left. Null when there was none.
    /// </param>
    public Money WindowLimit(LocalDate date, AverageChange? since = null)
    {
        LocalDate start = StartOf(date);
        LocalDate end = Window == AverageWindow.Month ? start.PlusMonths(1) : start.PlusDays(7);
        return since is { } change && change.On > start && change.On < end
            ? change.UsedBefore + Times(Average, Period.DaysBetween(change.On, end))
            : Times(Average, Days ?? Period.DaysBetween(start, end));
    }

    /// <summary>What a date may use.</summary>
    /// <param name="date">The date.</param>
    /// <param name="used">What earlier dates of the window used.</param>
    /// <param name="since">As for <see cref="WindowLimit"/>.</param>
    /// <param name="highest">
    /// The highest average that was in force on the date, where it was changed on the date; null when it was not.
    /// </param>
    public Money DayLimit(LocalDate date, Money used, AverageChange? since = null, Money? highest = null)
    {
        Money zero = Average - Average;
        Money left = Money.Max(zero, WindowLimit(date, since) - used);
        Money average = highest is { } most ? Money.Max(most, Average) : Average;
        Money day = Flex is { } flex ? Money.Min(left, Times(average, flex)) : left;
        return BorrowAhead ? day : Money.Min(day, Earned(date, used, since));
    }

    /// <summary>Reads a daily average.</summary>
    /// <param name="terms">The terms.</param>
    public static DailyAverage Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Money>("average"))
        {
            Flex = terms.Has("noDayLimit") && terms.Flag("noDayLimit") ? null : terms.Number("flex", 2m),
            Window = terms.Enum("window", AverageWindow.Month),
            Days = terms.OptionalNumber("days"),
            CarryUnused = terms.Flag("carryUnused", true),
            BorrowAhead = terms.Flag("borrowAhead"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("average", Average);
        terms.Number("flex", Flex is { } flex and not 2m ? flex : null);
        terms.Flag("noDayLimit", Flex is null);
        terms.Enum("window", Window, AverageWindow.Month);
        terms.Number("days", Days);
        terms.Flag("carryUnused", CarryUnused, true);
        terms.Flag("borrowAhead", BorrowAhead);
    }

    // The average of this date, and what earlier dates left of theirs.
    private Money Earned(LocalDate date, Money used, AverageChange? since)
    {
        if (!CarryUnused)
        {
            return Average;
        }

        (LocalDate from, Money before) = since is { } change && change.On > StartOf(date) && change.On <= date
            ? (change.On, used - change.UsedBefore)
            : (StartOf(date), used);
        Money unused = Times(Average, Period.DaysBetween(from, date)) - before;
        return Money.Max(Average - Average, Average + unused);
    }

    private static Money Times(Money amount, decimal times) =>
        Money.FromMinor((long)decimal.Floor(amount.MinorUnits * times), amount.Currency);
}
