using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What a clause counts together, and what crossing a tier does to the period.</summary>
public sealed class TallyTests
{
    private static readonly FactKey<decimal> Seconds = new("call-seconds");

    private static readonly PayoutModel FiveThenEight = new Tiered([new(5.Percent, 4), new(8.Percent)])
    {
        Mode = TierMode.Volume,
        Of = Measure.Count,
    };

    [Fact]
    public void Fourth_sale_earns_the_new_rate_and_the_uplift_is_an_entry_of_its_own()
    {
        // DESIGN §4 rule 6: four sales of 100 at 5 %, 8 % on all from the 4th, are 5, 5, 5, 8 and an uplift of 9.
        CampaignRun run = Sales(Contract(FiveThenEight).ToCampaign(), 4);

        run.Entries.Select(static e => $"{e.Tag} {e.Amount}").Should().Equal(
            "earning 5.00 EUR", "earning 5.00 EUR", "earning 5.00 EUR", "earning 8.00 EUR", "repricing 9.00 EUR");
        Repricing uplift = run.Entries.OfType<Repricing>().Single();
        uplift.CausedBy.Should().Be(run.Entries[3].Id);
        uplift.TallyPeriod.Should().Be("2026-03");
        uplift.Lines.Select(static l => l.ToString()).Should().Equal("repricing 9.00 EUR");
        Statement march = run.Statements(At("2026-04-02T00:00:00Z"))[0];
        march.Gross.Should().Be(32.Eur, "that is round(P) of the period");
    }

    [Fact]
    public void Price_that_falls_takes_back_from_earlier_results()
    {
        CampaignRun run = Sales(Contract(Pay.Volume(new(10.Eur, 3), new(7.Eur))).ToCampaign(), 3);

        run.Entries.Texts().Should().Equal(
            "p-blog 10.00 EUR", "p-blog 10.00 EUR", "p-blog 7.00 EUR", "p-blog -6.00 EUR");
        run.Entries.OfType<Repricing>().Single().IsGross.Should().BeTrue();
    }

    [Fact]
    public void Uplift_is_paid_as_far_as_the_budget_reaches()
    {
        CampaignRun run = Sales(Contract(FiveThenEight).ToCampaign().BudgetedAt(28.Eur, CapBehavior.StopAndReject), 4);

        run.Entries.Texts()[^1].Should().Be("p-blog 5.00 EUR", "28.00 less 5, 5, 5 and 8");
        run.Entries.OfType<Repricing>().Single().Lines.Select(static l => l.ToString())
            .Should().Equal("repricing 9.00 EUR", "over-budget -4.00 EUR");
    }

    [Fact]
    public void Budgets_and_limits_get_back_what_a_falling_price_takes_back()
    {
        CampaignRun run = Sales(
            Contract(
                Pay.Volume(new(10.Eur, 3), new(4.Eur)),
                static c => c.LimitedTo(Limit.Spend(50.Eur, PeriodUnit.Month)))
                .ToCampaign().BudgetedAt(100.Eur),
            3);

        run.Entries.Sum(static e => e.Amount.MinorUnits).Should().Be(12_00);
        BudgetState budget = run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-05T12:00:00Z"));
        budget.Committed.Should().Be(12.Eur);
        LimitKey room = new(new("acme-2026"), new("sale"), new("spend-contract-month"), default, default, "2026-03");
        run.State.LimitOf(room)!.Used.Should().Be(12);
    }

    [Fact]
    public void What_a_falling_price_takes_back_is_free_in_the_period_of_the_sale_that_crossed()
    {
        CampaignDraft campaign = Contract(Pay.Volume(new(10.Eur, 3), new(4.Eur))).ToCampaign()
            .BudgetedBy(new(new("daily"), 10.Eur, PeriodUnit.Day) { AtCap = CapBehavior.StopAndReject });
        CampaignRun run = Sales(campaign, 3);

        BudgetState[] days = [.. new[] { "02", "03", "04" }.Select(day =>
            run.State.BudgetOf(run.State.Campaign.Budgets[0], At($"2026-03-{day}T12:00:00Z")))];
        days.Select(static d => d.Committed).Should().Equal(10.Eur, 10.Eur, -8.Eur);
        days[2].Available.Should().Be(18.Eur, "4.00 were spent on that day and 12.00 came back");
    }

