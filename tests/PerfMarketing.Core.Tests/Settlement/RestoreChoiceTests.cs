using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Clauses that are chosen by what they pay, settled again over closed statements.</summary>
public sealed class RestoreChoiceTests
{
    // With both sales counted the tier of the first clause is used up, and the second clause would pay more for another
    // such sale. It is no other sale.
    [Fact]
    public void Clause_that_earned_is_kept_though_another_would_now_be_the_best()
    {
        Campaign campaign = ContractDraft.For("k").PaidBy("acme").WithPartner("p1").WithPartner("p2")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", new Tiered([new(20.Percent, 100), new(5.Percent)])
            {
                Mode = TierMode.Volume,
                Of = Measure.Value,
            })
            .Pays("sale", Pay.RevenueShare(14.Percent))
            .Choosing(Precedence.Best).AttributedBy(new Linear()).Build();

        ValueList<Statement> closed = Decide(campaign, []).Statements(At("2026-04-05T12:00:00Z"));
        CampaignRun again = Decide(campaign, closed);

        Texts(Decide(campaign, [])).Should().Equal(
            "o1 p2 sale 10.00 EUR", "o2 p1 sale 8.00 EUR", "o2 p2 sale 8.00 EUR");
        Texts(again).Should().Equal(Texts(Decide(campaign, [])));
        again.Statements(At("2026-04-05T12:00:00Z")).Should().Equal(closed);
    }

    private static CampaignRun Decide(Campaign campaign, IEnumerable<Statement> closed)
    {
        CampaignRun run = Run(
            campaign, Touch("p2", "2026-03-01T09:00:00Z"), Touch("p1", "2026-03-04T09:00:00Z"));
        run.Restore(closed);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 50.Eur)));
        run.Process(Of(Sale("o2", "2026-03-05T12:00:00Z", 80.Eur)));
        run.Expire(At("2026-05-05T12:00:00Z"));
        return run;
    }

    private static IEnumerable<string> Texts(CampaignRun run) => run.Entries
        .OrderBy(static e => e.OutcomeId).ThenBy(static e => e.Partner)
        .Select(static e => $"{e.OutcomeId} {e.Partner} {e.Clause} {e.Amount}");
}
