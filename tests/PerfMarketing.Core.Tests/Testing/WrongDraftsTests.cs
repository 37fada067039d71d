using System.Reflection;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Testing;

/// <summary>Drafts and events that are wrong by chance tell their fault, and every class of fault is drawn.</summary>
public sealed class WrongDraftsTests
{
    private const int SeedCount = 3_000;

    // The classes of codes by which validation refuses contracts and campaigns.
    private static readonly Type[] Classes =
    [
        typeof(ContractCodes), typeof(PermissionCodes), typeof(ExclusivityCodes), typeof(ReversalCodes),
        typeof(DiscrepancyCodes), typeof(InsertionOrderCodes), typeof(SettlementTermsCodes), typeof(GradeCodes),
        typeof(ClawbackCodes), typeof(LimitCodes), typeof(PeriodCodes), typeof(PayoutCodes), typeof(ProofCodes),
        typeof(CallCodes), typeof(DeliveryCodes), typeof(TrafficCodes), typeof(CampaignCodes), typeof(BudgetCodes),
        typeof(AttributionCodes),
    ];

    [Fact]
    public void Every_way_of_being_wrong_tells_its_code()
    {
        List<string> silent = [];
        for (ulong seed = 0; seed < 20; seed++)
        {
            RandomDrafts drafts = new(new(seed));
            silent.AddRange(RandomDrafts.InvalidContractCodes.AsEnumerable()
                .Where(code => !Codes(drafts.InvalidContract(code).Draft.Validate()).Contains(code))
                .Select(code => $"contract {code}, seed {seed}"));
            silent.AddRange(RandomDrafts.InvalidCampaignCodes.AsEnumerable()
                .Where(code => !Codes(drafts.InvalidCampaign(code).Draft.Validate()).Contains(code))
                .Select(code => $"campaign {code}, seed {seed}"));
        }

        silent.Should().BeEmpty();
    }

    [Fact]
    public void Every_code_is_drawn_sooner_or_later()
    {
        HashSet<string> contracts = [];
        HashSet<string> campaigns = [];
        for (ulong seed = 0; seed < SeedCount; seed++)
        {
            contracts.Add(new RandomDrafts(new(seed)).InvalidContract().Code);
            campaigns.Add(new RandomDrafts(new(seed)).InvalidCampaign().Code);
        }

        contracts.Should().BeEquivalentTo(RandomDrafts.InvalidContractCodes.AsEnumerable());
        campaigns.Should().BeEquivalentTo(RandomDrafts.InvalidCampaignCodes.AsEnumerable());
        RandomDrafts.InvalidCampaignCodes.Count.Should().BeGreaterThan(150);
    }

    [Fact]
    public void Every_class_of_codes_is_drawn()
    {
        HashSet<string> drawn = [.. RandomDrafts.InvalidCampaignCodes];

        Classes.Where(type => !ValuesOf(type).Any(drawn.Contains)).Should().BeEmpty();
        drawn.Should().BeSubsetOf(Classes.SelectMany(ValuesOf));
    }

    [Fact]
    public void Wrong_events_tell_their_fault_and_are_never_paid()
    {
        HashSet<string> drawn = [];
        for (ulong seed = 0; seed < 40; seed++)
        {
            Campaign campaign = new RandomDrafts(new(seed)).Campaign().Build();
            CampaignRun run = new(campaign, RandomLog.Make(new(seed), campaign, outcomeCount: 0));
            foreach (InvalidEvent wrong in RandomLog.MakeInvalid(new(seed), campaign, count: 50))
            {
                ValueList<Reason> told = wrong switch
                {
                    { Touchpoint: { } touch } => touch.Check(),
                    { Input: CampaignInput.OfOutcome { Outcome: var outcome } } => outcome.Check(),
                    { Input: CampaignInput.OfCorrection { Correction: var correction } } => correction.Check(),
                    _ => [],
                };
                told.Select(static r => r.Code).Should().Contain(wrong.Code);
                drawn.Add(wrong.Code);
                if (wrong.Input is CampaignInput.OfOutcome { Outcome.Id.IsUnset: false } input)
                {
                    run.Process(input);
                }
            }

            run.Entries.Where(static e => e is not PeriodEarning).Should().BeEmpty();
        }

        drawn.Should().BeEquivalentTo(RandomLog.InvalidCodes.AsEnumerable());
    }

    [Fact]
    public void Codes_that_nothing_is_made_wrong_by_are_an_error()
    {
        RandomDrafts drafts = new(new(1));

        drafts.Invoking(static d => d.InvalidContract("?")).Should().Throw<ArgumentException>();
        drafts.Invoking(static d => d.InvalidCampaign("?")).Should().Throw<ArgumentException>();
    }

    private static IEnumerable<string> Codes(FluentValidation.Results.ValidationResult result) =>
        result.Errors.Select(static e => e.ErrorCode);

    private static IEnumerable<string> ValuesOf(Type codes) => codes
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(static f => (string)f.GetValue(null)!);
}
