using System.Globalization;
using NodaTime;
using NodaTime.Calendars;
using NodaTime.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Time;

/// <summary>One stretch of time with a name: the half-open interval <c>[Start, End)</c>.</summary>
/// <remarks>
/// Made by a <see cref="ContractCalendar"/>. Whoever decides many times in one period keeps it and asks
/// <see cref="Contains"/>, which only compares. <c>default</c> is an empty period that contains nothing. Periods sort
/// by start, then end, then unit.
/// </remarks>
public readonly record struct CalendarPeriod : IComparable<CalendarPeriod>
{
    private readonly LocalDate first;
    private readonly int days;

    internal CalendarPeriod(PeriodUnit unit, LocalDate first, int days, Instant start, Instant end)
    {
        Unit = unit;
        Start = start;
        End = end;
        this.first = first;
        this.days = days;
    }

    /// <summary>All of time, as one period; <see cref="End"/> itself is the only instant outside.</summary>
    public static CalendarPeriod Lifetime { get; } =
        new(PeriodUnit.Lifetime, default, 0, Instant.MinValue, Instant.MaxValue);

    /// <summary>What kind of period this is.</summary>
    public PeriodUnit Unit { get; }

    /// <summary>The first instant inside.</summary>
    public Instant Start { get; }

    /// <summary>The first instant after; equal to <see cref="Start"/> for a date that clocks skipped.</summary>
    public Instant End { get; }

    /// <summary>How long the period lasts in fact: a day may have 23, 24 or 25 hours.</summary>
    /// <exception cref="InvalidOperationException">The period has no end.</exception>
    public Duration Length => End == Instant.MaxValue
        ? throw new InvalidOperationException("A period without an end has no length.")
        : End - Start;

    /// <summary>
    /// The period's name, unique within one zone: <c>2026-03</c>, <c>2026-03-09</c>, <c>2026-W11</c>, <c>2026-03-a</c>,
    /// <c>2026-Q1</c>, <c>2026</c>, <c>2026-03-09T14:00:00Z</c> (an hour, by its first instant),
    /// <c>2026-03-01/2026-04-01</c> (a flight), <c>2026-03-03/P7D</c> (rolling days) or <c>lifetime</c>.
    /// </summary>
    public string Key => Unit switch
    {
        PeriodUnit.Hour => InstantPattern.ExtendedIso.Format(Start),
        PeriodUnit.Day => Iso(first),
        PeriodUnit.Week =>
            Text($"{WeekYearRules.Iso.GetWeekYear(first):0000}-W{WeekYearRules.Iso.GetWeekOfWeekYear(first):00}"),
        PeriodUnit.HalfMonth => Text($"{first.Year:0000}-{first.Month:00}-{(first.Day == 1 ? 'a' : 'b')}"),
        PeriodUnit.Month => Text($"{first.Year:0000}-{first.Month:00}"),
        PeriodUnit.Quarter => Text($"{first.Year:0000}-Q{((first.Month - 1) / 3) + 1}"),
        PeriodUnit.Year => Text($"{first.Year:0000}"),
        PeriodUnit.Flight => End == Instant.MaxValue ? $"{Iso(first)}/.." : $"{Iso(first)}/{Iso(first.PlusDays(days))}",
        PeriodUnit.Rolling => Text($"{Iso(first)}/P{days}D"),
        _ => "lifetime",
    };

    /// <summary>How many dates a rolling period or a flight was made of; else 0.</summary>
    internal int Dates => days;

    /// <summary>Whether one period sorts before another.</summary>
    public static bool operator <(CalendarPeriod left, CalendarPeriod right) => left.CompareTo(right) < 0;

    /// <summary>Whether one period sorts before another or equals it.</summary>
    public static bool operator <=(CalendarPeriod left, CalendarPeriod right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one period sorts after another.</summary>
    public static bool operator >(CalendarPeriod left, CalendarPeriod right) => left.CompareTo(right) > 0;

    /// <summary>Whether one period sorts after another or equals it.</summary>
    public static bool operator >=(CalendarPeriod left, CalendarPeriod right) => left.CompareTo(right) >= 0;

    /// <summary>Whether an instant lies in <c>[Start, End)</c>.</summary>
    /// <param name="at">The instant.</param>
    public bool Contains(Instant at) => Start <= at && at < End;

    /// <summary>
    /// What part of the period has passed at an instant, by real time: at noon of a day of 23 hours, 11/23.
    /// </summary>
    /// <param name="at">The instant; before the start it is 0, from the end on it is 1.</param>
    /// <exception cref="InvalidOperationException">The period has no end.</exception>
    /// <exception cref="OverflowException">The period is longer than 292 years.</exception>
    public Ratio Elapsed(Instant at)
    {
        Duration length = Length;
        return at >= End ? Ratio.One
            : at <= Start ? Ratio.Zero
            : new((at - Start).ToInt64Nanoseconds(), length.ToInt64Nanoseconds());
    }

    /// <inheritdoc/>
    public int CompareTo(CalendarPeriod other)
    {
        int order = Start.CompareTo(other.Start);
        order = order != 0 ? order : End.CompareTo(other.End);
        return order != 0 ? order : Unit.CompareTo(other.Unit);
    }

    /// <summary>The period's <see cref="Key"/>.</summary>
    public override string ToString() => Key;

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
