using System.Globalization;
using NodaTime;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>A statement that there should be.</summary>
internal sealed record OracleStatement(
    string Contract,
    string Partner,
    LocalDate Month,
    long Opening,
    long Gross,
    long Adjustments,
    long Payable,
    long Closing)
{
    /// <summary>The entries that it shows.</summary>
    public required OracleEntry[] Lines { get; init; }

    /// <summary>The version of the contract that was in force when the period began; else the first.</summary>
    public required int Version { get; init; }

    /// <summary>What of the closing balance is in hold.</summary>
    public required long Held { get; init; }

    public required Instant From { get; init; }

    public required Instant To { get; init; }
}

/// <summary>Cuts what was posted into months, naively: every month from the sum of all that came before.</summary>
internal static class OracleStatements
{
    public static List<OracleStatement> Of(WorldPlan world, IReadOnlyList<OracleEntry> entries, Instant asOf)
    {
        List<OracleStatement> statements = [];
        foreach (var account in entries.Where(e => e.DecidedAt <= asOf).GroupBy(static e => (e.Contract, e.Partner)))
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[
                world.Contracts.First(c => c.Id == account.Key.Contract).Zone];
            OracleEntry[] all = [.. account];
            LocalDate month = MonthOf(all.Min(static e => e.DecidedAt), zone);
            (long closing, long paid) = (0, 0);
            while (StartOf(month, zone) <= asOf)
            {
                Instant start = StartOf(month, zone);
                Instant end = StartOf(month.PlusMonths(1), zone);
                OracleEntry[] lines = [.. all.Where(e => e.DecidedAt >= start && e.DecidedAt < end)];
                Instant freeBy = Instant.Min(end, asOf);
                OracleEntry[] known = [.. all.Where(e => e.DecidedAt < end)];
                long free = known.Where(e => e.PayableAt <= freeBy).Sum(static e => e.Minor);
                OracleEntry[] held = [.. all.Where(e => e.DecidedAt < start && e.PayableAt > start)];
                bool waits = (closing != 0 && held.Length > 0)
                    || held.GroupBy(static e => e.PayableAt).Any(static h => h.Sum(static e => e.Minor) != 0);
                if (lines.Length > 0 || waits)
                {
                    long gross = lines.Where(static e => e.IsGross).Sum(static e => e.Minor);
                    long adjusted = lines.Where(static e => !e.IsGross).Sum(static e => e.Minor);
                    long payable = Math.Max(0, free - paid);
                    long next = closing + gross + adjusted - payable;
                    statements.Add(new(
                        account.Key.Contract, account.Key.Partner, month, closing, gross, adjusted, payable, next)
                    {
                        Lines = lines,
                        Version = VersionAt(world, account.Key.Contract, start),
                        Held = known.Where(e => e.PayableAt > freeBy).Sum(static e => e.Minor),
                        From = start,
                        To = end,
                    });
                    (closing, paid) = (next, paid + payable);
                }

                month = month.PlusMonths(1);
            }
        }

        return statements;
    }

    /// <summary>How the month of a day is called.</summary>
    public static string NameOf(LocalDate day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-{day.Month:00}");

    private static int VersionAt(WorldPlan world, string contract, Instant at) => world.Contracts
        .Where(c => c.Id == contract && StartOf(c.From, DateTimeZoneProviders.Tzdb[c.Zone]) <= at)
        .Select(static c => c.Version).DefaultIfEmpty(1).Max();

    private static LocalDate MonthOf(Instant at, DateTimeZone zone)
    {
        LocalDate day = at.InZone(zone).Date;
        return new(day.Year, day.Month, 1);
    }

    private static Instant StartOf(LocalDate day, DateTimeZone zone) => zone.AtStartOfDay(day).ToInstant();
}
