using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Two customers turn out to be one person.</summary>
public sealed class CustomerMergeTests
{
    private const string MergedAt = "2026-03-05T00:00:00Z";

    // c1 clicked p-blog and bought; c2 had clicked p-mail later, before the sales.
    [Fact]
    public async Task Only_what_is_not_settled_is_attributed_again()
    {
        MemoryCustomerMerges merges = new();
        LiveHost host = await PreparedAsync(merges);
        await host.ProcessAsync(
            Sale("settled", "2026-03-03T12:00:00Z", 100.Eur), LiveHost.Evidence("psp-1", "2026-03-03T12:00:00Z"));
        await host.ProcessAsync(Sale("open", "2026-03-03T12:00:00Z", 100.Eur));

        merges.Merge(new("c1"), new("c2"), At(MergedAt));
        ConversionReport settled = await host.ReviewAsync("settled", "2026-03-06T00:00:00Z");
        ConversionReport open = await host.ProveAsync("open", LiveHost.Evidence("psp-2", "2026-03-06T00:00:00Z"));
        ConversionReport later = await host.ProcessAsync(
            Sale("later", "2026-03-07T12:00:00Z", 100.Eur), LiveHost.Evidence("psp-3", "2026-03-07T12:00:00Z"));

        Credited(settled).Should().Equal(["p-blog"], "credits stand once somebody earned");
        settled.Records.Should().BeEmpty();
        Credited(open).Should().Equal(["p-mail"], "it waited for proof: decided by what is known now");
        open.Earnings.Select(static e => $"{e.Partner} {e.Amount}").Should().Equal("p-mail 10.00 EUR");
        Credited(later).Should().Equal("p-mail");
    }

    [Fact]
    public async Task What_corrections_do_to_settled_outcomes_stays_with_who_was_credited()
    {
        MemoryCustomerMerges merges = new();
        LiveHost host = await PreparedAsync(merges);
        await host.ProcessAsync(
            Sale("o1", "2026-03-03T12:00:00Z", 100.Eur), LiveHost.Evidence("psp-1", "2026-03-03T12:00:00Z"));

        merges.Merge(new("c2"), new("c1"), At(MergedAt));
        ConversionReport corrected = await host.CorrectAsync(Returned("r1", "o1", "2026-03-06T00:00:00Z", 40.Eur));

        corrected.Records.OfType<LedgerEntry>().Select(static e => $"{e.Partner} {e.Amount}")
            .Should().Equal("p-blog -4.00 EUR");
        Credited(corrected).Should().Equal("p-blog");
    }

    [Fact]
    public async Task A_decision_before_the_merge_knows_nothing_of_it()
    {
        MemoryCustomerMerges merges = new();
        LiveHost host = await PreparedAsync(merges);
        merges.Merge(new("c1"), new("c2"), At(MergedAt));

        ConversionReport report = await host.ProcessAsync(Sale("open", "2026-03-03T12:00:00Z", 100.Eur));

        Credited(report).Should().Equal("p-blog");
    }

    [Fact]
    public async Task Merges_reach_as_far_as_they_are_chained()
    {
        MemoryCustomerMerges merges = new();
        merges.Merge(new("c3"), new("c2"), At("2026-03-01T00:00:00Z"));
        merges.Merge(new("c1"), new("c3"), At(MergedAt));

        (await merges.FindAllAsync(new("c2"), At("2026-03-04T00:00:00Z"), default))
            .Should().Equal(new CustomerId("c2"), new CustomerId("c3"));
        (await merges.FindAllAsync(new("c2"), At(MergedAt), default))
            .Should().Equal(new CustomerId("c1"), new CustomerId("c2"), new CustomerId("c3"));
        (await merges.FindMainAsync(new("c3"), At(MergedAt), default)).Should().Be(new CustomerId("c1"));
        (await merges.FindMainAsync(new("c9"), At(MergedAt), default)).Should().Be(new CustomerId("c9"));
    }

    private static async Task<LiveHost> PreparedAsync(MemoryCustomerMerges merges)
    {
        LiveHost host = new(
            Contract(Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid")).ToCampaign()
                .AttributedBy(new LastTouch()),
            merges: merges);
        await host.RecordAsync(
            LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"),
            LiveHost.Click("p-mail", "2026-03-02T09:00:00Z", "c2"));
        return host;
    }

    private static string[] Credited(ConversionReport report) =>
        [.. report.Attribution!.Credits.Select(static c => c.Partner.Value)];
}
