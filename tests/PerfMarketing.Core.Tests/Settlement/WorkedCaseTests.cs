using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Worked cases of other systems, from the outcome to the entry.</summary>
public sealed class WorkedCaseTests
{
    // cases/billing-cases.json, derived: 0.333 up to 3, then 0.125, one unit after the other.
    [Fact]
    public void Earnings_of_a_period_telescope()
    {
        CampaignRun run = Blog(Pay.Tiered(
            new(Accrual.Parse("0.333 EUR"), UpTo: 3), new(Accrual.Parse("0.125 EUR"))));
        for (int i = 1; i <= 6; i++)
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-0{i}T12:00:00Z")));
        }

        run.Entries.Select(static e => e.Amount.MinorUnits)
            .Should().Equal([33, 34, 33, 12, 13, 12], "telescoping-increments");
    }

    // cases/billing-cases.json: lago credit_note_rounding_spec.rb and spending_minimum_spec.rb, without their tax.
    // cases/platform-cases.json: gumroad purchase_refunds_spec.rb; its own engine takes back 80 of 79.
    [Theory]
    [InlineData("reversal-rounding-6-7-23.33pct", 2999, 700, new[] { 600 }, new[] { -2571 })]
    [InlineData("reversal-rounding-remainder-20pct", 4214, 100, new[] { 100 }, new[] { -4214 })]
    [InlineData("reversal-sum-equals-original", 92280, 92280, new[] { 87223, 5057 }, new[] { -87223, -5057 })]
    [InlineData("credit-3-of-28", 5000, 28, new[] { 3 }, new[] { -536 })]
    [InlineData("gumroad-partial-400", 79, 1000, new[] { 400 }, new[] { -32 })]
    [InlineData("gumroad-partial-then-full-leak", 79, 1000, new[] { 400, 600 }, new[] { -32, -47 })]
    public void Reversals_take_back_what_was_paid_and_not_more(
        string id, int paidMinor, int valueMinor, int[] returnedMinor, int[] expectedMinor)
    {
        CampaignRun run = Blog(Pay.Fixed(Money.FromMinor(paidMinor, Currency.Eur)));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", Money.FromMinor(valueMinor, Currency.Eur))));
        for (int i = 0; i < returnedMinor.Length; i++)
        {
            Money back = Money.FromMinor(returnedMinor[i], Currency.Eur);
            run.Process(Of(Returned($"r{i}", "o1", $"2026-03-1{i}T12:00:00Z", back)));
        }

        run.Entries.OfType<Adjustment>().Select(static a => (int)a.Amount.MinorUnits).Should().Equal(expectedMinor, id);
    }

    // cases/billing-cases.json: tigerbeetle, correcting-transfers.md.
    [Fact]
    public void Correction_is_new_entries_beside_the_old()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(100.Percent)).ToCampaign()
                .With(ContractDraft.For("fee").PaidBy("acme").WithPartner("p-mail").In(Currency.Eur, "Europe/Berlin")
                    .Pays("sale", Pay.RevenueShare(0.5m.Percent))),
            Touch("p-mail", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 10.Eur)));

        run.Entries.Select(static e => e.Amount).Should()
            .Equal([100.Eur, 0.50m.Eur, -10.Eur, -0.05m.Eur], "correction-by-new-entries");
    }

    // cases/platform-cases.json: Post Affiliate Pro and Ultimate Affiliate Pro on split commissions. Their bonuses come
    // on top of equal shares of the rest: 25 % over all five and 25 % for the first are 30 %.
    [Theory]
    [InlineData("pap-split-5", 5, "100.00 EUR", "0.30", "0.55", "30.00, 5.00, 5.00, 5.00, 55.00")]
    [InlineData("uap-split-1", 3, "36.00 EUR", null, null, "12.00, 12.00, 12.00")]
    [InlineData("uap-split-3", 3, "36.00 EUR", "0.266666667", "0.466666666", "9.60, 9.60, 16.80")]
    public void Commission_is_split_without_loss(
        string id, int partners, string commission, string? first, string? last, string expected)
    {
        ContractDraft contract = ContractDraft.For("split").PaidBy("acme").In(Currency.Eur, "Etc/UTC")
            .Pays("sale", Pay.Fixed(Accrual.Parse(commission)));
        List<JourneyTouch> touches = [];
        for (int i = 1; i <= partners; i++)
        {
            contract = contract.WithPartner($"p{i}");
            touches.Add(Touch($"p{i}", $"2026-03-0{i}T09:00:00Z"));
        }

        AttributionRule rule = first is null ? new Linear() : new PositionBased(Number(first), Number(last!));
        CampaignRun run = Run(contract.AttributedBy(rule), [.. touches]);
        run.Process(Of(Sale("o1", "2026-03-20T12:00:00Z")));

        string.Join(", ", run.Entries.Select(static e => e.Amount.ToString().Split(' ')[0])).Should().Be(expected, id);
    }

    // cases/platform-cases.json: AffiliateWP issue 1326; a coupon of 10 % on a list price of 10.
    [Fact]
    public void Commission_is_on_what_the_customer_paid()
    {
        CampaignRun run = Blog(Pay.RevenueShare(20.Percent));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z") with
        {
            Lines = [new() { Net = 10.Eur }],
            Totals = new() { Discount = 1.Eur },
        }));

        run.Entries.Texts().Should().Equal(["p-blog 1.80 EUR"], "membermouse-coupon-base");
    }

    // cases/platform-cases.json: jarvis2.0; the source's own sum loses a cent.
    [Fact]
    public void Period_rounding_rounds_the_sum_once()
    {
        CampaignRun run = Blog(
            Pay.RevenueShare(25.Percent), c => c.Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 39.99m.Eur)));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z", 49.99m.Eur)));
        run.Process(Of(Sale("o3", "2026-03-05T12:00:00Z", 29.99m.Eur)));

        run.Entries.Select(static e => e.Amount).Aggregate(static (sum, m) => sum + m)
            .Should().Be(29.99m.Eur, "jarvis-three-billings");
    }

    // cases/platform-cases.json: EDD Commissions issue 110; what was sold at 70 % stays so when the terms change.
    [Fact]
    public void Old_earnings_keep_the_terms_they_were_made_under()
    {
        ContractDraft first = Contract(Pay.RevenueShare(70.Percent)).EffectiveFrom(new(2026, 1, 1));
        ContractDraft second = Contract(Pay.Fixed(7.Eur)).EffectiveFrom(new(2026, 3, 5)) with { Version = 2 };
        CampaignRun run = Run(first.ToCampaign().With(second), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-04T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-06T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-07T12:00:00Z", 50.Eur)));

        run.Entries.Select(static e => $"v{e.Version} {e.Amount}").Should()
            .Equal(["v1 70.00 EUR", "v2 7.00 EUR", "v1 -35.00 EUR"], "edd-commission-type-drift");
    }

    // cases/platform-cases.json: dub clampEarningsToSpendLimit.
    [Fact]
    public void Last_commission_is_cut_to_what_remains()
    {
        Budget limit = new(new("spend"), 100.Eur, PeriodUnit.Month)
        {
            OnExceeded = LimitOverflow.PayRemainder,
            AtCap = CapBehavior.StopAndReject,
        };
        CampaignRun run = Run(
            Contract(Pay.Fixed(40.Eur)).ToCampaign().BudgetedBy(limit), Touch("p-blog", "2026-03-01T09:00:00Z"));
        for (int i = 2; i <= 5; i++)
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-0{i}T12:00:00Z")));
        }

        run.Entries.Texts().Should().Equal(
            ["p-blog 40.00 EUR", "p-blog 40.00 EUR", "p-blog 20.00 EUR"], "dub-spend-limit");
    }

    // cases/platform-cases.json: Tapfiliate on negative commissions; Heritage Web on clawbacks after payout.
    [Theory]
    [InlineData("tapfiliate-negative", "10", "", "2026-03 paid 10.00 EUR, 2026-04 paid 0.00 EUR carries -10.00 EUR")]
    [InlineData("heritage-full-refund-day45", "300", "500", "2026-03 paid 300.00 EUR, 2026-04 paid 200.00 EUR")]
    public void What_was_paid_and_is_returned_comes_off_the_next_payment(
        string id, string paid, string next, string expected)
    {
        CampaignRun run = Blog(Pay.RevenueShare(100.Percent));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", Money.Of(Number(paid), Currency.Eur))));
        run.Process(Of(Retracted("r1", "o1", "2026-04-17T12:00:00Z")));
        if (next.Length > 0)
        {
            run.Process(Of(Sale("o2", "2026-04-20T12:00:00Z", Money.Of(Number(next), Currency.Eur))));
        }

        string.Join(", ", run.Statements(At("2026-05-01T12:00:00Z")).Select(static s => s.Closing == 0.Eur
            ? $"{s.Period} paid {s.Payable}"
            : $"{s.Period} paid {s.Payable} carries {s.Closing}")).Should().Be(expected, id);
    }

    // cases/platform-cases.json: dub partner rewards; 500 or more employees pay 75 a lead, fewer 15.
    [Theory]
    [InlineData("dub-company-size", 499, "15.00 EUR")]
    [InlineData("dub-company-size", 500, "75.00 EUR")]
    public void First_clause_that_applies_pays(string id, int size, string expected)
    {
        FactKey<decimal> companySize = new("company-size");
        CampaignRun run = Run(
            Contract(
                Pay.Fixed(75.Eur),
                c => c.If(When.Fact(companySize).AtLeast(500)) with { Id = new("large") })
                .Pays("sale", Pay.Fixed(15.Eur)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z") with { Facts = FactSet.Empty.With(companySize, size) }));

        run.Entries.Texts().Should().Equal([$"p-blog {expected}"], id);
    }

    private static CampaignRun Blog(PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null) =>
        Run(Contract(pays, terms).ToCampaign(), Touch("p-blog", "2026-03-01T00:00:00Z"));

    private static decimal Number(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
