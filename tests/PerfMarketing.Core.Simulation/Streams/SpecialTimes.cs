using NodaTime;
using NodaTime.TimeZones;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Streams;

/// <summary>When clocks go forward or back, and when months end, in the zones of a world.</summary>
internal static class SpecialTimes
{
    public static IEnumerable<Instant> Of(WorldPlan world)
    {
        Instant end = world.Start + Duration.FromDays(world.Days);
        foreach (string zone in ZonesOf(world))
        {
            DateTimeZone found = DateTimeZoneProviders.Tzdb[zone];
            foreach (ZoneInterval interval in found.GetZoneIntervals(world.Start, end))
            {
                if (interval.HasStart && interval.Start > world.Start)
                {
                    yield return interval.Start;
                }
            }
        }
    }

    public static Instant[] MonthEndsOf(WorldPlan world)
    {
        List<Instant> ends = [];
        foreach (string zone in ZonesOf(world))
        {
            DateTimeZone found = DateTimeZoneProviders.Tzdb[zone];
            LocalDate first = world.Start.InZone(found).Date;
            for (int months = 1; months <= 2; months++)
            {
                LocalDate next = new LocalDate(first.Year, first.Month, 1).PlusMonths(months);
                ends.Add(found.AtStartOfDay(next).ToInstant());
                ends.Add(found.AtStartOfDay(next.PlusDays(-1)).ToInstant() + Duration.FromHours(12));
            }
        }

        return [.. ends];
    }

    /// <summary>From each amendment to the end of the month that it came into.</summary>
    public static IEnumerable<(Instant From, Instant To)> AmendedMonthsOf(WorldPlan world)
    {
        foreach (ContractPlan contract in world.Contracts.Where(static c => c.Version > 1))
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[contract.Zone];
            LocalDate next = new LocalDate(contract.From.Year, contract.From.Month, 1).PlusMonths(1);
            yield return (zone.AtStartOfDay(contract.From).ToInstant(), zone.AtStartOfDay(next).ToInstant());
        }
    }

    private static IEnumerable<string> ZonesOf(WorldPlan world) =>
        world.Contracts.Select(static c => c.Zone).Append(world.Zone).Distinct();
}
