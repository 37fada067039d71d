using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Payouts.Periods.PeriodSample;

namespace PerfMarketing.Tests.Payouts.Periods;

/// <summary>Worked examples of each kind: cases/platform-cases.json, reference/partner-platforms.md §2.</summary>
public sealed class PeriodPayoutTests
{
    [Theory]
    [InlineData("draw-against-commission", "1400 1200 3400 2800", "1000 1200 -1000 -400", "-1000 -2200 -1200 -800")]
    [InlineData("repays no more than is owed", "1400 9000 2400", "1000 -1000 0", "-1000 0 0")]
    [InlineData("clawed back below nothing", "-100 2400 2500", "2500 0 -100", "-2500 -2500 -2400")]
    public void Draw_is_recouped_by_later_commission(string id, string earned, string posted, string balances)
    {
        PeriodSample sample = new();
        PricedPeriod[] closed =
        [
            .. earned.Split(' ').Select((amount, i) => sample
                .Brought($"2026-{i + 1:00}", earned: decimal.Parse(amount))
                .Close(new Draw(2_400.Eur), $"2026-{i + 1:00}")),
        ];

        closed.Select(static c => c.Amount.Amount).Should().Equal(posted.Split(' ').Select(decimal.Parse), id);
        closed.Select(static c => c.Closing.Amount).Should().Equal(balances.Split(' ').Select(decimal.Parse), id);
    }

    [Theory]
    [InlineData("ascend-monthly-minimum", 250, 150, 100)]
    [InlineData("reached exactly", 250, 250, 0)]
    [InlineData("exceeded", 250, 251, 0)]
    [InlineData("nothing earned", 250, 0, 250)]
    public void Guarantee_fills_up_to_the_minimum(string id, int minimum, int earned, int topUp) =>
        new PeriodSample().Brought("2026-03", earned: earned).Close(new Guarantee(minimum.Eur), "2026-03")
            .Amount.Should().Be(topUp.Eur, id);

    [Theory]
    [InlineData("minimum-true-up-25-of-28", "10.00 EUR", "2026-02", "2026-02-04/2026-03-01", 8, "0.93 EUR")]
    [InlineData("the same at the beginning", "10.00 EUR", "2026-02", "2026-02-01/2026-02-26", 8, "0.93 EUR")]
    [InlineData("in two parts", "10.00 EUR", "2026-02", "2026-02-01/2026-02-11 2026-02-14/2026-03-01", 8, "0.93 EUR")]
    [InlineData("in force on all days", "10.00 EUR", "2026-02", null, 8, "0.00 EUR")]
    public void Guarantee_is_prorated(
        string id, string minimum, string month, string? inForce, int earned, string topUp)
    {
        // killbill/lago count 25 days of a month of 28: 1,000 × 25 ÷ 28 = 893, less 800.
        Guarantee guarantee = new(Money.Parse(minimum));
        PeriodSample sample = new PeriodSample().Brought(month, earned: earned);

        PricedPeriod closed = inForce is null
            ? sample.Brought(month, earned: 2).Close(guarantee, month)
            : sample.Close(guarantee, month, inForce);

        closed.Amount.Should().Be(Money.Parse(topUp), id);
    }

    [Fact]
    public void Guarantee_that_accumulates_pays_the_share_only_beyond_it()
    {
        // "advendio-guarantee": the share applies after the guaranteed revenue is fulfilled, which is divided over the
        // contract's payment intervals. Guaranteed 100 a month: 50, 200, 20 and 500 are earned.
        Guarantee guarantee = new(100.Eur) { Accumulates = true };
        PeriodSample sample = new();
        int[] earned = [50, 200, 20, 500];

        PricedPeriod[] closed =
        [
            .. earned.Select((amount, i) => sample
                .Brought($"2026-0{i + 1}", earned: amount).Close(guarantee, $"2026-0{i + 1}")),
        ];

        closed.Select(static c => c.Amount.Amount).Should().Equal(50, -50, 30, -30);
        for (int months = 1; months <= earned.Length; months++)
        {
            decimal brought = earned.Take(months).Sum();
            (brought + closed.Take(months).Sum(static c => c.Amount.Amount)).Should()
                .Be(Math.Max(100 * months, brought), "after each month the partner has the greater of both");
        }
    }

    [Theory]
    [InlineData("minor-24-of-31", "60.00 EUR", "2026-03", "2026-03-08/2026-04-01", "actual", "46.45 EUR")]
    [InlineData("days-fixed30", "60.00 EUR", "2026-03", "2026-03-16/2026-04-01", "fixed30", "30.00 EUR")]
    [InlineData("days-fixed28", "60.00 EUR", "2026-03", "2026-03-15/2026-04-01", "fixed28", "30.00 EUR")]
    [InlineData("all of it", "60.00 EUR", "2026-03", "2026-03-31/2026-04-01", "none", "60.00 EUR")]
    public void Retainer_is_prorated(
        string id, string amount, string month, string inForce, string proration, string paid)
    {
        EnumText.TryParse(proration, out PeriodProration counted).Should().BeTrue();
        Retainer retainer = new(Money.Parse(amount)) { Proration = counted };

        new PeriodSample().Close(retainer, month, inForce).Amount.Should().Be(Money.Parse(paid), id);
    }

