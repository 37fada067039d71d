using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What contracts pay for periods, in the live path.</summary>
public sealed class PeriodSettlementTests
{
    private static readonly Instant Now = At("2026-06-01T00:00:00Z");

    [Fact]
    public async Task Live_and_batch_pay_the_same_for_periods()
    {
        LiveHost host = new(Draft());
        CampaignRun batch = Run(host.Campaign, Touch("p-blog", "2026-02-01T09:00:00Z"));
        await host.RecordAsync(Click("p-blog", "2026-02-01T09:00:00Z"));
        for (int i = 0; i < 40; i++)
        {
            Instant at = At("2026-03-01T09:00:00Z") + Duration.FromHours(50 * i);
            Outcome sale = Sale($"o{i}", TimeText(at), ((i * 37 % 100) + 1).Eur);
            await host.ProcessAsync(sale);
            batch.Process(Of(sale));
            if (i % 3 == 0)
            {
                string returned = TimeText(at + Duration.FromHours(1));
                await host.CorrectAsync(Returned($"r{i}", $"o{i}", returned, 1.Eur));
                batch.Process(Of(Returned($"r{i}", $"o{i}", returned, 1.Eur)));
            }

            if (i % 10 == 0)
            {
                // Settling in between, and late, makes no difference.
                await SettleAsync(host, 3, at);
            }
        }

        batch.Expire(Now);
        ValueList<Statement> expected = batch.Statements(Now);
        foreach (int month in (int[])[3, 4, 5])
        {
            ValueList<Statement> settled = await SettleAsync(host, month, Now);
            settled.Select(static s => TermJson.Write(s)).Should().Equal(
                expected.Where(s => s.Period == $"2026-0{month}").Select(static s => TermJson.Write(s)));
        }

        expected.SelectMany(static s => s.Lines).OfType<PeriodEarning>().Select(static p => p.Clause.Value).Distinct()
            .Should().BeEquivalentTo("performance-bonus", "every", "retainer", "guarantee", "draw");
    }

    // Settled when periods end, as a batch does by itself: whoever is decided first takes the room.
    [Fact]
    public async Task Live_and_batch_pay_the_same_under_limits_of_the_contract()
    {
        CampaignDraft draft = Draft();
        ContractDraft limited = draft.Contracts[0].EffectiveFrom(new(2026, 3, 1))
            .LimitedTo(Limit.Spend(120.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder))
            .LimitedTo(Limit.Spend(310.Eur, PeriodUnit.Lifetime, LimitScope.Partner).Or(LimitOverflow.Hold));
        LiveHost host = new(draft with { Contracts = [limited] });
        JourneyTouch[] touches =
            [.. Enumerable.Range(2, 4).Select(static m => Touch("p-blog", $"2026-0{m}-01T09:00:00Z"))];
        CampaignRun batch = Run(host.Campaign, touches);
        await host.RecordAsync([.. touches.Select(static t => Click("p-blog", TimeText(t.At)))]);
        for (int i = 0; i < 40; i++)
        {
            Instant at = At("2026-03-01T09:00:00Z") + Duration.FromHours(50 * i);
            await SettleAsync(host, 3, at);
            await host.TickAsync(at);
            Outcome sale = Sale($"o{i}", TimeText(at), ((i * 37 % 100) + 1).Eur);
            await host.ProcessAsync(sale);
            batch.Process(Of(sale));
        }

        await SettleAsync(host, 5, Now);
        await host.TickAsync(Now);
        batch.Expire(Now);
        ValueList<Statement> expected = batch.Statements(Now);
        foreach (int month in (int[])[3, 4, 5])
        {
            (await SettleAsync(host, month, Now)).SelectMany(static s => s.Lines).Select(Text).Order().Should().Equal(
                expected.Where(s => s.Period == $"2026-0{month}").SelectMany(static s => s.Lines).Select(Text).Order());
        }

        PeriodEarning[] paid = [.. expected.SelectMany(static s => s.Lines).OfType<PeriodEarning>()];
        paid.SelectMany(static p => p.Notes).Select(static n => n.Code).Should().Contain(LimitReasons.Cut);
        host.Ledger.Outbox.Count(static m => m.Topic == PeriodEarning.TagName).Should().Be(paid.Length);

        static string Text(LedgerEntry entry) => $"{entry.Id} {entry.Clause} {entry.Amount} {entry.OutcomeId}";
    }

    [Fact]
    public async Task Settling_again_commits_nothing()
    {
        LiveHost host = new(Draft());
        await host.RecordAsync(Click("p-blog", "2026-02-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur));
        ValueList<Statement> first = await SettleAsync(host, 3, Now);
        string[] streams = host.Streams();

        (await SettleAsync(host, 3, Now)).Should().Equal(first);

        host.Streams().Should().Equal(streams);
        streams.Should().ContainMatch("*/periods/acme-2026 *");
    }

    [Fact]
    public async Task Two_hosts_that_settle_at_once_pay_once()
    {
        LiveHost host = new(Draft());
        await host.RecordAsync(Click("p-blog", "2026-02-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur));

        ValueList<Statement>[] settled = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            await SettleAsync(host, 3, At("2026-04-10T00:00:00Z")))));

        settled.Should().AllBeEquivalentTo(settled[0], static o => o.ComparingByValue<Statement>());
        settled[0].SelectMany(static s => s.Lines).Select(static l => l.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Store_that_never_answers_is_named()
    {
        LiveHost host = new(Draft().Build().Contracts[0].ToDraft().EffectiveFrom(new(2026, 3, 1)).ToCampaign(),
            static _ => new FailingLedger());

        Func<Task> settle = async () => await SettleAsync(host, 3, Now);

        (await settle.Should().ThrowAsync<CommitFailedException>())
            .Which.Message.Should().Contain("periods/acme-2026/");
    }

    private static CampaignDraft Draft() => Contract(Pay.RevenueShare(10.Percent))
        .PaysPer(PeriodUnit.Month, new Draw(80.Eur), "p-blog")
        .PaysPer(PeriodUnit.Month, new Guarantee(60.Eur) { Accumulates = true }, "p-blog")
        .PaysPer(PeriodUnit.Quarter, new Retainer(91.Eur))
        .PaysPer(PeriodUnit.Week, new PerformanceBonus(3.Percent, 5.Eur), "p-blog")
        .PaysPer(PeriodUnit.Day, new Every(1, 1.Eur) { Counting = PeriodCounting.Lifetime, UpTo = 5 }).ToCampaign();

    private static async Task<ValueList<Statement>> SettleAsync(LiveHost host, int month, Instant asOf) =>
        await host.Settlement.SettleAsync(host.Campaign.Id, new(2026, month), asOf, CancellationToken.None);

    private static string TimeText(Instant at) => NodaTime.Text.InstantPattern.ExtendedIso.Format(at);

    private sealed class FailingLedger : ILedgerStore
    {
        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            ValueTask.FromResult<CommitResult>(new CommitResult.Unavailable(MaybeApplied: false));

        public async IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            new(ValueList<CommitReceipt>.Empty);
    }
}