    [Fact]
    public void An_uplift_that_the_budget_did_not_pay_is_not_taken_back_with_the_tier()
    {
        // 5, 5, 5, 8 and of the uplift of 9.00 only 2.00; without the first sale the other three are worth 15.00.
        CampaignRun run = Sales(
            Contract(FiveThenEight, Reevaluated).ToCampaign().BudgetedAt(25.Eur, CapBehavior.StopAndReject), 4);

        run.Process(Of(Retracted("c1", "o1", "2026-03-20T00:00:00Z")));

        run.Entries.Skip(5).Select(static e => $"{e.Tag} {e.Amount}").Should().Equal(
            "adjustment -5.00 EUR", "repricing -5.00 EUR");
        run.Entries.OfType<Repricing>().Last().Lines.Select(static l => l.ToString())
            .Should().Equal("repricing -12.00 EUR", "unpaid 7.00 EUR");
        run.Entries.Sum(static e => e.Amount.MinorUnits).Should().Be(15_00);
    }

    [Fact]
    public void A_falling_price_takes_back_no_more_than_was_paid()
    {
        // A limit leaves 10.00 and 4.00 unpaid: the 10.00 that were paid are less than the 12.00 that three are worth.
        CampaignRun run = Sales(
            Contract(
                Pay.Volume(new(10.Eur, 3), new(4.Eur)),
                static c => c.LimitedTo(Limit.Outcomes(1, PeriodUnit.Month).Or(LimitOverflow.PayZero))).ToCampaign(),
            3);

        run.Entries.Texts().Should().Equal(
            "p-blog 10.00 EUR", "p-blog 0.00 EUR", "p-blog 0.00 EUR", "p-blog 0.00 EUR");
        run.Entries.OfType<Repricing>().Single().Lines.Select(static l => l.ToString())
            .Should().Equal("repricing -12.00 EUR", "unpaid 12.00 EUR");
    }

    [Fact]
    public void Frozen_tallies_keep_the_rate_after_a_return()
    {
        CampaignRun run = Sales(Contract(FiveThenEight).ToCampaign(), 4);

        run.Process(Of(Retracted("c1", "o1", "2026-03-20T00:00:00Z")));

        run.Entries.Skip(5).Select(static e => $"{e.Tag} {e.Amount}").Should().Equal("adjustment -5.00 EUR");
    }

    [Fact]
    public void Tallies_that_are_evaluated_again_lose_the_tier_with_the_sale()
    {
        CampaignRun run = Sales(Contract(FiveThenEight, Reevaluated).ToCampaign(), 4);

        run.Process(Of(Retracted("c1", "o1", "2026-03-20T00:00:00Z")));

        run.Entries.Skip(5).Select(static e => $"{e.Tag} {e.Amount}").Should().Equal(
            ["adjustment -5.00 EUR", "repricing -12.00 EUR"], "three sales at 5 % are 15.00 of the 32.00 paid");
        run.Entries.Sum(static e => e.Amount.MinorUnits).Should().Be(15_00);
    }

    [Fact]
    public void Tallies_that_are_evaluated_again_follow_every_partial_return()
    {
        PayoutModel model = new Tiered([new(5.Percent, 350), new(8.Percent)]) { Of = Measure.Value };
        CampaignRun run = Sales(Contract(model, Reevaluated).ToCampaign(), 4);

        run.Process(Of(Returned("c1", "o4", "2026-03-20T00:00:00Z", 40.Eur)));
        run.Process(Of(Returned("c2", "o2", "2026-03-21T00:00:00Z", 60.Eur)));

        // 400 is 17.50 + 4.00; 360 is 17.50 + 0.80; 300 is 15.00.
        run.Entries.Sum(static e => e.Amount.MinorUnits).Should().Be(15_00);
        run.Entries.OfType<Repricing>().Should().HaveCount(2, "each correction has one, also of nothing");
    }