    [Fact]
    public void Retainer_of_a_quarter_is_prorated_on_the_whole_of_it()
    {
        // "upgrade-32-of-91": 910.00 for 91 days; 20 May to 20 June, both counted, are 32 of them.
        PeriodContext context = new()
        {
            Period = ContractCalendar.Utc.Containing(PeriodUnit.Quarter, Instant.FromUtc(2024, 5, 20, 0, 0)),
            Partner = new(Blog),
            History = new(Currency.Eur),
            InForce = [new(new(2024, 5, 20), new LocalDate(2024, 6, 21))],
        };

        context.PartOf(910.Eur, PeriodProration.Actual).Should().Be(320.Eur);
    }

    [Theory]
    [InlineData("pap-performance-bonus-2pct", 250, 5)]
    [InlineData("not exceeded", 200, 0)]
    [InlineData("just exceeded", 201, 4.02)]
    public void Performance_bonus_is_a_percentage_of_all_above_the_threshold(string id, int earned, decimal bonus) =>
        new PeriodSample().Brought("2026-03", earned: earned)
            .Close(new PerformanceBonus(2.Percent, 200.Eur), "2026-03").Amount.Amount.Should().Be(bonus, id);

    [Theory]
    [InlineData("dub-bounty-variable", 1_000, 100)]
    [InlineData("beyond the greatest total", 5_000, 100)]
    [InlineData("not yet", 99, 0)]
    [InlineData("one and a half", 150, 10)]
    public void Every_hundred_units_pay_up_to_a_greatest_total(string id, int likes, int bonus) =>
        new PeriodSample().Brought("2026-03", quantity: likes)
            .Close(new Every(100, 10.Eur) { UpTo = 1_000 }, "2026-03").Amount.Should().Be(bonus.Eur, id);

    [Fact]
    public void Every_over_a_lifetime_pays_the_same_units_once()
    {
        Every every = new(100, 10.Eur) { UpTo = 1_000, Counting = PeriodCounting.Lifetime };
        PeriodSample sample = new();

        Money[] paid =
        [
            sample.Brought("2026-01", quantity: 150).Close(every, "2026-01").Amount,
            sample.Brought("2026-02", quantity: -80).Close(every, "2026-02").Amount,
            sample.Brought("2026-03", quantity: 60).Close(every, "2026-03").Amount,
            sample.Brought("2026-04", quantity: 900).Close(every, "2026-04").Amount,
            sample.Close(every, "2026-05").Amount,
        ];

        paid.Should().Equal(10.Eur, 0.Eur, 0.Eur, 90.Eur, 0.Eur);
    }

    [Theory]
    [InlineData("dub-referral-threshold", "60 30 20 500", "0 0 20 0")]
    [InlineData("reached exactly", "100 0 0 0", "20 0 0 0")]
    [InlineData("fallen and reached again", "100 -50 60 0", "20 0 0 0")]
    public void Referred_partner_reaches_a_milestone_once(string id, string earned, string paid)
    {
        Milestone milestone = new([new(100, 20.Eur)])
        {
            Of = Measure.Payout,
            Counting = PeriodCounting.Lifetime,
            Partners = [new("p-new")],
        };
        PeriodSample sample = new();

        earned.Split(' ').Select((amount, i) => sample
                .Brought($"2026-{i + 1:00}", earned: decimal.Parse(amount), partner: "p-new")
                .Close(milestone, $"2026-{i + 1:00}").Amount.Amount)
            .Should().Equal(paid.Split(' ').Select(decimal.Parse), id);
    }

    [Fact]
    public void Milestone_pays_every_step_that_the_month_reaches()
    {
        Milestone milestone = new([new(10, 50.Eur), new(20, 70.Eur), new(50, 200.Eur)]);
        PeriodSample sample = new PeriodSample().Brought("2026-03", count: 20).Brought("2026-04", count: 10);

        Lines(sample.Close(milestone, "2026-03")).Should().Equal("milestone 50.00 EUR", "milestone 70.00 EUR");
        Lines(sample.Close(milestone, "2026-04")).Should().Equal("milestone 50.00 EUR");
    }

    [Theory]
    [InlineData("ebay-growth-bonus", "2026-06", 14_000, 25_000, 5_500)]
    [InlineData("no growth", "2026-06", 14_000, 14_000, 0)]
    [InlineData("shrunk", "2026-06", 14_000, 2_000, 0)]
    [InlineData("from nothing", "2026-07", 14_000, 9_000, 4_500)]
    public void Growth_over_another_month_pays_half(string id, string baseline, int june, int august, int bonus) =>
        new PeriodSample().Brought("2026-06", value: june).Brought("2026-08", value: august)
            .Close(new Growth(50.Percent) { BaselinePeriod = baseline }, "2026-08").Amount.Should().Be(bonus.Eur, id);

