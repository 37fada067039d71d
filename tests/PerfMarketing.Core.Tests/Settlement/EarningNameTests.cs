using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Earnings are named when somebody asks for the name, and keep it.</summary>
public sealed class EarningNameTests
{
    [Fact]
    public void The_name_follows_from_what_makes_the_earning_unique()
    {
        Earning earning = Earned(out _);

        earning.Id.Should().Be(Earning.IdOf(
            earning.Campaign, earning.Contract, earning.Clause, earning.OutcomeId, earning.Partner));
        earning.Id.Value.Should().HaveLength(32);
    }

    [Fact]
    public void A_copy_keeps_the_name_whether_or_not_it_was_asked_for()
    {
        Earning earning = Earned(out _);
        Earning other = earning with { Partner = new("p-mail") };

        other.Id.Should().Be(earning.Id);
        (earning with { Partner = new("p-mail") }).Id.Should().Be(earning.Id);
        earning.Should().Be(earning with { });
        earning.Should().Be(Earned(out _)).And.NotBe(other);
    }

    [Fact]
    public void What_a_decision_showed_does_not_change_later()
    {
        Earned(out (CampaignRun Run, Decision Decision) first);
        OutcomeState shown = first.Decision.Outcome;
        (OutcomeDecided? decided, int earnings) = (shown.Decision, shown.Earnings.Count);

        first.Run.Process(Of(Retracted("r1", "o1", "2026-03-05T00:00:00Z")));

        shown.Decision.Should().BeSameAs(decided);
        shown.Earnings.Should().HaveCount(earnings);
        shown.Earnings[0].Net.Should().Be(12.Eur);
        first.Run.State.Find(new("o1"))!.Earnings[0].Net.Should().Be(0.Eur);
    }

    private static Earning Earned(out (CampaignRun Run, Decision Decision) made)
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(12.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T00:00:00Z"));
        made = (run, run.Process(Of(Sale("o1", "2026-03-02T00:00:00Z", 100.Eur))));
        return (Earning)made.Decision.Posted[0];
    }
}
