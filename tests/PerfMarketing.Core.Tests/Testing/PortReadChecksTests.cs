using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement.Postbacks;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Testing;

/// <summary>Ports that read and ports that number keep their promises in memory, and broken ones are caught.</summary>
public sealed class PortReadChecksTests
{
    public static TheoryData<string> CampaignNames { get; } = [.. CampaignChecks.All.Names];

    public static TheoryData<string> RateNames { get; } = [.. RateChecks.All.Names];

    public static TheoryData<string> PostbackNames { get; } = [.. PostbackChecks.All.Names];

    public static TheoryData<string> KeyNames { get; } = [.. ProofKeyChecks.All.Names];

    public static TheoryData<string> NumberNames { get; } = [.. StatementNumberChecks.All.Names];

    [Theory]
    [MemberData(nameof(CampaignNames))]
    public Task Campaigns_in_memory_keep_their_promises(string check)
    {
        MemoryCampaigns store = new();
        return CampaignChecks.All.RunAsync(check, new(store, c => Added(() => store.Put(c))), CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(RateNames))]
    public Task Rates_in_memory_keep_their_promises(string check)
    {
        MemoryRates store = new();
        return RateChecks.All.RunAsync(check, new(store, r => Added(() => store.Put(r))), CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(PostbackNames))]
    public Task Targets_in_memory_keep_their_promises(string check)
    {
        ListedTargets store = new();
        return PostbackChecks.All.RunAsync(
            check, new(store, t => Added(() => store.All.Add(t))), CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(KeyNames))]
    public Task Keys_in_memory_keep_their_promises(string check)
    {
        ListedKeys store = new();
        return ProofKeyChecks.All.RunAsync(
            check, new(store, k => Added(() => store.All.Add(k))), CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(NumberNames))]
    public Task Numbers_in_memory_keep_their_promises(string check) =>
        StatementNumberChecks.All.RunAsync(check, new MemoryStatementNumbers(), CancellationToken.None);

    [Fact]
    public async Task Ports_that_break_their_promises_are_caught()
    {
        await BrokenAsync(() => RateChecks.All.RunAllAsync(
            static () => Newest(new MemoryRates()), CancellationToken.None));
        await BrokenAsync(() => CampaignChecks.All.RunAllAsync(
            static () => First(new MemoryCampaigns()), CancellationToken.None));
        await BrokenAsync(() => StatementNumberChecks.All.RunAllAsync(
            static () => new CountingNumbers(), CancellationToken.None));
    }

    [Fact]
    public void There_are_checks_for_every_port()
    {
        int count = LedgerChecks.All.Names.Count + JourneyChecks.All.Names.Count + DueChecks.All.Names.Count
            + PaymentChecks.All.Names.Count + CampaignChecks.All.Names.Count + RateChecks.All.Names.Count
            + PostbackChecks.All.Names.Count + ProofKeyChecks.All.Names.Count + StatementNumberChecks.All.Names.Count
            + SignatureVerifierChecks.All.Names.Count;

        count.Should().BeGreaterThan(120);
    }

    private static ValueTask Added(Action add)
    {
        add();
        return ValueTask.CompletedTask;
    }

    private static async Task BrokenAsync(Func<Task> check) =>
        await check.Should().ThrowAsync<ScenarioFailedException>();

    // Keeps one rate of a pair: the one that was recorded last.
    private static FilledPort<IRates, RecordedRate> Newest(MemoryRates store)
    {
        LastRate port = new(store);
        return new(port, r => Added(() => store.Put(r)));
    }

    // A campaign is never replaced.
    private static FilledPort<ICampaignStore, Campaign> First(MemoryCampaigns store)
    {
        HashSet<CampaignId> known = [];
        return new(store, c => Added(() =>
        {
            if (known.Add(c.Id))
            {
                store.Put(c);
            }
        }));
    }

    private sealed class LastRate(MemoryRates inner) : IRates
    {
        public async ValueTask<ValueList<RecordedRate>> FindAsync(RateNeed need, CancellationToken cancellationToken)
        {
            ValueList<RecordedRate> found = await inner.FindAsync(need, cancellationToken);
            return found.Count == 0 ? found : [found[^1]];
        }
    }

    // A new number for every question.
    private sealed class CountingNumbers : IStatementNumbers
    {
        private int count;

        public ValueTask<string> NumberOfAsync(
            PartyId payer,
            PartnerId partner,
            StatementId statement,
            bool isCreditNote,
            CancellationToken cancellationToken) =>
            new($"I-{Interlocked.Increment(ref count)}");
    }

    private sealed class ListedTargets : IPostbackStore
    {
        public List<PostbackTerms> All { get; } = [];

        public ValueTask<ValueList<PostbackTerms>> FindAsync(
            CampaignId campaign, CancellationToken cancellationToken) =>
            new MemoryPostbacks([.. All]).FindAsync(campaign, cancellationToken);
    }

    private sealed class ListedKeys : IProofKeys
    {
        public List<ProofKey> All { get; } = [];

        public ValueTask<KeyRing> FindAsync(
            SchemeId scheme, EvidenceKind? kind, CancellationToken cancellationToken) =>
            new MemoryProofKeys([.. All]).FindAsync(scheme, kind, cancellationToken);
    }
}
