using PerfMarketing.Testing.Pacing;

namespace PerfMarketing.Tests.Testing.Pacing;

/// <summary>The table of reference/budgets-and-pacing.md §6, on delays that are drawn.</summary>
public sealed class LateResultsSimulationTests
{
    private const int Flights = 40;

    [Fact]
    public void Counting_what_is_expected_keeps_a_budget_of_late_results()
    {
        LateResultsReport expected = Run(ResultDelays.Mixed, LateResultsRule.Expected);
        LateResultsReport guarded = Run(ResultDelays.Mixed, LateResultsRule.Guarded);
        LateResultsReport net = Run(ResultDelays.Mixed, LateResultsRule.NetOfReversals);

        expected.GrossMean.Should().BeInRange(98, 102);
        expected.GrossMax.Should().BeLessThanOrEqualTo(116);
        guarded.GrossMean.Should().BeInRange(94, 100);
        guarded.GrossMax.Should().BeLessThanOrEqualTo(105);
        net.NetMean.Should().BeApproximately(100, 1.5);
        net.NetP95.Should().BeLessThanOrEqualTo(107);
    }

    [Fact]
    public void Counting_only_what_is_committed_overshoots_the_more_the_later_results_come()
    {
        LateResultsReport fast = Run(ResultDelays.Fast, LateResultsRule.Committed);
        LateResultsReport mixed = Run(ResultDelays.Mixed, LateResultsRule.Committed);
        LateResultsReport slow = Run(ResultDelays.Slow, LateResultsRule.Committed);

        fast.GrossMean.Should().BeInRange(100, 105);
        mixed.GrossMean.Should().BeInRange(130, 140);
        slow.GrossMean.Should().BeInRange(185, 205);
        slow.NetMean.Should().BeApproximately(0.9 * slow.GrossMean, 1);
    }

    [Fact]
    public void Slow_leads_are_kept_too()
    {
        Run(ResultDelays.Slow, LateResultsRule.Expected).GrossMean.Should().BeInRange(97, 102);
        Run(ResultDelays.Slow, LateResultsRule.Guarded).GrossMax.Should().BeLessThanOrEqualTo(106);
    }

    [Fact]
    public void Setting_a_payout_aside_for_each_click_buys_next_to_nothing() =>
        Run(ResultDelays.Mixed, LateResultsRule.FullPayout).GrossMean.Should().BeInRange(1.5, 2.5);

    [Fact]
    public void A_hard_stop_leaves_partners_unpaid()
    {
        Run(ResultDelays.Fast, LateResultsRule.HardStop).UnpaidMean.Should().BeLessThan(1.5);
        Run(ResultDelays.Mixed, LateResultsRule.HardStop).UnpaidMean.Should().BeInRange(14, 22);
        Run(ResultDelays.Slow, LateResultsRule.HardStop).UnpaidMean.Should().BeInRange(38, 48);
    }

    [Fact]
    public void The_same_seed_gives_the_same_flights() =>
        Run(ResultDelays.Slow, LateResultsRule.Expected).Gross.Should().Equal(
            Run(ResultDelays.Slow, LateResultsRule.Expected).Gross);

    private static LateResultsReport Run(ResultDelays delays, LateResultsRule rule) =>
        new LateResultsSimulation(delays) { Flights = Flights }.Run(rule, CancellationToken.None);
}
