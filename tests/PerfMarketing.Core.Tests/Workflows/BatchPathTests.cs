using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Postbacks;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

public sealed class BatchPathTests
{
    private const int SeedCount = 24;

    // In the contract's zone, Berlin.
    private static readonly Instant EndOfMarch = At("2026-03-31T22:00:00Z");

    [Fact]
    public async Task Batch_comes_to_what_one_call_after_the_other_comes_to()
    {
        int promoted = 0;
        int replayed = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            LiveHost singly = new(CampaignOf(seed));
            LiveHost together = new(CampaignOf(seed));
            foreach ((CampaignInput[] inputs, Instant asOf) in await LogAsync(seed, singly, together))
            {
                List<ConversionReport> one = [];
                foreach (CampaignInput input in inputs)
                {
                    one.Add(await singly.TakeAsync(input, asOf));
                }

                ValueList<ConversionReport> all = await together.Conversions.ProcessBatchAsync(
                    together.Campaign.Id, [.. inputs], asOf, CancellationToken.None);

                for (int i = 0; i < inputs.Length; i++)
                {
                    Text(all[i]).Should().Be(Text(one[i]), $"seed {seed}, {asOf}, {inputs[i]}");
                }

                promoted += one.Sum(static r => r.Promoted.Count);
                replayed += one.Count(static r => r.IsRepetition);
            }

            together.Streams().Should().Equal(singly.Streams(), $"seed {seed}");
            (await RecordsAsync(together)).Should().Equal(await RecordsAsync(singly), $"seed {seed}");
            together.Ledger.Outbox.Should().Equal(singly.Ledger.Outbox, $"seed {seed}");
        }

