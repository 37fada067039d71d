using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What deciding may allocate, with room to spare: a closure or a list more for each outcome shows.</summary>
public sealed class AllocationBoundTests
{
    private const int Count = 500;
    private const long BytesMax = 5_000;

    [Fact]
    public void Deciding_a_plain_sale_allocates_little()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(12.Percent).CappedAt(80.Eur)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        CampaignInput[] sales =
            [.. Enumerable.Range(0, 2 * Count).Select(i => Of(Sale($"o{i}", "2026-03-03T12:00:00Z", 1_000.Eur)))];
        Process(run, sales.AsSpan(..Count));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Process(run, sales.AsSpan(Count..));

        ((GC.GetAllocatedBytesForCurrentThread() - before) / Count).Should().BeLessThan(BytesMax);
        run.Entries.Should().HaveCount(2 * Count);
    }

    private static void Process(CampaignRun run, ReadOnlySpan<CampaignInput> inputs)
    {
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }
    }
}
