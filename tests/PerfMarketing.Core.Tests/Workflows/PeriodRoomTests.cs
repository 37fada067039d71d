using System.Runtime.CompilerServices;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What a period is paid under a limit does not depend on the day on which it is settled.</summary>
public sealed class PeriodRoomTests
{
    private static readonly Instant May = At("2026-05-01T12:00:00Z");

    private static readonly CampaignInput[] Log =
    [
        Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
        Of(Sale("o2", "2026-03-30T12:00:00Z", 500.Eur) with { RecordedAt = At("2026-04-02T12:00:00Z") }),
        Of(Sale("o3", "2026-04-03T12:00:00Z", 1_000.Eur)),
        Of(Returned("r1", "o1", "2026-04-04T12:00:00Z", 100.Eur)),
        Of(Sale("o4", "2026-04-05T12:00:00Z", 1_000.Eur)),
    ];

    public static TheoryData<string, string> Ways => new()
    {
        { "lifetime", "settled at the end alone" },
        { "lifetime", "settled when the month ends" },
        { "lifetime", "one batch after all" },
        { "lifetime", "two batches" },
        { "lifetime", "without a date, settled at the end alone" },
        { "month", "settled at the end alone" },
        { "month", "settled when the month ends" },
        { "month", "two batches" },
    };