    [Fact]
    public void Partners_may_climb_the_tiers_together()
    {
        CampaignRun run = Run(
            Contract(Pay.Tiered(new(10.Eur, 2), new(5.Eur)), c => c.TalliedPer(PeriodUnit.Month, TallyScope.Contract))
                .AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T09:30:00Z"));

        foreach (string day in (string[])["02", "03", "04"])
        {
            run.Process(Of(Sale($"o{day}", $"2026-03-{day}T12:00:00Z")));
        }

        run.Entries.Texts().Should().Equal(
            "p-blog 5.00 EUR",
            "p-mail 5.00 EUR",
            "p-blog 5.00 EUR",
            "p-mail 5.00 EUR",
            "p-blog 2.50 EUR",
            "p-mail 2.50 EUR");
    }

    [Fact]
    public void Whoever_was_involved_may_count_whole_and_is_still_paid_by_credit()
    {
        CampaignRun run = Run(
            Contract(
                    Pay.Tiered(new(10.Eur, 1), new(4.Eur)),
                    c => c.TalliedBy(new() { Credit = TallyCredit.Involved }))
                .AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T09:30:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));

        run.Entries.Texts().Should().Equal(
            "p-blog 5.00 EUR", "p-mail 5.00 EUR", "p-blog 2.00 EUR", "p-mail 2.00 EUR");
    }

