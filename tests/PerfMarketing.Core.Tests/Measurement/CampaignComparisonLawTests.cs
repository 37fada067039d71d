using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Settlement;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Measurement;

public sealed class CampaignComparisonLawTests
{
    private static readonly Instant End = Instant.FromUtc(2027, 1, 1, 0, 0);

    private static Arbitrary<(RandomLog.Setting First, RandomLog.Setting Other, RandomLog.Step[] Steps)> Worlds
    { get; } =
        (from first in RandomLog.Settings
         from other in RandomLog.Settings
         from steps in RandomLog.Steps
         select (first, other, steps)).ToArbitrary();

    [Fact]
    public void A_campaign_differs_in_nothing_from_itself() => Check(static (first, _, log) =>
    {
        CampaignComparison made = Compare(log, first, first);
        return made.Campaigns[1].Differences.Count == 0
            && made.Campaigns[1].Costs == made.Campaigns[0].Costs
            && made.Parties.All(static p => p.ChangeUnder(1).MinorUnits == 0);
    });

    [Fact]
    public void Differences_sum_to_the_difference_of_the_costs() => Check(static (first, other, log) =>
    {
        CampaignComparison made = Compare(log, first, other);
        Money sum = made.Campaigns[1].Differences.Aggregate(0m.Eur, static (sum, d) => sum + d.Delta);
        return sum == CostOf(made, 1) - CostOf(made, 0)
            && made.Campaigns[1].Differences.All(static d => d.Delta.MinorUnits != 0 || d.Parties.Count > 0)
            && made.Parties.All(p => p.ChangeUnder(1).MinorUnits == made.Campaigns[1].Differences
                .SelectMany(static d => d.Parties).Where(c => c.Party == p.Party).Sum(static c => c.Delta.MinorUnits));
    });

    [Fact]
    public void Parties_sum_to_the_cost_which_is_what_the_ledger_says() => Check(static (first, other, log) =>
    {
        CampaignComparison made = Compare(log, first, other);
        CampaignRun run = RandomLog.RunOf(other);
        log.ForEach(i => run.Process(i));
        run.Expire(End);
        return Enumerable.Range(0, 2).All(i =>
                made.Parties.Aggregate(0m.Eur, (sum, p) => sum + p.Kept[i]) == CostOf(made, i))
            && CostOf(made, 1) == run.Entries.Aggregate(0m.Eur, static (sum, e) => sum + e.Amount);
    });

    [Fact]
    public void A_comparison_reads_back_what_it_wrote() => Check(static (first, other, log) =>
    {
        CampaignComparison made = Compare(log, first, other, first);
        TermFailures failures = [];
        return TermReader.Read(TermNode.Of(made), failures, CampaignComparison.Read) == made && failures.IsEmpty;
    });

    private static Money CostOf(CampaignComparison comparison, int campaign) =>
        comparison.Campaigns[campaign].Costs[0].Cost;

    private static CampaignComparison Compare(List<CampaignInput> log, params Campaign[] campaigns) =>
        CampaignComparison.Settle(
            [.. campaigns.Select(static (c, i) => ($"{i}", c))], log, static () => new AllTouches(), End);

    private static void Check(Func<Campaign, Campaign, List<CampaignInput>, bool> law) => Prop
        .ForAll(Worlds, world => law(
            RandomLog.CampaignOf(world.First), RandomLog.CampaignOf(world.Other), RandomLog.InputsOf(world.Steps)))
        .Check(Config.QuickThrowOnFailure);

    private sealed class AllTouches : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(RandomLog.Touches);
    }
}