        promoted.Should().BePositive();
        replayed.Should().BePositive();
    }

    [Fact]
    public async Task Batch_comes_to_the_same_over_ports_that_fail()
    {
        for (int seed = 0; seed < SeedCount; seed++)
        {
            int commits = 0;
            LiveHost singly = new(CampaignOf(seed));
            LiveHost together = new(CampaignOf(seed), inner => new FaultyLedger(inner, _ => (commits++ % 7) switch
            {
                2 => Fault.LostAnswer,
                4 => Fault.Lost,
                5 => Fault.Conflict,
                _ => Fault.None,
            }));
            foreach ((CampaignInput[] inputs, Instant asOf) in await LogAsync(seed, singly, together))
            {
                // A call whose answer is lost goes on with all that is due at its instant, as the timer does.
                await singly.TickAsync(asOf);
                await together.TickAsync(asOf);
                List<ConversionReport> one = [];
                foreach (CampaignInput input in inputs)
                {
                    one.Add(await singly.TakeAsync(input, asOf));
                }

                ValueList<ConversionReport> all = await together.Conversions.ProcessBatchAsync(
                    together.Campaign.Id, [.. inputs], asOf, CancellationToken.None);
                for (int i = 0; i < inputs.Length; i++)
                {
                    TextOf(all[i].Receipt).Should().Be(TextOf(one[i].Receipt), $"seed {seed}, {inputs[i]}");
                }
            }

            together.Streams().Should().Equal(singly.Streams(), $"seed {seed}");
            (await RecordsAsync(together)).Should().Equal(await RecordsAsync(singly), $"seed {seed}");
            commits.Should().BeGreaterThan(20);
        }
    }

    [Fact]
    public async Task Batch_reads_and_commits_a_few_times_whatever_its_size()
    {
        FaultyLedger? counted = null;
        LiveHost host = new(CampaignOf(1), inner => counted = new(inner, static _ => Fault.None));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        ValueList<ConversionReport> reports = await host.Conversions.ProcessBatchAsync(
            host.Campaign.Id,
            [.. Enumerable.Range(0, 300).Select(static i => Of(Sale($"o{i}", "2026-03-03T12:00:00Z", 10.Eur)))],
            At("2026-03-03T13:00:00Z"),
            CancellationToken.None);

        reports.Should().HaveCount(300);
        reports.Should().AllSatisfy(static r => r.Receipt.Should().NotBeNull());
        counted!.Reads.Should().BeLessThan(8);
    }

    // Each of them is decided when the month that is closed ends, and that by itself.
    [Fact]
    public async Task Batch_into_a_closed_month_reads_so_many_streams_for_each_input_however_many_there_are()
    {
        long few = await StreamsReadAsync(8);
        long many = await StreamsReadAsync(64);

        many.Should().BeLessThanOrEqualTo(12 * few, "eight times as many inputs");
    }

    private static async Task<long> StreamsReadAsync(int count)
    {
        FaultyLedger? counted = null;
        LiveHost host = new(
            Contract(Pay.Fixed(10.Eur)).ToCampaign(), inner => counted = new(inner, static _ => Fault.None));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("first", "2026-03-02T12:00:00Z"));
        await host.Settlement.SettleAsync(
            host.Campaign.Id, new(2026, 3), At("2026-04-02T00:00:00Z"), CancellationToken.None);
        long before = counted!.StreamsRead;

        ValueList<ConversionReport> late = await host.Conversions.ProcessBatchAsync(
            host.Campaign.Id,
            [.. Enumerable.Range(0, count).Select(static i => Of(Sale($"o{i}", "2026-03-03T12:00:00Z", 10.Eur)))],
            At("2026-03-30T12:00:00Z"),
            CancellationToken.None);

        late.Select(static r => r.Posted.Single().DecidedAt).Should().OnlyContain(static at => at == EndOfMarch);
        return counted.StreamsRead - before;
    }

    [Fact]
    public async Task Batch_asks_once_which_customers_are_one_person_and_where_partners_want_to_be_told()
    {
        LiveHost host = new(CampaignOf(1));
        Merged merges = new();
        Counted targets = new();
        ConversionWorkflow conversions = new(
            new()
            {
                Campaigns = host.Campaigns,
                Journeys = host.Journeys,
                Ledger = host.Ledger,
                Merges = merges,
                Postbacks = targets,
            },
            new EvidenceVerifier(new MemoryProofKeys()));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z", "c1"));

        ValueList<ConversionReport> reports = await conversions.ProcessBatchAsync(
            host.Campaign.Id,
            [
                .. Enumerable.Range(0, 20).Select(static i => Of(Sale($"o{i}", "2026-03-03T12:00:00Z", 10.Eur) with
                {
                    Kind = "order",
                    Customer = new CustomerId($"c{i % 3}"),
                })),
            ],
            At("2026-03-03T13:00:00Z"),
            CancellationToken.None);

        reports.Should().AllSatisfy(static r => r.Posted.Should().ContainSingle("all three are one person"));
        (merges.Calls, targets.Calls).Should().Be((1, 1));
    }

    [Fact]
    public async Task Batch_of_nothing_is_nothing()
    {
        LiveHost host = new(CampaignOf(0));

        (await host.Conversions.ProcessBatchAsync(
            host.Campaign.Id, [], At("2026-03-03T13:00:00Z"), CancellationToken.None)).Should().BeEmpty();
        Func<Task> unknown = async () => await host.Conversions.ProcessBatchAsync(
            new("nobody"), [], At("2026-03-03T13:00:00Z"), CancellationToken.None);
        await unknown.Should().ThrowAsync<CampaignUnknownException>();
    }

    private static CampaignDraft CampaignOf(int seed) => Contract(
            Pay.RevenueShare(12.Percent).CappedAt(20.Eur),
            c => c.TrustingHost("order-paid", within: Duration.FromDays(2)).GradedBy(GradeTerms.None.Accept("A"))
                .LimitedTo(Limit.Outcomes(2, PeriodUnit.Week, LimitScope.Partner).Or(LimitOverflow.Hold)))
        .Pays("lead", Pay.Tiered(new(0.90m.Eur, UpTo: 3), new(1.20m.Eur)), c => c.TalliedPer(
            PeriodUnit.Month, seed % 2 == 0 ? TallyScope.Contract : TallyScope.Partner))
        .Pays("order", Pay.Fixed(4.55m.Eur), c => c.Correcting(CorrectionPolicy.UntilFullReturn))
        .AttributedBy((seed % 3) switch
        {
            0 => new LastTouch(),
            1 => new Linear(),
            _ => new LastTouch { CutAtConversion = true },
        })
        .BudgetedAt(monthly: 120.Eur, CapBehavior.StopAndReject);

    // Some hours of the log at a time; touchpoints are recorded before.
    private static async Task<List<(CampaignInput[] Inputs, Instant AsOf)>> LogAsync(int seed, params LiveHost[] hosts)
    {
        List<CampaignInput> inputs = [];
        foreach (object item in new RandomEvents(seed).Take(120))
        {
            if (item is Touchpoint touch)
            {
                foreach (LiveHost host in hosts)
                {
                    await host.RecordAsync(touch);
                }
            }
            else
            {
                inputs.Add((CampaignInput)item);
            }
        }

        return [.. inputs.Chunk(1 + (seed * 5 % 31)).Select(static c => (c, c.Max(static i => i.RecordedAt)))];
    }

    private static async Task<IEnumerable<string>> RecordsAsync(LiveHost host) =>
        (await host.StoredAsync()).Select(static s => $"{s.Stream} {s.Version} {TermJson.Write(s.Record)}");

    private static string TextOf(CommitReceipt? receipt) => receipt is null ? "-" : TermJson.Write(receipt);

    private static string Text(ConversionReport report) => string.Join('\n',
    [
        $"{report.Answer} {report.IsRepetition} {report.Reason}",
        TextOf(report.Receipt),
        .. report.Records.Select(static r => TermJson.Write(r)),
        .. report.Promoted.Select(Text),
    ]);

    private sealed class Merged : ICustomerMerges
    {
        public int Calls { get; private set; }

        public ValueTask<CustomerId> FindMainAsync(
            CustomerId customer, Instant asOf, CancellationToken cancellationToken) => new(new CustomerId("c0"));

        public ValueTask<ValueList<CustomerId>> FindAllAsync(
            CustomerId customer, Instant asOf, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Asked one by one.");

        public ValueTask<ValueList<ValueList<CustomerId>>> FindAllOfAsync(
            ValueList<CustomerId> customers, Instant asOf, CancellationToken cancellationToken)
        {
            Calls++;
            ValueList<CustomerId> all = [new("c0"), new("c1"), new("c2")];
            return new(ValueList.Create([.. customers.Select(_ => all)]));
        }
    }

    private sealed class Counted : IPostbackStore
    {
        public int Calls { get; private set; }

        public ValueTask<ValueList<PostbackTerms>> FindAsync(CampaignId campaign, CancellationToken cancellationToken)
        {
            Calls++;
            return new(ValueList<PostbackTerms>.Empty);
        }
    }
}
