using PerfMarketing.Budgets.Windows;
using PerfMarketing.Time;

namespace PerfMarketing.Testing.Pacing;

/// <summary>Spends daily budgets on the daily demand of series, month by month.</summary>
/// <remarks>
/// The daily average is a part of the month's mean demand. Each day uses what its windows allow, or its demand if that
/// is less. Nothing is drawn by chance.
/// </remarks>
/// <param name="series">The series; the months of each count.</param>
public sealed class BudgetMonthSimulation(IReadOnlyList<TrafficSeries> series)
{
    private const double Scale = 1_000;

    /// <summary>The daily average as a part of the month's mean demand; 0.8 by default.</summary>
    public double DemandShare { get; init; } = 0.8;

    /// <summary>The fewest dates of a month that the series must have for it to count; 20 by default.</summary>
    public int DaysMin { get; init; } = 20;

    /// <summary>Spends the months of all series.</summary>
    /// <param name="days">How the days share a month; the limit is taken for an average.</param>
    public BudgetMonthReport Run(DaySpread days)
    {
        ArgumentNullException.ThrowIfNull(days);
        IEnumerable<BudgetMonth> months =
            from one in series
            from month in one.Days.GroupBy(static d => (d.Date.Year, d.Date.Month))
            let dates = month.ToArray()
            where dates.Length >= DaysMin
            select Spend(one.Calendar.Zone.Id, dates, days with { IsAverage = true, Times = null });
        return new([.. months]);
    }

    // A date that the series does not have is without demand.
    private BudgetMonth Spend(string zone, TrafficSeriesDay[] dates, DaySpread days)
    {
        DateRange range = DateRange.Inclusive(dates[0].Date, dates[^1].Date);
        BudgetWindows windows = new(new(PeriodUnit.Flight) { Zone = zone, Dates = range, Days = days });
        long average = (long)(dates.Average(static d => d.Total) * Scale * DemandShare);
        LimitHistory limits = new(average);
        List<WindowUse> uses = [];
        int dark = 0;
        foreach (TrafficSeriesDay date in dates)
        {
            WindowLimit found = windows.LimitAt(date.Day.Start, limits, new(uses));
            uses.Add(new(found.Window.Start, Math.Min(found.Left, (long)(date.Total * Scale))));
            dark += found.Left < average / 100 ? 1 : 0;
        }

        return new(dates[0].Date, dates.Length, average * range.Days, uses.Sum(static u => u.Used), dark);
    }
}
