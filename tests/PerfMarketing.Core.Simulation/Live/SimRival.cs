using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Oracle;
using PerfMarketing.Simulation.Streams;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <summary>
/// Another campaign of the advertiser, by its own contracts and journeys, which is handed some of the same orders: its
/// partners and clauses are some of the first campaign's, and nothing waits for proof. The contracts of some are
/// accepted days after they began: what they refused until then is amended.
/// </summary>
internal sealed class SimRival
{
    private const ulong Salt = 0x5249_5641_4C;
    private const ulong LateSalt = 0x4C41_5445;
    private const int Share = 600;

    private readonly MemoryJourneys store = new();
    private readonly JourneyLog log = new();
    private readonly ConversionWorkflow conversions;
    private readonly TouchpointWorkflow touchpoints;
    private readonly AmendmentWorkflow amendments;
    private readonly MemoryCampaigns campaigns;
    private readonly Instant? acceptedAt;
    private bool isAccepted;

    private SimRival(
        WorldPlan plan, OrderWatch orders, Violations violations, FaultyLedger ledger, IPortFaults faults,
        VirtualScheduler scheduler)
    {
        Campaign = CampaignBuilder.Build(plan);
        Watch = new(plan, Campaign, log, violations, null, orders);
        acceptedAt = plan.AcceptedAt;
        campaigns = new(acceptedAt is null ? Campaign : CampaignBuilder.BuildProposed(plan));
        ObservedJourneys journeys = new(store, log);
        WorkflowPorts ports = new()
        {
            Campaigns = campaigns,
            Journeys = new FaultyJourneys(journeys, faults, scheduler),
            Ledger = ledger,
        };
        conversions = new(ports, new EvidenceVerifier(new SimKeys(plan)));
        touchpoints = new(journeys);
        amendments = new(ports);
        Random = new(plan.Seed ^ Salt ^ 1);
    }

    /// <summary>Draws when it is handed something.</summary>
    public SeededRandom Random { get; }

    public Campaign Campaign { get; }

    public CommitWatch Watch { get; }

    /// <summary>The contracts that were accepted late, whose amendment is not done yet.</summary>
    public Queue<ContractId> Amending { get; } = [];

    /// <summary>What it is to be handed yet.</summary>
    public Queue<SimEvent> Backlog { get; } = [];

    /// <summary>The rival of a world; most have none.</summary>
    public static SimRival? Of(
        WorldPlan world, OrderWatch orders, Violations violations, FaultyLedger ledger, IPortFaults faults,
        VirtualScheduler scheduler)
    {
        SeededRandom random = new(world.Seed ^ Salt);
        return random.Happens(170)
            ? new(PlanOf(world, random), orders, violations, ledger, faults, scheduler)
            : null;
    }

    /// <summary>Whether it is handed an event.</summary>
    public bool Wants(SimEvent what) => what switch
    {
        SimEvent.Happened { Outcome.OrderId: not null } => Random.Happens(Share),
        SimEvent.Corrected { Correction: not Ruling and var correction } =>
            Watch.ContentOf(correction.Outcome) is not null && Random.Happens(Share),
        _ => false,
    };

    /// <summary>Lets time pass: the campaign learns that its contracts were accepted.</summary>
    public void Advance(Instant now)
    {
        if (!isAccepted && acceptedAt <= now)
        {
            isAccepted = true;
            campaigns.Put(Campaign);
            AmendAll();
        }
    }

    /// <summary>Everything that was accepted late is to be amended, once more.</summary>
    public void AmendAll()
    {
        foreach (ContractId contract in acceptedAt is null ? [] : Campaign.Contracts.Select(static c => c.Id))
        {
            Amending.Enqueue(contract);
        }
    }

    /// <summary>Amends one contract.</summary>
    public async Task AmendAsync(ContractId contract, Instant asOf) =>
        await amendments.AmendAsync(Campaign.Id, contract, asOf, default).ConfigureAwait(false);

    /// <summary>Whether somebody was refused for want of an acceptance, and nobody looked at it again.</summary>
    public string? FindRefused() => Watch.Oracle.Outcomes
        .FirstOrDefault(static o => o.Why == OracleCodes.NoneAccepted && !o.Truth().IsGone)?.Id;

    public async Task RecordAsync(Touchpoint touch) =>
        await touchpoints.RecordAsync([touch], default).ConfigureAwait(false);

    /// <summary>Hands one thing in.</summary>
    public async Task<ConversionReport> CallAsync(SimEvent what, Instant asOf) => what switch
    {
        SimEvent.Happened { Outcome: var outcome } => await conversions
            .ProcessAsync(Campaign.Id, outcome with { RecordedAt = asOf }, [], asOf, default).ConfigureAwait(false),
        SimEvent.Corrected { Correction: var correction } => await conversions
            .CorrectAsync(Campaign.Id, correction with { RecordedAt = asOf }, asOf, default).ConfigureAwait(false),
        _ => throw new InvalidOperationException("That is not for the rival."),
    };

    private static WorldPlan PlanOf(WorldPlan world, SeededRandom random)
    {
        HashSet<string> partners = [.. world.Contracts.SelectMany(static c => c.Partners).Distinct()
            .Where(_ => random.Happens(650))];
        HashSet<string> outcomes = [.. (string[])["sale", "lead"]];
        if (random.Happens(300))
        {
            outcomes.Remove(random.Pick("sale", "lead"));
        }

        ContractPlan[] contracts =
        [
            .. world.Contracts.Select(c => c with
            {
                Partners = [.. c.Partners.Where(partners.Contains)],
                Clauses =
                [
                    .. c.Clauses.Where(clause => outcomes.Contains(clause.Outcome))
                        .Select(static clause => clause with { Proof = null, GradePart = null }),
                ],
            }),
        ];
        ContractPlan[] left = [.. contracts.Where(static c => c is { Partners.Length: > 0, Clauses.Length: > 0 })];
        left = left.Length > 0 ? left : world.Contracts;
        SeededRandom late = new(world.Seed ^ LateSalt);
        bool isLate = late.Happens(400);
        return world with
        {
            AcceptedAt = isLate ? world.Start + Duration.FromHours(late.Between(24, world.Days * 20L)) : null,
            Campaign = $"rival-{world.Seed:x}",
            Contracts = isLate ? [.. left.DistinctBy(static c => c.Id)] : left,
            Budgets = [],
            Keys = [],
            Faults = new Dictionary<FaultKind, int>(),
            IsWide = false,
        };
    }
}
