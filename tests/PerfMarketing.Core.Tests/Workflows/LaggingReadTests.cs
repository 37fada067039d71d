using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// Reads of several streams need not be of one instant: whichever of them lags behind, what is decided is the same.
/// </summary>
public sealed class LaggingReadTests
{
    // A budget counts outcomes. A lead is lost, and so paid nothing, and won again: it takes its place again. The next
    // call reads a ledger in which it is still lost, and a budget that only lacks what another partner sold since: the
    // place was taken already.
    [Theory]
    [InlineData(CapBehavior.StopAdmission, LimitOverflow.Reject)]
    [InlineData(CapBehavior.StopAdmission, LimitOverflow.PayZero)]
    [InlineData(CapBehavior.StopAndReject, LimitOverflow.PayZero)]
    [InlineData(CapBehavior.StopAndReject, LimitOverflow.Reject)]
    [InlineData(CapBehavior.StopAndHonorInFlight, LimitOverflow.Reject)]
    public async Task Whichever_read_lags_behind_places_are_counted_once(CapBehavior atCap, LimitOverflow overflow)
    {
        Budget two = new(new("n"), BudgetAmount.Outcomes(2), PeriodUnit.Lifetime)
        {
            AtCap = atCap,
            OnExceeded = overflow,
        };
        Budget money = new(new("m"), 25.Eur, PeriodUnit.Month) { AtCap = atCap, OnExceeded = overflow };
        CampaignDraft campaign = Contract(
            Pay.Fixed(10.Eur), static c => c.GradedBy(GradeTerms.None.Accept("won").Reverse("lost"))).ToCampaign()
            .With(ContractDraft.For("other").PaidBy("acme").WithPartner("p-other").In(Currency.Eur, "Europe/Berlin")
                .Pays("sale", Pay.Fixed(10.Eur)))
            .BudgetedBy(two).BudgetedBy(money);
        (int reads, string[] expected) = await PlayAsync(campaign, int.MaxValue);

        for (int late = 0; late < reads; late++)
        {
            (_, string[] found) = await PlayAsync(campaign, late);
            found.Should().Equal(expected, "read {0} lags behind", late);
        }
    }

    private static async Task<(int Reads, string[] Records)> PlayAsync(CampaignDraft campaign, int late)
    {
        OneLaggingRead faults = new(late);
        LiveHost host = new(campaign, inner => new PerfMarketing.Testing.FaultyLedger(inner, faults));
        await host.RecordAsync(
            Click("p-blog", "2026-03-01T10:00:00Z"), Click("p-other", "2026-03-01T10:00:00Z", "c2"));
        await host.ProcessAsync(Sale("o1", "2026-03-02T10:00:00Z"));
        await host.CorrectAsync(Grade("g1", "lost", "2026-03-03T10:00:00Z"));
        await host.CorrectAsync(Grade("g2", "won", "2026-03-04T10:00:00Z"));
        await host.ProcessAsync(Sale("o3", "2026-03-04T11:00:00Z") with { Customer = new("c2") });
        await host.CorrectAsync(Grade("g3", "lost", "2026-03-05T10:00:00Z"));
        await host.CorrectAsync(Grade("g4", "won", "2026-03-06T10:00:00Z"));
        return (faults.Count, [.. (await host.StoredAsync()).Select(static r => $"{r.Stream} {r.Version} {r.Record}")]);
    }

    private static Graded Grade(string id, string grade, string at) => new()
    {
        Id = new(id),
        Outcome = new("o1"),
        At = At(at),
        Grade = grade,
    };

    /// <summary>One read lags one record behind in each of its streams.</summary>
    /// <param name="late">How many reads come before it.</param>
    private sealed class OneLaggingRead(int late) : IPortFaults
    {
        public int Count { get; private set; }

        public PortFault Next(PortMethod method) =>
            method == PortMethod.ReadStreams && Count++ == late ? new(PortFaultKind.StaleRead, 1) : default;
    }
}