    [Fact]
    public void Customers_may_be_counted_each_alone()
    {
        CampaignRun run = Run(
            Contract(
                Pay.Tiered(new(10.Eur, 1), new(4.Eur)),
                c => c.TalliedPer(PeriodUnit.Lifetime, TallyScope.Customer)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", customer: "c1")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", customer: "c2")));
        run.Process(Of(Sale("o3", "2026-04-03T12:00:00Z", customer: "c1")));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 10.00 EUR", "p-blog 4.00 EUR");
    }

    // cases/platform-cases.json: refersion, orders of 80.00 and, 14 days later, 120.00: at 0 %, then at 15 %.
    [Theory]
    [InlineData("refersion-tier-sales", 30, "p-blog 0.00 EUR", "p-blog 18.00 EUR")]
    [InlineData("fourteen dates do not reach back", 14, "p-blog 0.00 EUR", "p-blog 0.00 EUR")]
    [InlineData("fifteen dates do", 15, "p-blog 0.00 EUR", "p-blog 18.00 EUR")]
    public void Rolling_tallies_look_back_a_number_of_dates(string id, int days, params string[] expected)
    {
        PayoutModel model = new Tiered([new(0.Percent, 80), new(15.Percent)])
        {
            Mode = TierMode.Forward,
            Of = Measure.Value,
        };
        CampaignRun run = Run(
            Contract(model, c => c.TalliedBy(new() { Per = PeriodUnit.Rolling, RollingDays = days })).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 80.Eur)));
        run.Process(Of(Sale("o2", "2026-03-16T12:00:00Z", 120.Eur)));

        run.Entries.Texts().Should().Equal(expected, id);
    }

    [Fact]
    public void Tallies_of_payable_results_wait_for_the_end_of_the_hold()
    {
        PayoutModel model = new Tiered([new(5.Percent, 1), new(10.Percent)])
        {
            Mode = TierMode.Forward,
            Of = Measure.Count,
        };
        CampaignRun run = Run(
            Contract(model, c => c.TalliedBy(new() { States = TallyStates.Payable }).HeldFor(Days(7))).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        foreach (string day in (string[])["02", "08", "09"])
        {
            run.Process(Of(Sale($"o{day}", $"2026-03-{day}T12:00:00Z", 100.Eur)));
        }

        run.Entries.Texts().Should().Equal("p-blog 5.00 EUR", "p-blog 5.00 EUR", "p-blog 10.00 EUR");
    }

    [Fact]
    public void Tallies_may_go_by_when_it_was_decided()
    {
        CampaignRun run = Run(
            Contract(
                Pay.Tiered(new(10.Eur, 1), new(4.Eur)),
                c => c.TalliedBy(new() { Clock = TallyClock.DecidedAt }).TrustingHost("order-paid")).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-30T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-04-01T12:00:00Z")));
        run.Process(Proof("o1", "2026-04-02T12:00:00Z"));
        run.Process(Proof("o2", "2026-04-03T12:00:00Z"));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 4.00 EUR");
    }

    [Fact]
    public void Tiers_may_count_a_numeric_fact_by_credit()
    {
        CampaignRun run = Run(
            Contract(new Tiered([new Tier(0.01m.Eur, 100), new Tier(0.02m.Eur)]) { Of = Measure.OfFact(Seconds) })
                .AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T09:30:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z") with { Facts = [Seconds.Of(300)] }));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));

        // 150 seconds each: 100 at 0.01 and 50 at 0.02. Without the fact there is no price, and the line says so.
        run.Entries.Texts().Should().Equal("p-blog 2.00 EUR", "p-mail 2.00 EUR", "p-blog 0.00 EUR", "p-mail 0.00 EUR");
        run.Entries.OfType<Earning>().Last().Lines[0].Code.Should().Be(PayoutLineNames.Unknown);
    }

    [Fact]
    public void A_sale_priced_again_keeps_the_tenure_that_it_had()
    {
        // 25 % in the first two months with a customer, then 10 %; the third sale is of the third month.
        PayoutModel model = Pay.ByTenure(
            new(Pay.RevenueShare(25.Percent), Months: 2), new(Pay.RevenueShare(10.Percent)));
        CampaignRun run = Run(
            Contract(model, c => c.Correcting(CorrectionPolicy.Reprice)).ToCampaign(),
            Touch("p-blog", "2026-01-01T09:00:00Z"));
        foreach (string month in (string[])["01", "02", "03"])
        {
            run.Process(Of(Sale($"o{month}", $"2026-{month}-10T12:00:00Z", 100.Eur)));
        }

        run.Process(Of(Returned("c1", "o03", "2026-04-01T00:00:00Z", 50.Eur)));
        run.Process(Of(Returned("c2", "o01", "2026-04-02T00:00:00Z", 50.Eur)));

        run.Entries.Texts().Should().Equal(
            "p-blog 25.00 EUR", "p-blog 25.00 EUR", "p-blog 10.00 EUR", "p-blog -5.00 EUR", "p-blog -12.50 EUR");
    }

    // A result without the fact is worth nothing, and its value counts: what is left would not say what it was paid.
    [Fact]
    public void Volume_of_a_fact_that_pays_for_values_is_not_evaluated_again()
    {
        static Tiered Volume(Tier low, Tier high) => new([low, high])
        {
            Mode = TierMode.Volume,
            Of = Measure.OfFact(Seconds),
        };

        Contract(Volume(new(10.Percent, UpTo: 100), new(1.Percent)), Reevaluated).Validate().Errors.Should()
            .ContainSingle().Which.ErrorCode.Should().Be(ContractCodes.TallyCorrections);
        Contract(Volume(new(10.Eur, UpTo: 100), new(1.Eur)), Reevaluated).Validate().IsValid.Should().BeTrue();
    }

    private static Duration Days(int days) => Duration.FromDays(days);

    private static CampaignRun Sales(CampaignDraft campaign, int count)
    {
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        for (int i = 1; i <= count; i++)
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-{i + 1:00}T12:00:00Z", 100.Eur)));
        }

        return run;
    }
}