    // March is owed 350.00 of 400.00 before anything that comes in April, whenever it is settled.
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_period_comes_first_whenever_it_is_settled(string room, string way)
    {
        CampaignDraft campaign = Campaign(room == "month" ? PeriodUnit.Month : PeriodUnit.Lifetime, way);
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        LiveHost host = new(campaign);
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));

        await PlayAsync(host, way);
        foreach (CampaignInput input in Log)
        {
            run.Process(way == "one batch after all" ? Dated(input, May) : input);
        }

        run.Expire(May);
        await host.Settlement.SettleAsync(host.Campaign.Id, new(2026, 4), May, CancellationToken.None);
        LedgerEntry[] live = await EntriesAsync(host);

        Texts(live).Should().Equal(Texts(run.Entries), $"{room}: {way}");
        if (!way.StartsWith("one batch", StringComparison.Ordinal))
        {
            run.Entries.OfType<PeriodEarning>().First().Amount.Should().Be(350.Eur);
        }
    }

    // The room of a sale that waits for proof is free when the wait is over: on 30 March, or after March is paid.
    [Theory]
    [InlineData(26, "10.00 EUR; 350.00 EUR; 40.00 EUR")]
    [InlineData(40, "10.00 EUR; 300.00 EUR")]
    public async Task What_was_due_in_the_period_is_decided_before_it(int days, string expected)
    {
        CampaignDraft campaign = Contract(
                Pay.RevenueShare(10.Percent),
                c => c.TrustingHost("order-paid", within: Duration.FromDays(days)))
            .EffectiveFrom(new(2026, 3, 1)).PaysPer(PeriodUnit.Month, new Retainer(350.Eur), "p-blog")
            .LimitedTo(Limit.Spend(400.Eur, PeriodUnit.Lifetime).Or(LimitOverflow.PayRemainder)).ToCampaign();
        LiveHost host = new(campaign);
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)), Proof("o1", "2026-03-03T12:00:00Z"),
            Of(Sale("o2", "2026-03-04T12:00:00Z", 900.Eur)),
            Of(Sale("o3", "2026-04-03T12:00:00Z", 1_000.Eur)), Proof("o3", "2026-04-03T12:00:00Z"),
        ];

        foreach (CampaignInput input in log)
        {
            run.Process(input);
            await host.TakeAsync(input);
        }

        LedgerEntry[] live = await EntriesAsync(host);
        Texts(live).Should().Equal(Texts(run.Entries));
        string.Join("; ", live.Where(static e => e.Amount.MinorUnits != 0).OrderBy(static e => e.DecidedAt)
            .Select(static e => e.Amount)).Should().Be(expected);
    }

    [Fact]
    public async Task An_invalidation_closes_what_is_over_before_it_gives_room_back()
    {
        LiveHost host = new(Campaign(PeriodUnit.Lifetime, string.Empty));
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur));

        await host.Invalidations.InvalidateAsync(
            host.Campaign.Id,
            new Invalidation
            {
                Id = new("i1"),
                Contract = new("acme-2026"),
                Partner = new("p-blog"),
                From = At("2026-03-01T00:00:00Z"),
                To = At("2026-04-01T00:00:00Z"),
                Part = 100.Percent,
                Reason = CorrectionReason.Fraud,
                At = At("2026-04-05T12:00:00Z"),
                Author = "ann",
                Note = "bots",
            },
            At("2026-04-05T12:00:00Z"),
            CancellationToken.None);

        (await EntriesAsync(host)).Select(static e => e.Amount).Should().Equal(100.Eur, 300.Eur, (-100).Eur);
    }

    // Of the ledgers of others a call reads as much whether they brought five sales or forty.
    [Theory]
    [InlineData("")]
    [InlineData("without a date")]
    public async Task Call_reads_no_more_of_others_the_more_they_brought(string way)
    {
        (long few, long many) = (await ReadAsync(way, sales: 5), await ReadAsync(way, sales: 40));

        many.Should().Be(few);
    }

    private static async Task<long> ReadAsync(string way, int sales)
    {
        CountedLedger? counted = null;
        LiveHost host = new(Campaign(PeriodUnit.Month, way), store => counted = new(store));
        await host.RecordAsync(
            LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"), LiveHost.Click("p-mail", "2026-03-01T09:00:00Z", "c2"));
        for (int i = 0; i < sales; i++)
        {
            await host.ProcessAsync(Sale($"o{i}", $"2026-03-03T12:{i:00}:00Z", 1.Eur));
        }

        long before = counted!.Read;
        await host.ProcessAsync(Sale("last", "2026-03-20T12:00:00Z", 1.Eur, "c2"));
        return counted.Read - before;
    }

    // Counts the records of ledgers that are read.
    private sealed class CountedLedger(ILedgerStore store) : ILedgerStore
    {
        public long Read { get; private set; }

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            store.CommitAsync(batch, cancellationToken);

        public async IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (StoredRecord stored in store.ReadAsync(after, cancellationToken))
            {
                Read += stored.Stream.Kind == "ledger" ? 1 : 0;
                yield return stored;
            }
        }

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            store.FindAsync(unit, keys, cancellationToken);
    }

    private static CampaignInput Dated(CampaignInput input, Instant asOf) => input switch
    {
        CampaignInput.OfOutcome { Outcome: var o } => Of(o with { RecordedAt = asOf }),
        CampaignInput.OfCorrection { Correction: var c } => Of(c with { RecordedAt = asOf }),
        _ => input,
    };

    private static async Task PlayAsync(LiveHost host, string way)
    {
        if (way == "one batch after all")
        {
            await host.Conversions.ProcessBatchAsync(host.Campaign.Id, [.. Log], May, CancellationToken.None);
            return;
        }

        if (way == "two batches")
        {
            foreach (CampaignInput[] part in (CampaignInput[][])[Log[..1], Log[1..2], Log[2..3], Log[3..]])
            {
                await host.Conversions.ProcessBatchAsync(
                    host.Campaign.Id, [.. part], part[0].RecordedAt, CancellationToken.None);
            }

            return;
        }

        foreach (CampaignInput input in Log)
        {
            if (way == "settled when the month ends" && input == Log[1])
            {
                await host.Settlement.SettleAsync(
                    host.Campaign.Id, new(2026, 3), At("2026-04-01T00:00:00Z"), CancellationToken.None);
            }

            await host.TakeAsync(input);
        }
    }

    private static async Task<LedgerEntry[]> EntriesAsync(LiveHost host) =>
    [
        .. (await host.StoredAsync()).Where(static s => s.Stream.Kind == "ledger").Select(static s => s.Record)
            .OfType<LedgerEntry>(),
    ];

    private static IEnumerable<string> Texts(IEnumerable<LedgerEntry> entries) =>
        entries.Select(static e => $"{e.Id} {e.Amount}").Order(StringComparer.Ordinal);

    private static CampaignDraft Campaign(PeriodUnit room, string way)
    {
        ContractDraft draft = Contract(Pay.RevenueShare(10.Percent))
            .PaysPer(PeriodUnit.Month, new Retainer(350.Eur), "p-blog")
            .LimitedTo(Limit.Spend(400.Eur, room).Or(LimitOverflow.PayRemainder));
        return (way.StartsWith("without", StringComparison.Ordinal) ? draft : draft.EffectiveFrom(new(2026, 3, 1)))
            .ToCampaign();
    }
}
