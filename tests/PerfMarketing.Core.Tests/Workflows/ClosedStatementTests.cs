using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Once a statement is closed nothing enters it, whatever instant a call is handed in with.</summary>
public sealed class ClosedStatementTests
{
    private static readonly CampaignId Id = new("acme-2026");

    // In the contract's zone, Berlin.
    private static readonly Instant EndOfMarch = At("2026-03-31T22:00:00Z");

    private static readonly Instant Late = At("2026-03-30T12:00:00Z");

    private static readonly Dictionary<string, Func<LiveHost, Task>> Calls = new(StringComparer.Ordinal)
    {
        ["process"] = static host => host.Conversions.ProcessAsync(
            Id, Sale("o9", "2026-03-20T12:00:00Z"), [], Late, default).AsTask(),
        ["process a batch"] = static host => host.Conversions.ProcessBatchAsync(
            Id,
            [Of(Sale("o8", "2026-03-20T12:00:00Z")), Of(Sale("o9", "2026-03-20T12:00:00Z")), Of(Returned())],
            Late,
            default).AsTask(),
        ["add evidence"] = static host => host.Conversions.AddEvidenceAsync(
            Id, new("p1"), Evidence("psp-1", "2026-03-30T12:00:00Z"), Late, default).AsTask(),
        ["decide"] = static host => host.Conversions.DecideAsync(
            Id,
            new Approval { Id = new("a1"), Outcome = new("p1"), At = Late, Author = "ann" },
            Late,
            default).AsTask(),
        ["grade"] = static host => host.Conversions.GradeAsync(
            Id, new Graded { Id = new("g1"), Outcome = new("o1"), At = Late, Grade = "D" }, Late, default).AsTask(),
        ["correct"] = static host => host.Conversions.CorrectAsync(Id, Returned(), Late, default).AsTask(),
        ["invalidate"] = static host => host.Invalidations.InvalidateAsync(
            Id, Marches("i1") with { Part = 50.Percent, At = Late }, Late, default).AsTask(),
        ["book"] = static host => host.Bookings.BookAsync(
            Id,
            new()
            {
                Id = new("b1"), Contract = new("acme-2026"), Partner = new("p-blog"), Amount = 5.Eur, At = Late,
                Author = "ann", Note = "goodwill",
            },
            Late,
            default).AsTask(),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    private static CampaignDraft Campaign => Contract(
            Pay.Fixed(10.Eur), static c => c.GradedBy(GradeTerms.None.Reverse("D")))
        .Pays("lead", Pay.Fixed(3.Eur), static c => c.TrustingHost("order-paid"))
        .ToCampaign();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Late_call_goes_to_the_next_statement(string call)
    {
        LiveHost host = await HostAsync();
        ValueList<Statement> march = await SettleAsync(host, 3, "2026-04-01T00:00:00Z");
        int before = host.Ledger.Entries.Count;

        await Calls[call](host);

        host.Ledger.Entries.Skip(before).Should().NotBeEmpty()
            .And.AllSatisfy(e => e.DecidedAt.Should().Be(EndOfMarch, "it is decided when the statement was closed"));
        (await SettleAsync(host, 3, "2026-05-01T00:00:00Z")).Should().Equal(march, "it is closed");
        (await SettleAsync(host, 4, "2026-05-01T00:00:00Z")).SelectMany(static s => s.Lines).Select(static l => l.Id)
            .Should().BeEquivalentTo(host.Ledger.Entries.Skip(before).Select(static e => e.Id).Distinct());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_that_was_on_its_way_when_the_statement_was_closed_goes_to_the_next_one(string call)
    {
        ValueList<Statement>? march = null;
        LiveHost? plain = null;
        LiveHost host = await HostAsync(store => new BeforeCommit(store, async () =>
        {
            if (plain is { } other && march is null)
            {
                march = [];
                march = await other.Settlement.SettleAsync(Id, new(2026, 3), At("2026-04-01T00:00:00Z"), default);
            }
        }));
        int before = host.Ledger.Entries.Count;
        plain = host;

        await Calls[call](host);

        host.Ledger.Entries.Skip(before).Should().NotBeEmpty()
            .And.AllSatisfy(static e => e.DecidedAt.Should().BeGreaterThanOrEqualTo(EndOfMarch));
        (await SettleAsync(host, 3, "2026-05-01T00:00:00Z")).Should().Equal(march!);
    }

    [Fact]
    public async Task Call_before_the_statement_is_closed_is_in_it()
    {
        LiveHost host = await HostAsync();
        await SettleAsync(host, 3, "2026-03-15T00:00:00Z");

        await Calls["process"](host);

        host.Ledger.Entries[^1].DecidedAt.Should().Be(Late);
        (await SettleAsync(host, 3, "2026-04-01T00:00:00Z")).Single().Lines.Should()
            .ContainSingle(static l => l.OutcomeId == new OutcomeId("o9"));
    }

    [Fact]
    public async Task What_was_due_in_it_and_nobody_asked_for_goes_to_the_next_one()
    {
        LiveHost host = new(Contract(Pay.Fixed(10.Eur), static c => c
            .TrustingHost("order-paid", within: Duration.FromDays(2))).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));
        await SettleAsync(host, 3, "2026-04-01T00:00:00Z");

        ConversionReport report = (await host.TickAsync(At("2026-04-02T00:00:00Z"))).Single();

        report.State.Decision!.DecidedAt.Should().Be(EndOfMarch);
    }

    [Fact]
    public async Task Terms_that_reach_back_are_applied_in_the_next_one()
    {
        AmendedHost host = new(
            Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent)),
            [Click("p-blog", "2026-02-20T09:00:00Z")]);
        await host.RunAsync(TwoSales, At("2026-03-18T00:00:00Z"));
        ValueList<Statement> march = await SettleAsync(host.Live, 3, "2026-04-01T00:00:00Z");
        int before = host.Live.Ledger.Entries.Count;

