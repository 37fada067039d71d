using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Terms that meet each other in one result: corrections, histories, budgets, tallies, instalments.</summary>
public sealed class FindingsTests
{
    private static readonly TallyTerms Again = new() { Corrections = TallyCorrections.Reevaluated };

    [Fact]
    public void Return_of_what_was_no_longer_paid_pays_nothing()
    {
        CampaignRun run = RunOf(Contract(
            new Recurring(Pay.RevenueShare(10.Percent)) { First = 1 },
            static c => c with { Corrections = CorrectionPolicy.Reprice }).ToCampaign());
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 100.Eur)));

        run.Process(Of(Returned("r1", "o2", "2026-03-04T12:00:00Z", 40.Eur)));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 0.00 EUR", "p-blog 0.00 EUR");
    }

    [Fact]
    public void Return_is_priced_again_at_the_rate_of_the_customers_tenure()
    {
        CampaignRun run = RunOf(Contract(
            new ByTenure([new(Pay.RevenueShare(25.Percent), 1), new(Pay.RevenueShare(10.Percent))]),
            static c => c with { Corrections = CorrectionPolicy.Reprice }).ToCampaign());
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-05-03T12:00:00Z", 100.Eur)));

        run.Process(Of(Returned("r1", "o2", "2026-05-04T12:00:00Z", 50.Eur)));

        run.Entries.Texts().Should().Equal("p-blog 25.00 EUR", "p-blog 10.00 EUR", "p-blog -5.00 EUR");
    }

    [Fact]
    public void What_a_budget_did_not_pay_is_not_taken_back()
    {
        CampaignRun run = RunOf(
            Contract(Pay.Tiered(new(10.Eur, 5), new(4.Eur)), static c => c.TalliedBy(Again))
                .ToCampaign()
                .BudgetedBy(new(new("monthly"), 14.Eur, PeriodUnit.Month)
                {
                    OnExceeded = LimitOverflow.PayRemainder,
                    AtCap = CapBehavior.StopAndReject,
                }));
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 100.Eur)));

        run.Process(Of(Retracted("r1", "o2", "2026-03-04T12:00:00Z")));

        run.Entries.Select(static e => $"{e.Tag} {e.Amount}").Should().Equal(
            "earning 10.00 EUR", "earning 4.00 EUR", "adjustment -4.00 EUR", "repricing 0.00 EUR");
    }

    [Fact]
    public void What_is_rounded_sale_by_sale_is_taken_back_to_the_cent()
    {
        CampaignRun run = RunOf(
            Contract(Pay.RevenueShare(10.Percent), static c => c.TalliedBy(Again)).ToCampaign());
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 0.15m.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 0.15m.Eur)));

        run.Process(Of(Retracted("r1", "o1", "2026-03-04T12:00:00Z")));
        run.Process(Of(Retracted("r2", "o2", "2026-03-05T12:00:00Z")));

        run.Entries.Sum(static e => e.Amount.MinorUnits).Should().Be(0, "everything was retracted");
        run.State.TallyOf(run.Entries.OfType<Earning>().First().TallyKey, Currency.Eur)
            .Should().Be(Tally.Zero(Currency.Eur));
    }

    [Fact]
    public void Part_of_an_order_may_be_returned_until_it_is_returned_in_full()
    {
        CampaignRun run = RunOf(Contract(
            new Tiered([new(5.Percent, 350), new(8.Percent)]) { Of = Measure.Value },
            static c => c.TalliedBy(Again) with { Corrections = CorrectionPolicy.UntilFullReturn }).ToCampaign());
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 400.Eur)));

        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 399.Eur)));
        run.Entries.Sum(static e => e.Amount.MinorUnits).Should().Be(21_50);

        run.Process(Of(Returned("r2", "o1", "2026-03-05T12:00:00Z", 1.Eur)));
        run.Entries.Sum(static e => e.Amount.MinorUnits).Should().Be(0);
    }

    [Fact]
    public void Instalments_are_payable_one_after_the_other()
    {
        CampaignRun run = RunOf(Contract(Pay.Fixed(10.Eur).DrippedOver(3)).ToCampaign());
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));

        run.Statements(At("2026-07-01T12:00:00Z")).Select(static s => $"{s.Period} {s.Payable} {s.Closing}")
            .Should().Equal(
                "2026-03 3.34 EUR 6.66 EUR", "2026-04 3.33 EUR 3.33 EUR", "2026-05 3.33 EUR 0.00 EUR");
    }

    [Fact]
    public void Free_value_is_counted_by_credit_as_the_tally_counts_it()
    {
        // DESIGN §4 rule 8: P(Q + c) − P(Q) with P = 10 % of what lies above 75.00; each sale gives each 50.00.
        CampaignRun run = Run(
            Contract(new Allowance(Pay.RevenueShare(10.Percent)) { Value = 75.Eur }).AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T09:30:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 100.Eur)));

        run.Entries.Texts().Should().Equal(
            "p-blog 0.00 EUR", "p-mail 0.00 EUR", "p-blog 2.50 EUR", "p-mail 2.50 EUR");
    }

    private static CampaignRun RunOf(CampaignDraft campaign) =>
        Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
}
