using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Windows;

/// <summary>Which date an amount counts on, where the zone of a budget may change while it is live.</summary>
/// <remarks>
/// <para>
/// What is over stays as it was. The date of the change begins in the old zone and ends in the new one, one shorter or
/// longer day: the next date is the first of the new zone that begins after the change. A date that was reached in the
/// new zone already is left out, as one that clocks skip. Larger windows begin and end with their dates, so no instant
/// lies in two of them.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class BudgetCalendar
{
    private readonly ContractCalendar[] calendars;
    private readonly Instant[] changes;
    private readonly LocalDate[] interrupted;
    private readonly LocalDate[] reached;

    /// <summary>The calendar of terms.</summary>
    /// <param name="zone">The first zone.</param>
    /// <param name="zoneChanges">Changes of the zone, in order.</param>
    /// <exception cref="ArgumentException">A zone is unknown, or the changes are not in order.</exception>
    public BudgetCalendar(string zone, ValueList<ZoneChange>? zoneChanges = null)
    {
        ArgumentNullException.ThrowIfNull(zone);
        zoneChanges ??= [];
        calendars = [ContractCalendar.In(zone), .. zoneChanges.Select(static c => ContractCalendar.In(c.Zone))];
        changes = [.. zoneChanges.Select(static c => c.At)];
        interrupted = new LocalDate[changes.Length];
        reached = new LocalDate[changes.Length];
        for (int i = 0; i < changes.Length; i++)
        {
            if (i > 0 && changes[i] <= changes[i - 1])
            {
                throw new ArgumentException("Changes of a zone are in order.", nameof(zoneChanges));
            }

            interrupted[i] = DateOf(changes[i], i);
            reached[i] = LocalDate.Max(interrupted[i], calendars[i + 1].DateOf(changes[i]));
        }
    }

    /// <summary>The date that an instant counts on.</summary>
    /// <param name="at">The instant.</param>
    public LocalDate DateOf(Instant at) => DateOf(at, Place(at));

    /// <summary>
    /// The first instant of a date; of one that is left out or that clocks skip, that of the next date.
    /// </summary>
    /// <param name="date">The date.</param>
    public Instant StartOf(LocalDate date)
    {
        for (int i = changes.Length - 1; i >= 0; i--)
        {
            if (date > interrupted[i])
            {
                return calendars[i + 1].StartOf(LocalDate.Max(date, reached[i].PlusDays(1)));
            }
        }

        return calendars[0].StartOf(date);
    }

    /// <summary>
    /// The clock hour of an instant; one that a change of the zone cuts goes on to the next one's end.
    /// </summary>
    /// <param name="at">The instant.</param>
    /// <returns>The first instant, and the first after.</returns>
    public (Instant Start, Instant End) HourOf(Instant at)
    {
        int place = Place(at);
        CalendarPeriod hour = calendars[place].Containing(PeriodUnit.Hour, at);
        (Instant start, Instant end) = (hour.Start, hour.End);
        for (int i = place; i > 0 && start < changes[i - 1]; i--)
        {
            start = calendars[i - 1].Containing(PeriodUnit.Hour, changes[i - 1]).Start;
        }

        for (int i = place; i < changes.Length && end > changes[i]; i++)
        {
            end = calendars[i + 1].Containing(PeriodUnit.Hour, changes[i]).End;
        }

        return (start, end);
    }

    private LocalDate DateOf(Instant at, int place)
    {
        LocalDate date = calendars[place].DateOf(at);
        return place == 0 || date > reached[place - 1] ? date : interrupted[place - 1];
    }

    // How many changes were made up to an instant.
    private int Place(Instant at)
    {
        int place = changes.Length;
        while (place > 0 && at < changes[place - 1])
        {
            place--;
        }

        return place;
    }
}
