using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Time;

/// <summary>How days are counted when a part of a period is paid.</summary>
public enum ProrationConvention
{
    /// <summary>The days there are: 23 of the 31 from 23 May to 23 June.</summary>
    Actual,

    /// <summary>Every month has 30 days; the 31st counts as the 30th.</summary>
    Fixed30,

    /// <summary>Every month has 28 days; the 29th to the 31st count as the 28th.</summary>
    Fixed28,
}

/// <summary>Which part of a period some dates are, as an exact fraction.</summary>
public static class Proration
{
    /// <summary>How many days a range has under a convention.</summary>
    /// <remarks>
    /// With months of n days: n × (months between) + min(n, day of the end) − min(n, day of the start).
    /// </remarks>
    /// <param name="dates">The range, with an end.</param>
    /// <param name="convention">How days are counted.</param>
    /// <exception cref="InvalidOperationException">The range has no end.</exception>
    public static int Days(DateRange dates, ProrationConvention convention)
    {
        int days = dates.Days;
        if (convention == ProrationConvention.Actual)
        {
            return days;
        }

        int monthLength = MonthLength(convention);
        LocalDate to = dates.From.PlusDays(days);
        return (monthLength * MonthsBetween(dates.From, to))
            + Math.Min(monthLength, to.Day) - Math.Min(monthLength, dates.From.Day);
    }

    /// <summary>The part of a period that some dates are.</summary>
    /// <param name="part">The dates, inside <paramref name="period"/>.</param>
    /// <param name="period">
    /// The whole; under a fixed convention a number of whole months, each of 30 or 28 days.
    /// </param>
    /// <param name="convention">How days are counted.</param>
    /// <returns>From 0 to 1; the whole period is 1 under every convention.</returns>
    /// <exception cref="ArgumentException">
    /// The part does not lie inside the period, or the period has no month.
    /// </exception>
    public static Ratio Share(
        DateRange part, DateRange period, ProrationConvention convention = ProrationConvention.Actual)
    {
        if (part.From < period.From || period.To is not { } end || !(part.To <= end))
        {
            throw new ArgumentException("The part lies inside the period, which has an end.", nameof(part));
        }

        if (part == period)
        {
            return Ratio.One;
        }

        int whole = convention == ProrationConvention.Actual
            ? period.Days
            : MonthLength(convention) * MonthsBetween(period.From, end);
        return whole > 0
            ? new(Math.Min(whole, Days(part, convention)), whole)
            : throw new ArgumentException("A fixed convention needs a period of whole months.", nameof(period));
    }

    /// <summary>The monthly period that a date lies in when periods start on a day of the month.</summary>
    /// <param name="date">The date.</param>
    /// <param name="cycleDay">The day, 1 to 31; in a shorter month the period starts on its last day.</param>
    public static DateRange CycleOf(LocalDate date, int cycleDay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cycleDay, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cycleDay, 31);
        YearMonth month = date.ToYearMonth();
        LocalDate start = StartOf(month, cycleDay);
        return date < start
            ? new(StartOf(month.PlusMonths(-1), cycleDay), start)
            : new(start, StartOf(month.PlusMonths(1), cycleDay));
    }

    private static LocalDate StartOf(YearMonth month, int cycleDay) => month.OnDayOfMonth(
        Math.Min(cycleDay, CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month)));

    private static int MonthsBetween(LocalDate from, LocalDate to) =>
        (12 * (to.Year - from.Year)) + to.Month - from.Month;

    private static int MonthLength(ProrationConvention convention) => convention switch
    {
        ProrationConvention.Fixed30 => 30,
        ProrationConvention.Fixed28 => 28,
        _ => throw new ArgumentOutOfRangeException(nameof(convention), convention, "Not a convention."),
    };
}