    [Fact]
    public void Growth_is_counted_for_each_category_by_its_clause()
    {
        // A category that shrinks takes nothing from one that grows.
        PeriodSample sample = new PeriodSample()
            .Brought("2026-06", value: 10_000, clause: "books").Brought("2026-08", value: 18_000, clause: "books")
            .Brought("2026-06", value: 9_000, clause: "toys").Brought("2026-08", value: 1_000, clause: "toys");
        Growth growth = new(50.Percent) { Back = 2 };

        sample.Close(growth with { Clauses = [new("books")] }, "2026-08").Amount.Should().Be(4_000.Eur);
        sample.Close(growth with { Clauses = [new("toys")] }, "2026-08").Amount.Should().Be(0.Eur);
        sample.Close(growth, "2026-08").Amount.Should().Be(0.Eur);
    }

    [Fact]
    public void Growth_over_a_fixed_amount_needs_no_history() =>
        new PeriodSample().Brought("2026-08", value: 12_345.67m)
            .Close(new Growth(10.Percent) { Baseline = 10_000 }, "2026-08", since: Month("2026-08").Start)
            .Amount.Should().Be(234.57m.Eur);

    [Fact]
    public void Growth_over_what_nobody_knows_pays_nothing() =>
        new PeriodSample().Brought("2026-08", value: 12_000)
            .Close(new Growth(10.Percent), "2026-08", since: Month("2026-08").Start)
            .IsNothing.Should().BeTrue("there is nothing to compare with");

    [Theory]
    [InlineData("forgotten", "none", "0.00 EUR", "140.00 EUR")]
    [InlineData("carried forward", "forward", "0.00 EUR", "60.00 EUR")]
    public void Net_revenue_below_zero(string id, string carry, string march, string april)
    {
        // §2.1: net revenue = gross − bonuses − fees − chargebacks − taxes; negative carry-over or not. March is −200.
        EnumText.TryParse(carry, out PeriodCarry counted).Should().BeTrue();
        Pooled net = new(40.Percent)
        {
            Of = Measure.OfFact("gross"),
            Deductions =
            [
                new(Measure.OfFact("bonus")),
                new(Measure.OfFact("gross")) { Rate = 20.Percent },
                new(Measure.OfFact("chargeback")),
            ],
            Carry = counted,
        };
        PeriodSample sample = new PeriodSample()
            .Brought("2026-03", facts: [("gross", 1_000), ("bonus", 700), ("chargeback", 300)])
            .Brought("2026-04", facts: [("gross", 1_000), ("bonus", 450)]);

        PricedPeriod first = sample.Close(net, "2026-03");
        PricedPeriod second = sample.Close(net, "2026-04");

        first.Amount.Should().Be(Money.Parse(march), id);
        second.Amount.Should().Be(Money.Parse(april), id);
        Lines(first).Should().Equal(
            "pooled 400.00 EUR", "deduction -280.00 EUR", "deduction -80.00 EUR", "deduction -120.00 EUR",
            "carried-out 80.00 EUR");
    }

    [Theory]
    [InlineData("dub-referral-on-commission", "payout", 2)]
    [InlineData("dub-referral-on-sale-amount", "value", 10)]
    public void Override_is_a_share_of_what_others_brought(string id, string of, int paid)
    {
        // A sale of 100, for which the referred partner earns 20.
        Override share = new(10.Percent) { Of = Measure.Parse(of), Partners = [new("p-mail")] };

        new PeriodSample().Brought("2026-03", value: 100, earned: 20, partner: "p-mail")
            .Brought("2026-03", value: 900, earned: 300).Brought("2026-03", value: 900, earned: 300, partner: "p-shop")
            .Close(share, "2026-03").Amount.Should().Be(paid.Eur, id);
    }

    [Fact]
    public void Override_without_names_is_on_all_others() =>
        Lines(new PeriodSample().Brought("2026-03", earned: 20, partner: "p-mail").Brought("2026-03", earned: 300)
                .Brought("2026-03", earned: -30, partner: "p-shop").Close(new Override(10.Percent), "2026-03"))
            .Should().Equal("override 2.00 EUR", "override -3.00 EUR");

    [Theory]
    [InlineData("gumroad-credit-79", 1.00, 10, 2.09, 0.79)]
    [InlineData("gumroad-fee-share", 3.00, 30, 2.00, 2.40)]
    public void Partner_bears_its_share_of_fees(string id, decimal earned, int rate, decimal fee, decimal net)
    {
        PricedPeriod closed = new PeriodSample().Brought("2026-03", earned: earned, facts: ("platform-fee", fee))
            .Close(new FeeShare(rate.Percent, Measure.OfFact("platform-fee")), "2026-03");

        (earned + closed.Amount.Amount).Should().Be(net, id);
    }

    [Fact]
    public void Amount_beyond_the_greatest_is_nothing_and_says_so()
    {
        PricedPeriod closed = new PeriodSample().Brought("2026-03", value: 900_000_000_000_000)
            .Brought("2026-03", value: 90_000_000_000_000).Close(new Growth(100.Percent), "2026-03");

        Lines(closed).Should().Equal("too-great 0.00 EUR");
        closed.Amount.Should().Be(0.Eur);
    }
}
