using PerfMarketing.Monetary;
using PerfMarketing.Settlement.Invalidations;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Invalidations;

/// <summary>Short ways to say what is invalid.</summary>
internal static class InvalidationSample
{
    public static Invalidation Marches(string id) => new()
    {
        Id = new(id),
        Contract = new("acme-2026"),
        Partner = new("p-blog"),
        From = At("2026-02-28T23:00:00Z"),
        To = At("2026-03-31T22:00:00Z"),
        At = At("2026-04-05T12:00:00Z"),
        Author = "ann",
        Note = "Report of the traffic auditor for March",
    };

    // All of a day of March.
    public static Invalidation InvalidOn(string id, int day) => Marches(id) with
    {
        From = At($"2026-03-{day:00}T00:00:00Z"),
        To = At($"2026-03-{day + 1:00}T00:00:00Z"),
        Part = 100.Percent,
    };
}
