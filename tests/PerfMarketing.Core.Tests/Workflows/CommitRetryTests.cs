using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

public sealed class CommitRetryTests
{
    private static CampaignDraft Campaign =>
        Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedAt(monthly: 100.Eur, CapBehavior.StopAndReject);

    [Fact]
    public async Task Conflict_decides_again_on_what_is_stored_now()
    {
        (LiveHost host, FaultyLedger ledger) = await HostAsync(static i => i < 3 ? Fault.Conflict : Fault.None);

        ConversionReport report = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        report.Answer.Should().Be(DecisionAnswer.Decided);
        ledger.Batches.Should().HaveCount(4);
        ledger.Batches.Select(b => (b.Key, b.Content)).Distinct().Should().ContainSingle();
        host.Ledger.Entries.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Theory]
    [InlineData("the commit was done, its answer was lost: the original answer", true, DecisionAnswer.Replayed)]
    [InlineData("the commit was not done: it is done now", false, DecisionAnswer.Decided)]
    public async Task No_answer_hands_in_the_same_batch_again(string because, bool applied, DecisionAnswer answer)
    {
        Fault fault = applied ? Fault.LostAnswer : Fault.Lost;
        (LiveHost host, FaultyLedger ledger) = await HostAsync(i => i == 0 ? fault : Fault.None);

        ConversionReport report = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        report.Answer.Should().Be(answer, because);
        report.Earnings.Texts().Should().Equal("p-blog 10.00 EUR");
        ledger.Batches[1].Should().BeSameAs(ledger.Batches[0]);
        host.Ledger.Entries.Should().ContainSingle();
        host.Ledger.Outbox.Should().ContainSingle();
    }

    [Theory]
    [InlineData(Fault.Conflict)]
    [InlineData(Fault.Lost)]
    public async Task Attempts_are_bounded_and_the_call_may_be_made_again(object fault)
    {
        int bound = ConversionWorkflow.AttemptCountMax;
        (LiveHost host, FaultyLedger ledger) = await HostAsync(i => i < bound ? (Fault)fault : Fault.None);
        Func<Task> call = () => host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        CommitFailedException failed = (await call.Should().ThrowAsync<CommitFailedException>()).Which;

        failed.Last.Should().NotBeNull();
        failed.Message.Should().StartWith("'outcome/o1' could not be committed");
        ledger.Batches.Should().HaveCount(bound);
        await call();
        host.Ledger.Entries.Should().ContainSingle();
    }

    [Fact]
    public async Task Exception_of_the_store_comes_through()
    {
        (LiveHost host, _) = await HostAsync(static i => i == 0 ? Fault.Crash : Fault.None);
        Func<Task> call = () => host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        await call.Should().ThrowAsync<IOException>();
        await call();

        host.Ledger.Entries.Should().ContainSingle();
    }

    [Fact]
    public async Task Every_stream_that_was_looked_at_is_checked()
    {
        (LiveHost host, FaultyLedger ledger) = await HostAsync(static _ => Fault.None);

        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z") with { OrderId = new("A-1") });
        await host.ProcessAsync(Sale("o2", "2026-03-03T12:00:00Z") with { OrderId = new("A-1") });

        ledger.Batches[0].Appends.Should().ContainSingle("the order is taken first")
            .Which.Expected.Stream.Should().Be(StreamId.OfClaim(new("acme"), new("A-1")));
        ledger.Batches[1].Appends.Select(a => $"{a.Expected.Stream} {a.Expected.Version} +{a.Records.Count}").Should()
            .Equal(
                "acme-2026/budget/monthly/2026-03 0 +1",
                "acme-2026/ledger/acme-2026/p-blog 0 +1",
                "acme-2026/order/A-1 0 +1",
                "acme-2026/outcome/o1 0 +2",
                "acme-2026/periods/acme-2026 0 +0");
        ledger.Batches[2].Appends.Select(a => $"{a.Expected.Stream} {a.Expected.Version} +{a.Records.Count}").Should()
            .Equal("acme-2026/order/A-1 1 +0", "acme-2026/outcome/o2 0 +2");
    }

    [Fact]
    public async Task Budget_holds_when_many_buy_at_once()
    {
        LiveHost host = new(Campaign);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => PatientlyAsync(() =>
            host.ProcessAsync(Sale($"o{i / 2}", "2026-03-03T12:00:00Z"))))));

        host.Ledger.Entries.Should().HaveCount(10);
        host.Ledger.Entries.Select(e => e.Id).Should().OnlyHaveUniqueItems();
        host.Streams().Should().Contain("acme-2026/budget/monthly/2026-03 10");
    }

    [Fact]
    public async Task Gap_in_a_stream_is_an_error()
    {
        LiveHost host = new(Campaign, static inner => new GappyLedger(inner), cache: new(recordsMax: 0));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        Func<Task> call = () => host.ReviewAsync("o1", "2026-03-04T12:00:00Z");

        await call.Should().ThrowAsync<InvalidDataException>();
    }

    private static async Task PatientlyAsync(Func<Task> call)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (CommitFailedException)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<(LiveHost Host, FaultyLedger Ledger)> HostAsync(Func<int, Fault> faults)
    {
        FaultyLedger? ledger = null;
        LiveHost host = new(Campaign, inner => ledger = new(inner, faults));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        return (host, ledger!);
    }

    private sealed class GappyLedger(ILedgerStore inner) : ILedgerStore
    {
        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            inner.CommitAsync(batch, cancellationToken);

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            PerfMarketing.Primitives.ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
            inner.ReadAsync(after, cancellationToken).Where(static r => r.Version != 1);

        public ValueTask<PerfMarketing.Primitives.ValueList<CommitReceipt>> FindAsync(
            UnitId unit, PerfMarketing.Primitives.ValueList<string> keys, CancellationToken cancellationToken) =>
            inner.FindAsync(unit, keys, cancellationToken);
    }
}
