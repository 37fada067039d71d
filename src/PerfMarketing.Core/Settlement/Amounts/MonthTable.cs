using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>The months of a calendar over a stretch of time, as ticks that are quick to search.</summary>
internal sealed class MonthTable
{
    private readonly List<string> names = [];
    private readonly long[] starts;

    /// <summary>The months from one instant to another, both of which a calendar covers.</summary>
    public MonthTable(ContractCalendar calendar, long first, long last)
    {
        List<long> found = [];
        CalendarPeriod month = calendar.Containing(PeriodUnit.Month, Instant.FromUnixTimeTicks(first));
        found.Add(month.Start.ToUnixTimeTicks());
        names.Add(month.Key);
        while (month.End.ToUnixTimeTicks() <= last)
        {
            month = calendar.Next(month);
            found.Add(month.Start.ToUnixTimeTicks());
            names.Add(month.Key);
        }

        starts = [.. found];
    }

    public int Count => starts.Length;

    public string NameOf(int month) => names[month];

    /// <summary>The place of the month that an instant lies in, near a place that is likely.</summary>
    public int Find(long ticks, int near)
    {
        if (ticks >= starts[near] && (near + 1 == starts.Length || ticks < starts[near + 1]))
        {
            return near;
        }

        int found = Array.BinarySearch(starts, ticks);
        return found >= 0 ? found : ~found - 1;
    }
}
