using NodaTime;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Pacing;

/// <summary>Windows, forecasts and paces for tests.</summary>
internal static class Paces
{
    internal static readonly Instant Start = Instant.FromUtc(2026, 3, 10, 0, 0);

    internal static CalendarPeriod Day => ContractCalendar.Utc.Day(new(2026, 3, 10));

    internal static CalendarPeriod Window(int minutes) =>
        new(PeriodUnit.Flight, new(2026, 3, 10), 1, Start, Start + Duration.FromMinutes(minutes));

    internal static Pacer Of(PacingTerms terms, long limit, long used = 0, long expectedCost = 10_000) =>
        new(terms, TrafficForecast.Even(Day, expectedCost), new(limit, used));

    // As many requests as the forecast says, one unit each, evenly over the day; the worth of each by its number.
    internal static List<PaceDecision> Replay(
        Pacer pacer, int count, Func<int, double?> worth, int from = 0, int? to = null)
    {
        List<PaceDecision> decisions = [];
        for (int i = from; i < (to ?? count); i++)
        {
            Instant at = Start + (Duration.FromDays(1) * i / count);
            decisions.Add(pacer.Decide(new(1) { Worth = worth(i), Id = $"r{i}" }, at));
        }

        return decisions;
    }
}
