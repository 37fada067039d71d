using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
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

    // Who waits for room is noted as due in the commit that gives room, and that commit is refused where any of its
    // streams was read too old. So what a call misses, the next one or the timer finds.
    [Theory]
    [InlineData(CapBehavior.StopAdmission)]
    [InlineData(CapBehavior.StopAndReject)]
    public async Task Whichever_reads_lag_behind_who_waits_for_room_is_let_go_on(CapBehavior atCap)
    {
        CampaignDraft campaign = Contract(
            Pay.Fixed(10.Eur), static c => c.GradedBy(GradeTerms.None.Accept("won").Reverse("lost"))).ToCampaign()
            .BudgetedBy(new(new("n"), BudgetAmount.Outcomes(2), PeriodUnit.Month)
            {
                AtCap = atCap,
                OnExceeded = LimitOverflow.Hold,
            });
        (int reads, string[] expected) = await WaitAsync(campaign, new OneLaggingRead(int.MaxValue));
        expected.Should().Equal("o1 0.00 EUR", "o2 0.00 EUR", "o3 0.00 EUR", "o4 10.00 EUR", "o5 10.00 EUR");
        for (int late = 0; late < reads; late++)
        {
            (_, string[] found) = await WaitAsync(campaign, new OneLaggingRead(late));
            found.Should().Equal(expected, "read {0} lags behind", late);
        }

        for (ulong seed = 1; seed <= 200; seed++)
        {
            (_, string[] found) = await WaitAsync(campaign, new ManyLaggingReads(seed));
            found.Should().Equal(expected, "reads of seed {0} lag behind", seed);
        }
    }

    // Five sales for two places. At the end three are lost, and whoever waited has a place.
    private static async Task<(int Reads, string[] Standing)> WaitAsync(CampaignDraft campaign, LaggingReads faults)
    {
        LiveHost host = new(campaign, inner => new PerfMarketing.Testing.FaultyLedger(inner, faults));
        await host.RecordAsync(Click("p-blog", "2026-03-01T10:00:00Z"));
        for (int i = 1; i <= 5; i++)
        {
            Outcome sale = Sale($"o{i}", $"2026-03-0{i + 1}T10:00:00Z");
            await AgainAsync(() => host.ProcessAsync(sale));
        }

        foreach ((string id, string outcome, string grade, string at) in ((string, string, string, string)[])
            [
                ("g1", "o1", "lost", "2026-03-10T10:00:00Z"), ("g2", "o1", "won", "2026-03-11T10:00:00Z"),
                ("g3", "o2", "lost", "2026-03-12T10:00:00Z"), ("g4", "o3", "lost", "2026-03-13T10:00:00Z"),
                ("g5", "o1", "lost", "2026-03-14T10:00:00Z"),
            ])
        {
            await AgainAsync(() => host.CorrectAsync(Grade(id, grade, at, outcome)));
        }

        faults.IsOver = true;
        await host.TickAsync(At("2026-03-15T10:00:00Z"));
        CampaignRecord[] records = [.. (await host.StoredAsync()).Select(static r => r.Record)];
        IEnumerable<string> standing =
            from decided in records.OfType<OutcomeDecided>().GroupBy(static d => d.OutcomeId)
            let net = records.OfType<LedgerEntry>().Where(e => e.OutcomeId == decided.Key)
                .Aggregate(0.Eur, static (sum, e) => sum + e.Amount)
            orderby decided.Key
            select $"{decided.Key} {net}{(decided.Last().Qualification is Qualification.Pending ? " waits" : "")}";
        return (faults.Count, [.. standing]);
    }

    // A host repeats a call that met old reads too often.
    private static async Task AgainAsync(Func<Task> call)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                await call();
                return;
            }
            catch (CommitFailedException) when (i < 10)
            {
            }
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

    private static Graded Grade(string id, string grade, string at, string outcome = "o1") => new()
    {
        Id = new(id),
        Outcome = new(outcome),
        At = At(at),
        Grade = grade,
    };

    /// <summary>Reads that lag behind, until it is over.</summary>
    private abstract class LaggingReads : IPortFaults
    {
        public int Count { get; private set; }

        public bool IsOver { get; set; }

        public PortFault Next(PortMethod method)
        {
            bool isRead = method == PortMethod.ReadStreams && !IsOver;
            Count += isRead ? 1 : 0;
            int size = isRead ? LagOf(Count - 1) : 0;
            return size > 0 ? new(PortFaultKind.StaleRead, size) : default;
        }

        protected abstract int LagOf(int read);
    }

    /// <summary>One read lags one record behind in each of its streams.</summary>
    /// <param name="late">How many reads come before it.</param>
    private sealed class OneLaggingRead(int late) : LaggingReads
    {
        protected override int LagOf(int read) => read == late ? 1 : 0;
    }

    /// <summary>One read of three lags up to three records behind in each of its streams.</summary>
    /// <param name="seed">Which ones.</param>
    private sealed class ManyLaggingReads(ulong seed) : LaggingReads
    {
        private readonly SeededRandom random = new(seed);

        protected override int LagOf(int read) => random.Below(4) == 0 ? 1 + (int)random.Below(3) : 0;
    }
}
