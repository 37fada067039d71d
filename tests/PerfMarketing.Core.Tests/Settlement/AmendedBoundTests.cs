using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// Amendments that reach back and change no price, but a limit: what was paid counts under it, and is not taken back.
/// </summary>
public sealed class AmendedBoundTests
{
    // 10.00 and 20.00 of March are paid when the limit of March is accepted on the 20th; 20.00 come then.
    [Theory]
    [InlineData("on the contract", false, 45, "15.00 EUR")]
    [InlineData("on the contract, below what was paid", false, 25, "")]
    [InlineData("on the clause", true, 45, "15.00 EUR")]
    [InlineData("on the clause, below what was paid", true, 25, "")]
    public void New_limit_counts_what_was_paid_before_it_and_takes_nothing_back(
        string because, bool isOfClause, int max, string then)
    {
        Limit limit = Limit.Spend(((decimal)max).Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder);
        CampaignRun run = RunOf(
            static c => c,
            c => isOfClause ? c with { Clauses = [c.Clauses[0].LimitedTo(limit)] } : c.LimitedTo(limit));

        run.Entries.Select(static e => $"{e.Tag} {e.Version} {e.Amount}").Should().Equal(
            ["earning 1 10.00 EUR", "earning 1 20.00 EUR", "amendment 2 0.00 EUR", "amendment 2 0.00 EUR"], because);
        run.Process(Of(Sale("o3", "2026-03-21T12:00:00Z", 200.Eur))).Posted.Select(static e => $"{e.Amount}")
            .Should().Equal(then.Length == 0 ? [] : [then], because);
        run.State.LimitOf(LimitSample.Room("spend-contract-month", "2026-03") with
        {
            Clause = isOfClause ? new("sale") : default,
        })!.Used.Should().Be(Math.Max(30, max), because);
    }

    // 15.00 of 30.00 were paid by a limit of 15.00; there are 100.00 since: what comes now is paid, what was cut stays.
    [Fact]
    public void Higher_limit_pays_what_comes_and_not_what_was_cut()
    {
        static ContractDraft Limited(ContractDraft contract, decimal max) => contract with
        {
            Limits = [Limit.Spend(max.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder)],
        };
        CampaignRun run = RunOf(static c => Limited(c, 15), static c => Limited(c, 100));

        run.Entries.Select(static e => $"{e.Tag} {e.Amount}").Should().Equal(
            "earning 10.00 EUR", "earning 5.00 EUR", "amendment 0.00 EUR", "amendment 0.00 EUR");
        run.Process(Of(Sale("o3", "2026-03-21T12:00:00Z", 200.Eur))).Posted.Texts().Should().Equal("p-blog 20.00 EUR");
    }

    [Fact]
    public void The_same_limits_post_nothing()
    {
        static ContractDraft Limited(ContractDraft contract) =>
            contract with { Limits = [Limit.Spend(15.Eur, PeriodUnit.Month)] };

        RunOf(Limited, Limited).Entries.OfType<Amendment>().Should().BeEmpty();
    }

    private static CampaignRun RunOf(
        Func<ContractDraft, ContractDraft> first, Func<ContractDraft, ContractDraft> second)
    {
        CampaignDraft campaign = AmendmentSample.Amended(
            Pay.RevenueShare(10.Percent), Pay.RevenueShare(10.Percent), change: second);
        campaign = campaign with { Contracts = [first(campaign.Contracts[0]), campaign.Contracts[1]] };
        CampaignRun run = new(campaign.Build(), new AmendmentSample.Touches());
        foreach (CampaignInput sale in AmendmentSample.TwoSales)
        {
            run.Process(sale);
        }

        run.Expire(At("2026-03-20T23:00:00Z"));
        return run;
    }
}
