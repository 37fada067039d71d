using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Room that comes back goes to whoever waits, in the call that gave it back.</summary>
public sealed class LimitPromotionTests
{
    [Fact]
    public async Task Call_that_gives_room_back_decides_who_waited()
    {
        LiveHost host = await HostAsync();

        ConversionReport report = await host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z"));

        report.Posted.Texts().Should().Equal("p-blog -10.00 EUR");
        report.Promoted.Select(static p => $"{p.State.Id} {p.Earnings[0].Amount} {p.Earnings[0].DecidedAt}")
            .Should().Equal("o2 10.00 EUR 2026-03-05T12:00:00Z");
        host.Streams().Should()
            .Contain(static s => s.StartsWith("acme-2026/limit/acme-2026/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_says_when_it_is_over()
    {
        LiveHost host = await HostAsync();

        ConversionReport report = await host.ProcessAsync(Sale("o4", "2026-03-04T12:00:00Z"));

        report.ReviewAt.Should().Be(At("2026-03-31T22:00:00Z"));
        report.Reasons.Select(static r => r.Code).Should().Equal(LimitReasons.Held);
        ConversionReport later = await host.ReviewAsync("o4", "2026-03-31T22:00:00Z");
        later.Qualification.Should().BeOfType<Qualification.Rejected>();
        later.Reasons[0].Code.Should().Be(LimitReasons.HoldEnded);
    }

    [Fact]
    public async Task Review_after_the_period_refuses_even_when_there_is_room_by_then()
    {
        LiveHost host = await HostAsync();
        ConversionReport late = await host.CorrectAsync(Retracted("r1", "o1", "2026-04-05T12:00:00Z"));

        late.Promoted.Should().NotContain(static p => p.Earnings.Count > 0);
        host.Ledger.Positions.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Call_that_broke_off_before_the_promotion_is_repeated_to_catch_up()
    {
        bool fails = false;
        LiveHost host = await HostAsync(store => new BrokenLedger(store, () => fails));
        fails = true;
        await FluentActions.Awaiting(() => host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z")))
            .Should().ThrowAsync<InvalidOperationException>();
        fails = false;

        ConversionReport again = await host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z"));

        again.Answer.Should().Be(DecisionAnswer.Replayed);
        again.Promoted.Select(static p => p.State.Id.Value).Should().Equal("o2");
    }

    private static async Task<LiveHost> HostAsync(Func<ILedgerStore, ILedgerStore>? around = null)
    {
        CampaignDraft campaign = Contract(Pay.Fixed(10.Eur))
            .LimitedTo(Limit.Outcomes(1, PeriodUnit.Month).Or(LimitOverflow.Hold)).ToCampaign();
        LiveHost host = new(campaign, around);
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-01T12:00:00Z"));
        await host.ProcessAsync(Sale("o2", "2026-03-02T12:00:00Z"));
        await host.ProcessAsync(Sale("o3", "2026-03-03T12:00:00Z"));
        return host;
    }

    /// <summary>Commits corrections and breaks at whatever comes after them.</summary>
    private sealed class BrokenLedger(ILedgerStore inner, Func<bool> fails) : ILedgerStore
    {
        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
            inner.ReadAsync(after, cancellationToken);

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            inner.FindAsync(unit, keys, cancellationToken);

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            fails() && !batch.Key.Contains("correction", StringComparison.Ordinal)
                ? throw new InvalidOperationException("The store is gone.")
                : inner.CommitAsync(batch, cancellationToken);
    }
}