        await host.RunAsync([], At("2026-04-02T00:00:00Z"));

        host.Live.Ledger.Entries.Skip(before).Should().NotBeEmpty()
            .And.AllSatisfy(static e => e.DecidedAt.Should().Be(EndOfMarch));
        (await SettleAsync(host.Live, 3, "2026-05-01T00:00:00Z")).Should().Equal(march);
    }

    [Fact]
    public async Task Closing_again_adds_nothing()
    {
        LiveHost host = await HostAsync();
        await SettleAsync(host, 3, "2026-04-01T00:00:00Z");
        string[] streams = host.Streams();

        await SettleAsync(host, 3, "2026-04-20T00:00:00Z");
        await SettleAsync(host, 2, "2026-04-01T00:00:00Z");

        host.Streams().Should().Equal(streams);
        streams.Should().Contain("acme-2026/periods/acme-2026 1");
    }

    private static Correction Returned() => Settlement.Sample.Returned("r1", "o1", "2026-03-21T12:00:00Z", 100.Eur);

    private static async Task<ValueList<Statement>> SettleAsync(LiveHost host, int month, string asOf) =>
        await host.Settlement.SettleAsync(host.Campaign.Id, new(2026, month), At(asOf), CancellationToken.None);

    private static async Task<LiveHost> HostAsync(Func<ILedgerStore, ILedgerStore>? around = null)
    {
        LiveHost host = new(Campaign, around);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 200.Eur));
        await host.ProcessAsync(Sale("p1", "2026-03-03T13:00:00Z") with { Kind = "lead" });
        return host;
    }

    private sealed class BeforeCommit(ILedgerStore inner, Func<Task> before) : ILedgerStore
    {
        public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
        {
            await before();
            return await inner.CommitAsync(batch, cancellationToken);
        }

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
            inner.ReadAsync(after, cancellationToken);

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            inner.FindAsync(unit, keys, cancellationToken);
    }
}
