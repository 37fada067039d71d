using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Testing;

/// <summary>Ports that go wrong: what they did all the same, and what a host makes of it.</summary>
public sealed class FaultyPortsTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 3, 12, 0);

    private readonly MemoryLedger ledger = new();
    private readonly MemoryJourneys journeys = new();

    public static TheoryData<PortFaultKind> Kinds =>
        [.. Enum.GetValues<PortFaultKind>().Except([PortFaultKind.StaleRead, PortFaultKind.Delay])];

    [Fact]
    public void Numbers_are_those_of_the_published_algorithms()
    {
        // xoshiro256** after splitmix64 of 0 and of 42; computed with the C programs of prng.di.unimi.it.
        SeededRandom zero = new(0);
        zero.Next().Should().Be(0x99EC5F36CB75F2B4);
        zero.Next().Should().Be(0xBF6E1F784956452A);
        zero.Next().Should().Be(0x1A5F849D4933E6E0);
    }

    [Fact]
    public void Same_seed_draws_the_same_and_bounds_hold()
    {
        SeededRandom one = new(7);
        SeededRandom two = new(7);
        for (int i = 0; i < 1_000; i++)
        {
            int drawn = one.Below(10);
            drawn.Should().Be(two.Below(10)).And.BeInRange(0, 9);
            one.Between(-3, 3).Should().Be(two.Between(-3, 3)).And.BeInRange(-3, 3);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_call_may_fail_once_and_a_repetition_ends_well(PortFaultKind kind)
    {
        FaultPlan none = new();
        await ProcessAsync(none);
        int calls = none.CallCount;
        calls.Should().BeGreaterThan(3);
        LedgerEntry[] expected = [.. ledger.Entries];
        for (int call = 0; call < calls; call++)
        {
            FaultyPortsTests fresh = new();
            await fresh.ProcessAsync(FaultPlan.At(call, kind));
            fresh.ledger.Entries.Should().Equal(expected);
            fresh.ledger.Outbox.Should().HaveCount(1);
        }
    }

    [Fact]
    public async Task Lost_acknowledgement_has_committed()
    {
        FaultyLedger faulty = new(ledger, FaultPlan.At(0, PortFaultKind.LostAcknowledgement));
        CommitBatch batch = new() { Unit = new CampaignId("c"), Key = "k", Content = default, Appends = [] };
        (await faulty.CommitAsync(batch, default)).Should().Be(new CommitResult.Unavailable(MaybeApplied: true));
        (await faulty.CommitAsync(batch, default)).Should().BeOfType<CommitResult.Replayed>();
    }

    [Fact]
    public async Task Stale_read_does_not_see_the_newest_records()
    {
        await ProcessAsync(new FaultPlan());
        StreamId stream = StreamId.OfOutcome(new("acme"), new("o1"));
        FaultyLedger faulty = new(ledger, FaultPlan.At(0, PortFaultKind.StaleRead));
        (await faulty.ReadAsync([new(stream, 0)], default).CountAsync()).Should().Be(1);
        (await faulty.ReadAsync([new(stream, 0)], default).CountAsync()).Should().Be(2);
    }

    [Fact]
    public async Task Delayed_call_goes_on_when_time_passes()
    {
        VirtualScheduler scheduler = new();
        FaultyLedger faulty = new(ledger, FaultPlan.At(0, PortFaultKind.Delay), scheduler);
        CommitBatch batch = new() { Unit = new CampaignId("c"), Key = "k", Content = default, Appends = [] };
        Task<CommitResult> slow = faulty.CommitAsync(batch, default).AsTask();
        Task<CommitResult> fast = faulty.CommitAsync(batch, default).AsTask();
        (slow.IsCompleted, fast.IsCompleted).Should().Be((false, true));
        scheduler.Run();
        (await slow).Should().BeOfType<CommitResult.Replayed>();
        scheduler.Elapsed.Should().Be(Duration.FromMilliseconds(1));
    }

    [Fact]
    public void Faults_by_chance_come_as_often_as_they_should()
    {
        Dictionary<PortFaultKind, int> seen = [];
        SeededFaults faults = new(new(1), new(PortFaultKind.FailBefore, 100), new(PortFaultKind.StaleRead, 50))
        {
            Happened = (_, fault) => seen[fault.Kind] = seen.GetValueOrDefault(fault.Kind) + 1,
        };
        for (int i = 0; i < 10_000; i++)
        {
            faults.Next(PortMethod.ReadStreams);
        }

        seen[PortFaultKind.FailBefore].Should().BeInRange(900, 1_100);
        seen[PortFaultKind.StaleRead].Should().BeInRange(430, 570);
        faults.IsOn = false;
        faults.Next(PortMethod.Commit).Kind.Should().Be(PortFaultKind.None);
    }

    private async Task ProcessAsync(IPortFaults faults)
    {
        Campaign campaign = ContractDraft.For("acme").PaidBy("acme").WithPartner("p-blog").In(Currency.Eur, "Etc/UTC")
            .EffectiveFrom(new(2026, 1, 1)).Pays("sale", Pay.Fixed(5.Eur)).ToCampaign().Build();
        FaultyJourneys faultyJourneys = new(journeys, faults);
        ConversionWorkflow conversions = new(
            new()
            {
                Campaigns = new FaultyCampaigns(new MemoryCampaigns(campaign), faults),
                Journeys = faultyJourneys,
                Ledger = new FaultyLedger(ledger, faults),
            },
            new EvidenceVerifier(new MemoryProofKeys()));
        Touchpoint click = new() { Id = new("t1"), At = Noon, Customer = new("c1"), Partner = new("p-blog") };
        Outcome sale = new() { Id = new("o1"), At = Noon, Kind = "sale", Customer = new CustomerId("c1") };
        await RepeatAsync(async () => await new TouchpointWorkflow(faultyJourneys).RecordAsync([click], default));
        await RepeatAsync(async () => await conversions.ProcessAsync(campaign.Id, sale, [], Noon, default));
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
