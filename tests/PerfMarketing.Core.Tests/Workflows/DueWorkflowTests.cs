using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.ConversionSample;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationTests;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What time alone decides is decided by a timer, late or not, once, and as of when it was due.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The timer must run at the same times in each run.")]
public sealed class DueWorkflowTests
{
    private const int SeedCount = 40;
    private static readonly Instant End = At("2026-05-20T00:00:00Z");

    private static CampaignDraft Proven => Contract(
        Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid", within: Duration.FromDays(2))).ToCampaign();

    private static CampaignDraft Dollars => Contract(Pay.RevenueShare(10.Percent)).Converting(ByEvent).ToCampaign();

    [Fact]
    public async Task Timer_at_any_time_decides_what_the_batch_decides()
    {
        int late = 0;
        HashSet<string> decided = [];
        for (int seed = 0; seed < SeedCount; seed++)
        {
            LiveHost live = new(AloneOf(seed));
            List<Touchpoint> touches = [];
            Random timer = new(seed);
            object[] log = [.. new RandomEvents(seed).Take(120)];
            touches.AddRange(log.OfType<Touchpoint>().DistinctBy(static t => t.Id));
            CampaignRun batch = new(live.Campaign, new TouchJourneys(touches));
            await live.RecordAsync([.. touches]);
            foreach (CampaignInput input in log.OfType<CampaignInput>())
            {
                batch.Process(input);
                if (timer.Next(4) == 0)
                {
                    late += (await live.TickAsync(input.RecordedAt, count: 3)).Count;
                }

                await live.TakeAsync(input);
            }

            batch.Expire(End);
            decided.UnionWith((await live.TickAsync(End)).Select(static r => r.Qualification.GetType().Name));

            live.Ledger.Entries.Select(static e => TermJson.Write(e)).Order().Should()
                .Equal(batch.Entries.Select(static e => TermJson.Write(e)).Order(), $"seed {seed}");
            foreach (OutcomeState expected in batch.State.Outcomes)
            {
                string decision = expected.Decision is { } made ? TermJson.Write(made) : "-";
                (await DecisionOnAsync(live, expected.Id)).Should().Be(decision, $"seed {seed}, {expected.Id}");
            }
        }

        late.Should().BeGreaterThan(SeedCount, "the timer must decide something between");
        decided.Should().Contain("Rejected");
    }

    [Fact]
    public async Task Each_is_decided_as_of_when_it_was_due_a_few_in_each_call()
    {
        LiveHost host = await HostAsync(Proven, 25);

        DueReport nothing = await ReviewAsync(host, "2026-03-03T12:00:00Z", 10);
        DueReport first = await ReviewAsync(host, "2026-03-20T00:00:00Z", 10);
        DueReport second = await ReviewAsync(host, "2026-03-20T00:00:00Z", 10, first.Next);
        DueReport third = await ReviewAsync(host, "2026-03-20T00:00:00Z", 10, second.Next);

        nothing.Should().Be(new DueReport([], null));
        new[] { first, second, third }.Select(static r => r.Reports.Count).Should().Equal(10, 10, 5);
        new[] { first.Next, second.Next, third.Next }.Select(static n => n is null).Should().Equal(false, false, true);
        first.Reports.Concat(second.Reports).Concat(third.Reports)
            .Select(static r => (r.State.Id.Value, r.State.Decision!.DecidedAt)).Should().Equal(
                Enumerable.Range(0, 25)
                    .Select(static i => ($"o{i}", At("2026-03-05T12:00:00Z") + Duration.FromHours(i))));
        (await host.TickAsync(At("2026-04-20T00:00:00Z"))).Should().BeEmpty("all of it was decided");
    }

    [Fact]
    public async Task Timers_that_run_at_once_decide_each_once()
    {
        LiveHost host = await HostAsync(Proven, 12);

        List<ConversionReport>[] found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => host.TickAsync(End, count: 4))));

        found.SelectMany(static r => r).Where(static r => !r.IsRepetition).Select(static r => r.State.Id).Should()
            .OnlyHaveUniqueItems().And.HaveCount(12);
        host.Streams().Where(static s => s.Contains("/outcome/", StringComparison.Ordinal)).Should()
            .AllSatisfy(static s => s.Should().EndWith(" 3", "it came, it waits, it is rejected"));
    }

    [Fact]
    public async Task Proof_that_comes_in_time_takes_the_outcome_off_the_list()
    {
        LiveHost host = await HostAsync(Proven, 2);
        await host.ProveAsync("o0", Evidence("psp-0", "2026-03-04T12:00:00Z"));

        (await host.TickAsync(End)).Select(static r => r.State.Id.Value).Should().Equal("o1");
    }

    // The parent's commit is the third; the crash leaves its child waiting, which nobody asks about again.
    [Fact]
    public async Task Child_that_a_broken_call_left_waiting_is_decided()
    {
        int commits = 0;
        LiveHost host = new(
            Contract(Pay.Fixed(10.Eur)).ToCampaign(),
            inner => new FaultyLedger(inner, _ => ++commits == 3 ? Fault.Crash : Fault.None));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o2", "2026-03-03T12:00:00Z") with { Parent = new("o1") });
        Func<Task> broken = () => host.ProcessAsync(Sale("o1", "2026-03-03T13:00:00Z"));
        await broken.Should().ThrowAsync<IOException>();

        ConversionReport[] found = [.. await host.TickAsync(At("2026-03-10T00:00:00Z"))];

        found.Select(static r => r.State.Id.Value).Should().Equal("o2");
        found[0].Posted.Single().DecidedAt.Should().Be(At("2026-03-03T13:00:00Z"), "its parent was decided then");
        (await host.TickAsync(At("2026-03-11T00:00:00Z"))).Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Room_that_a_broken_invalidation_gave_back_is_taken(bool isRepeated)
    {
        int commits = 0;
        LiveHost host = new(
            Contract(Pay.PerUnit(0.01m.Eur, Measure.Quantity), static c => c
                .LimitedTo(Limit.Spend(110.Eur, PeriodUnit.Month).Or(LimitOverflow.Hold))).ToCampaign(),
            inner => new FaultyLedger(inner, _ => ++commits == 6 ? Fault.Crash : Fault.None));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        foreach (decimal quantity in (decimal[])[5_000, 3_000, 2_000, 3_001])
        {
            await host.ProcessAsync(Day($"d{quantity}", "2026-03-03T12:00:00Z", quantity, "top"));
        }

        Func<Task<InvalidationReport>> call = async () => await host.Invalidations.InvalidateAsync(
            host.Campaign.Id, Marches("i1") with { Part = 50.Percent }, At("2026-03-20T12:00:00Z"), default);
        await call.Should().ThrowAsync<IOException>("the commit of what had waited fails");

        IEnumerable<ConversionReport> found = isRepeated
            ? (await call()).Reviewed
            : await host.TickAsync(At("2026-03-21T00:00:00Z"));

        found.Single().Posted.Texts().Should().Equal("p-blog 30.01 EUR");
        found.Single().Posted[0].DecidedAt.Should().Be(At("2026-03-20T12:00:00Z"));
    }

    [Fact]
    public async Task Hold_for_room_ends_with_the_period()
    {
        LiveHost host = new(Contract(Pay.Fixed(10.Eur), static c => c
            .LimitedTo(Limit.Outcomes(1, PeriodUnit.Month).Or(LimitOverflow.Hold))).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));
        await host.ProcessAsync(Sale("o2", "2026-03-03T13:00:00Z"));

        ConversionReport ended = (await host.TickAsync(End)).Single();

        ended.State.Decision!.DecidedAt.Should().Be(At("2026-03-31T22:00:00Z"));
        ended.Reasons[0].Code.Should().Be(LimitReasons.HoldEnded);
    }

    [Fact]
    public async Task What_waits_for_a_rate_is_decided_as_of_when_the_rate_was_known()
    {
        LiveHost host = new(Dollars);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 100m.Usd));
        (await host.TickAsync(At("2026-03-03T13:00:00Z"))).Should().BeEmpty("no rate is known");
        RecordedRate rate = Dollar(3, 0.9m);
        host.Rates.Put(rate);

        ConversionReport paid = (await host.TickAsync(At("2026-03-08T00:00:00Z"))).Single();

        paid.Posted.Single().DecidedAt.Should().Be(rate.KnownFrom);
        (await host.TickAsync(End)).Should().BeEmpty();
    }

    [Fact]
    public async Task Outcomes_that_go_on_waiting_hinder_no_others()
    {
        LiveHost host = new(Dollars);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        for (int i = 0; i < 5; i++)
        {
            await host.ProcessAsync(Sale($"o{i}", $"2026-03-0{3 + (i / 4)}T12:0{i}:00Z", 100m.Usd));
        }

        host.Rates.Put(Dollar(4, 0.9m));

        List<ConversionReport> found = await host.TickAsync(End, count: 2);

        found.Select(static r => r.State.Id.Value).Should().Equal("o4");
    }

    // Whoever gave room notes the same instant again: the outcome that it does not concern stands in no sweep for ever.
    [Fact]
    public async Task Notes_of_one_instant_are_taken_back_each_time()
    {
        LiveHost host = new(Proven);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));
        Instant noted = At("2026-03-04T00:00:00Z");
        for (int i = 0; i < 4; i++)
        {
            await host.Ledger.CommitAsync(
                new()
                {
                    Unit = host.Campaign.Id,
                    Key = $"room-{i}",
                    Content = Digest.Of([(byte)i]),
                    Appends = [],
                    Due = [new(new("o1"), noted)],
                },
                CancellationToken.None);

            (await host.TickAsync(noted)).Should().BeEmpty();

            (await host.Ledger.FindAsync(host.Campaign.Id, noted, null, 9, default)).Should().BeEmpty($"time {i}");
        }

        (await host.TickAsync(At("2026-03-05T12:00:00Z"))).Should().ContainSingle("the wait for the proof is over");
    }

    [Fact]
    public async Task Calls_that_make_no_sense_are_refused()
    {
        LiveHost host = new(Proven);

        await ((Func<Task>)(() => ReviewAsync(host, "2026-03-20T00:00:00Z", 0)))
            .Should().ThrowAsync<ArgumentOutOfRangeException>();
        await ((Func<Task>)(() => ReviewAsync(host, "2026-03-20T00:00:00Z", DueWorkflow.CountMax + 1)))
            .Should().ThrowAsync<ArgumentOutOfRangeException>();
        await ((Func<Task>)(async () => await host.Due.ReviewDueAsync(new("nobody"), End, 1, null, default)))
            .Should().ThrowAsync<CampaignUnknownException>();
    }

    // Nothing that outcomes share: a timer that is late must make no difference.
    private static CampaignDraft AloneOf(int seed) => Contract(
            Pay.RevenueShare(12.Percent).CappedAt(20.Eur),
            static c => c.TrustingHost("order-paid", within: Duration.FromDays(2)))
        .Pays("lead", Pay.Fixed(0.90m.Eur), c => c.TrustingHost("order-paid", within: Duration.FromHours(7 + seed)))
        .Pays("order", Pay.Fixed(4.55m.Eur), static c => c.Correcting(CorrectionPolicy.UntilFullReturn))
        .AttributedBy(seed % 2 == 0 ? new LastTouch() : new Linear());

    private static async Task<string> DecisionOnAsync(LiveHost live, OutcomeId outcome)
    {
        string newest = "-";
        ValueList<StreamPosition> all = [new(StreamId.OfOutcome(live.Campaign.Id, outcome), 0)];
        await foreach (StoredRecord stored in live.Ledger.ReadAsync(all, CancellationToken.None))
        {
            newest = stored.Record is OutcomeDecided decided ? TermJson.Write(decided) : newest;
        }

        return newest;
    }

    private static async Task<DueReport> ReviewAsync(LiveHost host, string at, int count, DueOutcome? after = null) =>
        await host.Due.ReviewDueAsync(host.Campaign.Id, At(at), count, after, CancellationToken.None);

    private static async Task<LiveHost> HostAsync(CampaignDraft draft, int outcomes)
    {
        LiveHost host = new(draft);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        for (int i = 0; i < outcomes; i++)
        {
            Instant at = At("2026-03-03T12:00:00Z") + Duration.FromHours(i);
            await host.ProcessAsync(Sale($"o{i}", "2026-03-03T12:00:00Z") with { At = at, RecordedAt = at });
        }

        return host;
    }
}
