using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Testing;

/// <summary>Ports that go wrong in the middle of a call that does several things.</summary>
public sealed class FaultyBatchTests
{
    private static readonly CampaignId Acme = new("acme");
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 3, 12, 0);
    private static readonly StreamId Stream = StreamId.OfOutcome(Acme, new("o"));

    public static TheoryData<PortFaultKind, int> Faults
    {
        get
        {
            TheoryData<PortFaultKind, int> data = [];
            foreach (PortFaultKind kind in Enum.GetValues<PortFaultKind>()
                .Except([PortFaultKind.StaleRead, PortFaultKind.Delay]))
            {
                data.Add(kind, 1);
            }

            data.Add(PortFaultKind.FailAfter, 3);
            data.Add(PortFaultKind.LostAcknowledgement, 3);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Batch_may_fail_at_every_point_and_a_repetition_ends_well(PortFaultKind kind, int size)
    {
        FaultPlan none = new();
        Host expected = new(none);
        await expected.PlayAsync();
        none.CallCount.Should().BeGreaterThan(20);
        for (int call = 0; call < none.CallCount; call++)
        {
            Host host = new(new FaultPlan([new(call, new(kind, size))]));

            await host.PlayAsync();

            host.Ledger.Entries.Should().Equal(expected.Ledger.Entries, $"{kind} of {size} at call {call}");
            host.Ledger.Outbox.Should().Equal(expected.Ledger.Outbox, $"{kind} of {size} at call {call}");
            host.Ledger.Positions.Should().Equal(expected.Ledger.Positions, $"{kind} of {size} at call {call}");
        }
    }

    [Theory]
    [InlineData(PortFaultKind.FailBefore, 1, 2)]
    [InlineData(PortFaultKind.FailAfter, 1, 3)]
    [InlineData(PortFaultKind.FailAfter, 2, 4)]
    public async Task Call_that_breaks_down_in_its_middle_has_done_the_first(PortFaultKind kind, int size, int done)
    {
        MemoryLedger ledger = new();
        FaultyLedger faulty = new(ledger, new FaultPlan([new(2, new(kind, size))]));

        Func<Task> call = async () => await faulty.CommitAllAsync(Five(), default);

        (await call.Should().ThrowAsync<PortFailedException>()).Which.Kind.Should().Be(kind);
        ledger.Positions.Should().Equal(new StreamPosition(Stream, done));
    }

    [Theory]
    [InlineData(PortFaultKind.Unavailable, 1, 2)]
    [InlineData(PortFaultKind.VersionConflict, 1, 2)]
    [InlineData(PortFaultKind.LostAcknowledgement, 1, 3)]
    [InlineData(PortFaultKind.LostAcknowledgement, 9, 5)]
    public async Task Call_that_ends_in_its_middle_answers_for_the_first(PortFaultKind kind, int size, int done)
    {
        MemoryLedger ledger = new();
        FaultyLedger faulty = new(ledger, new FaultPlan([new(2, new(kind, size))]));

        ValueList<CommitResult> results = await faulty.CommitAllAsync(Five(), default);

        results.Should().HaveCount(3);
        results.Take(2).Should().AllBeOfType<CommitResult.Committed>();
        results[2].Should().Be(kind switch
        {
            PortFaultKind.Unavailable => new CommitResult.Unavailable(MaybeApplied: false),
            PortFaultKind.LostAcknowledgement => new CommitResult.Unavailable(MaybeApplied: true),
            _ => new CommitResult.VersionConflict([new(Stream, 3)]),
        });
        ledger.Positions.Should().Equal(new StreamPosition(Stream, done));
    }

    [Fact]
    public async Task Calls_are_counted_as_one_after_the_other_would_be()
    {
        FaultPlan together = new();
        Counted inner = new();
        FaultyLedger faulty = new(inner, together);

        (await faulty.CommitAllAsync(Five(), default)).Should().HaveCount(5);
        (await faulty.CommitAllAsync([], default)).Should().BeEmpty();

        together.CallCount.Should().Be(5);
        inner.Calls.Should().Be(1, "the store's own way is played");
    }

    [Fact]
    public async Task Commits_that_overtake_a_call_in_its_middle_are_conflicts()
    {
        VirtualScheduler scheduler = new();
        FaultyLedger faulty = new(new MemoryLedger(), FaultPlan.At(2, PortFaultKind.Delay), scheduler);
        Task<ValueList<CommitResult>> slow = faulty.CommitAllAsync(Five(), default).AsTask();

        CommitResult fast = await faulty.CommitAsync(Commit("fast", 2), default);
        scheduler.Run();

        fast.Should().BeOfType<CommitResult.Committed>();
        (await slow).Should().HaveCount(3).And.Subject.Last().Should().BeOfType<CommitResult.VersionConflict>();
    }

    private static ValueList<CommitBatch> Five() => [.. Enumerable.Range(0, 5).Select(static i => Commit($"k{i}", i))];

    private static CommitBatch Commit(string key, int version) => new()
    {
        Unit = Acme,
        Key = key,
        Content = Digest.Of([1]),
        Appends =
        [
            new(
                new(Stream, version),
                [
                    new OutcomeReceived
                    {
                        OutcomeId = new("o"),
                        DecidedAt = Noon,
                        Outcome = new() { Id = new("o"), At = Noon, Kind = "sale" },
                    },
                ]),
        ],
    };

    private sealed class Counted : ILedgerStore
    {
        private readonly MemoryLedger inner = new();

        public int Calls { get; private set; }

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("One by one.");

        public ValueTask<ValueList<CommitResult>> CommitAllAsync(
            ValueList<CommitBatch> batches, CancellationToken cancellationToken)
        {
            Calls++;
            return inner.CommitAllAsync(batches, cancellationToken);
        }

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
            inner.ReadAsync(after, cancellationToken);

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            inner.FindAsync(unit, keys, cancellationToken);
    }

    // Sales of several customers, and what comes back of them, handed in together until it ends well.
    private sealed class Host(IPortFaults faults)
    {
        public MemoryLedger Ledger { get; } = new();

        public async Task PlayAsync()
        {
            Campaign campaign = ContractDraft.For("acme").PaidBy("acme").WithPartner("p-blog")
                .In(Currency.Eur, "Etc/UTC").EffectiveFrom(new(2026, 1, 1))
                .Pays("sale", Pay.RevenueShare(10.Percent)).ToCampaign().Build();
            FaultyJourneys journeys = new(new MemoryJourneys(), faults);
            WorkflowPorts ports = new()
            {
                Campaigns = new FaultyCampaigns(new MemoryCampaigns(campaign), faults),
                Journeys = journeys,
                Ledger = new FaultyLedger(Ledger, faults),
            };
            ConversionWorkflow conversions = new(ports, new EvidenceVerifier(new MemoryProofKeys()));
            ValueList<Touchpoint> clicks = [.. Enumerable.Range(0, 5).Select(static i => new Touchpoint
            {
                Id = new($"t{i}"), At = Noon, Customer = new($"c{i}"), Partner = new("p-blog"),
            })];
            ValueList<CampaignInput> inputs =
            [
                .. Enumerable.Range(0, 5).Select(static i => new CampaignInput.OfOutcome(new()
                {
                    Id = new($"o{i}"),
                    At = Noon,
                    RecordedAt = Noon,
                    Kind = "sale",
                    Customer = new CustomerId($"c{i}"),
                    Value = 100.Eur,
                })),
                .. Enumerable.Range(1, 2).Select(static i => new CampaignInput.OfCorrection(new AmountReturn
                {
                    Id = new("r"), Outcome = new($"o{i}"), At = Noon, RecordedAt = Noon, Amount = 30.Eur,
                })),
            ];
            await RepeatAsync(async () => await new TouchpointWorkflow(journeys).RecordAsync(clicks, default));
            await RepeatAsync(async () =>
                (await conversions.ProcessBatchAsync(campaign.Id, inputs, Noon, default)).Should().HaveCount(7));
        }

        private static async Task RepeatAsync(Func<Task> call)
        {
            try
            {
                await call();
            }
            catch (PortFailedException)
            {
                await call();
            }
        }
    }
}
