using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>What earlier days say of the traffic to come: a curve and an amount for each class of days.</summary>
/// <remarks>
/// Each day counts for a fifth of its class. Before a class has seen enough days (five; two of a weekend) its days are
/// taken to be even, with the amount of what was seen. A value: <see cref="Learn"/> gives a new one.
/// </remarks>
public sealed record TrafficModel : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The most classes.</summary>
    public const int ClassesMax = 32;

    /// <summary>The class of Monday to Friday.</summary>
    public const string Weekday = "weekday";

    /// <summary>The class of Saturday and Sunday.</summary>
    public const string Weekend = "weekend";

    private const int DaysMin = 5;
    private const int WeekendDaysMin = 2;

    /// <summary>Nothing known yet.</summary>
    public static TrafficModel Empty { get; } = new();

    /// <summary>What is known, by class.</summary>
    public ValueList<TrafficClass> Classes { get; init; } = [];

    /// <summary>The class of a date as the model names it by itself.</summary>
    /// <param name="date">The date.</param>
    public static string ClassOf(LocalDate date) =>
        date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday ? Weekend : Weekday;

    /// <summary>Learns from a day that is over.</summary>
    /// <param name="day">The day's traffic.</param>
    /// <param name="dayClass">Its class.</param>
    /// <exception cref="InvalidOperationException">There are <see cref="ClassesMax"/> other classes.</exception>
    public TrafficModel Learn(TrafficDay day, string dayClass)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(dayClass);
        TrafficCurve today = TrafficCurve.Of(day.Amounts);
        TrafficClass? known = Find(dayClass);
        if (known is null)
        {
            return Classes.Count < ClassesMax
                ? this with { Classes = [.. Classes, new(dayClass, today, day.Total, 1)] }
                : throw new InvalidOperationException($"There are at most {ClassesMax} classes of days.");
        }

        TrafficClass learned = known with
        {
            Curve = known.Curve.Learn(today),
            PerDay = ((4 * Math.Min(known.PerDay, TrafficDay.AmountMax)) + day.Total) / 5,
            Days = Math.Min(known.Days, TrafficClass.DaysMax - 1) + 1,
        };
        return this with { Classes = [.. Classes.Select(c => c == known ? learned : c)] };
    }

    /// <summary>The traffic to expect in a window.</summary>
    /// <param name="window">The window of a budget, with an end.</param>
    /// <param name="calendar">The calendar of the audience, whose days the traffic follows.</param>
    /// <param name="classOf">The class of a date; <see cref="ClassOf"/> when null.</param>
    public TrafficForecast Forecast(
        CalendarPeriod window, ContractCalendar calendar, Func<LocalDate, string>? classOf = null)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        classOf ??= ClassOf;
        return TrafficForecast.Of(window, calendar, date => Expected(classOf(date)));
    }

    /// <summary>Reads a model.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficModel Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new() { Classes = terms.List("classes", TrafficClass.Read, 0, ClassesMax) };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.List("classes", Classes);
    }

    private (TrafficCurve Curve, long PerDay) Expected(string dayClass)
    {
        TrafficClass? known = Find(dayClass);
        int daysMin = dayClass == Weekend ? WeekendDaysMin : DaysMin;
        return (
            known is not null && known.Days >= daysMin ? known.Curve : TrafficCurve.Even,
            known?.PerDay ?? (Classes.Count == 0 ? 0 : Classes.Max(static c => c.PerDay)));
    }

    private TrafficClass? Find(string dayClass) =>
        Classes.FirstOrDefault(c => string.Equals(c.Name, dayClass, StringComparison.Ordinal));
}
