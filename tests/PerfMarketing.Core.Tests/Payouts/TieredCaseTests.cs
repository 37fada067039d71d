using System.Globalization;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Payouts;

/// <summary>The worked cases of tiers, blocks, volumes and free parts.</summary>
public sealed class TieredCaseTests
{
    // Ends are half-open: a volume tier of 101 to 200 whole units ends at 201, while the units of a graduated tier
    // stand at positions 100 to 199 and end at 200.
    private static readonly Dictionary<string, PayoutModel> Models = new()
    {
        ["lago-graduated"] = Pay.Tiered(
            new Tier(10.Eur, 10) { Flat = 2.Eur },
            new Tier(5.Eur, 20) { Flat = 3.Eur },
            new Tier(5.Eur) { Flat = 3.Eur }),
        ["adjacent"] = Pay.Tiered(new(10.Eur, 0.1m), new(5.Eur, 1), new(2.Eur)),
        ["lago-graduated-percentage"] = new Tiered(
        [
            new Tier(1.Percent, 10) { Flat = 200.Eur },
            new Tier(2.Percent, 20) { Flat = 300.Eur },
            new Tier(3.Percent) { Flat = 400.Eur },
        ])
        {
            Of = Measure.Value,
        },
        ["lago-volume"] = Pay.Volume(
            new Tier(2.Eur, 101) { Flat = 10.Eur }, new Tier(1.Eur, 201), new Tier(0.5m.Eur) { Flat = 50.Eur }),
        ["package"] = Pay.Package(100.Eur, size: 10),
        ["package-free-10"] = Pay.Package(100.Eur, size: 10, free: 10),
        ["blocks-1"] = Pay.Tiered(new(1.5m.Eur, 10), new(1.Eur, 110), new(0.5m.Eur)),
        ["blocks-1-top"] = Pay.Volume(new(1.5m.Eur, 11), new(1.Eur, 101), new(0.5m.Eur)),
        ["blocks-100"] = Pay.Tiered(new Tier(1.Eur, 1000) { Size = 100 }, new Tier(1.Eur) { Size = 1000 }),
        ["blocks-100-top"] = Pay.Volume(
            new Tier(1.Eur, 1001) { Size = 100 },
            new Tier(1.Eur, 101001) { Size = 1000 },
            new Tier(0.5m.Eur) { Size = 1000 }),
        ["blocks-100-top-unlimited"] = Pay.Volume(
            new Tier(10.Eur, 1001) { Size = 100 }, new Tier(1.Eur) { Size = 100 }),
        ["impact"] = new Tiered([new(4.Percent, 200), new(6.Percent, 400), new(8.Percent)]) { Of = Measure.Value },
        ["dub-bounty"] = Pay.Every(100, 10.Eur, upTo: 1000),
    };

    // cases/billing-cases.json: lago graduated, package, volume service specs; killbill
    // TestContiguousIntervalConsumableInArrear; impact performance-bonus FAQ; dub program-bounties.
    [Theory]
    [InlineData("graduated-1", "lago-graduated", "1", "12.00 EUR")]
    [InlineData("graduated-10", "lago-graduated", "10", "102.00 EUR")]
    [InlineData("graduated-11", "lago-graduated", "11", "110.00 EUR")]
    [InlineData("graduated-12", "lago-graduated", "12", "115.00 EUR")]
    [InlineData("graduated-21", "lago-graduated", "21", "163.00 EUR")]
    [InlineData("graduated-adjacent-0.05", "adjacent", "0.05", "0.50 EUR")]
    [InlineData("package-121-free0", "package", "121", "1300.00 EUR")]
    [InlineData("package-121-free10", "package-free-10", "121", "1200.00 EUR")]
    [InlineData("package-edge-10.01-free10", "package-free-10", "10.01", "100.00 EUR")]
    [InlineData("volume-1", "lago-volume", "1", "12.00 EUR")]
    [InlineData("volume-100", "lago-volume", "100", "210.00 EUR")]
    [InlineData("volume-300", "lago-volume", "300", "200.00 EUR")]
    [InlineData("tiered-blocks-all-111", "blocks-1", "111", "115.50 EUR")]
    [InlineData("tiered-blocks-top-111", "blocks-1-top", "111", "55.50 EUR")]
    [InlineData("tiered-blocks-all-5325", "blocks-100", "5325", "15.00 EUR")]
    [InlineData("tiered-blocks-all-5325-unlimited", "blocks-100", "5325", "15.00 EUR")]
    [InlineData("tiered-blocks-top-1000", "blocks-100-top", "1000", "10.00 EUR")]
    [InlineData("tiered-blocks-top-101000", "blocks-100-top", "101000", "101.00 EUR")]
    [InlineData("tiered-blocks-top-101001", "blocks-100-top", "101001", "51.00 EUR")]
    [InlineData("tiered-blocks-top-300000", "blocks-100-top", "300000", "150.00 EUR")]
    [InlineData("tiered-blocks-top-2000-unlimited", "blocks-100-top-unlimited", "2000", "20.00 EUR")]
    [InlineData("dub-bounty-variable", "dub-bounty", "5000", "100.00 EUR")]
    [InlineData("dub-bounty-variable", "dub-bounty", "299", "20.00 EUR")]
    public void Units_of_a_period_cost_what_the_tiers_say(string id, string model, string units, string expected) =>
        Total(Models[model], Counted(units, "0")).Should().Be(Accrual.Parse(expected), id);

    // The same units, brought by one outcome after the other, cost the same at every place.
    [Theory]
    [InlineData("graduated-21", "lago-graduated", 21)]
    [InlineData("volume-300", "lago-volume", 300)]
    [InlineData("package-121-free10", "package-free-10", 121)]
    [InlineData("tiered-blocks-top-111", "blocks-1-top", 111)]
    public void One_by_one_the_units_cost_the_same(string id, string model, int units)
    {
        Accrual sum = Accrual.Zero(Currency.Eur);
        Tally before = Tally.Zero(Currency.Eur);
        Tally one = Counted("1", "0");
        for (int i = 0; i < units; i++)
        {
            sum += Total(Models[model], one, before);
            before += one;
            sum.Should().Be(Total(Models[model], before), $"{id} after {i + 1}");
        }
    }

    // cases/billing-cases.json: lago graduated_percentage_service_spec.rb; impact performance-bonus FAQ.
    [Theory]
    [InlineData("graduated-percentage-1", "lago-graduated-percentage", "1", "200.01 EUR")]
    [InlineData("graduated-percentage-10", "lago-graduated-percentage", "10", "200.10 EUR")]
    [InlineData("graduated-percentage-11", "lago-graduated-percentage", "11", "500.12 EUR")]
    [InlineData("graduated-percentage-12", "lago-graduated-percentage", "12", "500.14 EUR")]
    [InlineData("graduated-percentage-21", "lago-graduated-percentage", "21", "900.33 EUR")]
    [InlineData("impact-bonus-revenue-marginal", "impact", "500", "28.00 EUR")]
    public void Value_of_a_period_pays_what_the_tiers_say(string id, string model, string value, string expected) =>
        Total(Models[model], Counted("1", value)).Should().Be(Accrual.Parse(expected), id);

    // Without results there is no payout, also where the source bills the first tier's flat fee or a package of none:
    // what is owed for nothing is a retainer, and says so.
    [Theory]
    [InlineData("graduated-0", "lago-graduated")]
    [InlineData("graduated-percentage-0", "lago-graduated-percentage")]
    [InlineData("volume-0", "lago-volume")]
    [InlineData("package-edge-0-free0", "package")]
    public void Nothing_counted_pays_nothing(string id, string model) =>
        Total(Models[model], Tally.Zero(Currency.Eur)).Should().Be(Accrual.Zero(Currency.Eur), id);

    // cases/billing-cases.json: lago volume_service_spec.rb, tier by full units, price by prorated ones.
    [Fact]
    public void Tiers_may_count_one_thing_and_price_another()
    {
        FactKey<decimal> prorated = new("prorated");
        Tiered model = (Tiered)Models["lago-volume"] with { On = Measure.OfFact(prorated) };
        Tally counted = Counted("300", "0") with { Facts = [new("prorated", 198.6m)] };

        Compute(model, new PayoutContext(0.Eur)
        {
            IsCumulative = true,
            Counted = counted,
            Facts = [prorated.Of(198.6m)],
        }).Total.Should().Be(Accrual.Parse("149.30 EUR"), "volume-prorated");
    }

    // Four sales of 100.00 EUR at 5 %, 8 % on all from the fourth: DESIGN rule 6.
    [Fact]
    public void Crossing_a_volume_tier_prices_earlier_sales_again_on_a_line_of_its_own()
    {
        PayoutModel model = new Tiered([new(5.Percent, 4), new(8.Percent)])
        {
            Mode = TierMode.Volume,
            Of = Measure.Count,
        };
        Tally sale = Counted("1", "100");
        List<string> lines = [];
        for (Tally before = Tally.Zero(Currency.Eur); before.Count < 5; before += sale)
        {
            Payout payout = Compute(model, new PayoutContext(100.Eur)
            {
                IsCumulative = true,
                Before = before,
                Counted = sale,
            });
            lines.Add(string.Join(", ", payout.Lines));
        }

        lines.Should().Equal(
            "tier-1 5.00 EUR",
            "tier-1 5.00 EUR",
            "tier-1 5.00 EUR",
            "tier-2 8.00 EUR, repricing 9.00 EUR",
            "tier-2 8.00 EUR");
    }

    // cases/platform-cases.json: intelitics agreement-tiers. Three players at 275 after two at 250, five at 300.
    [Theory]
    [InlineData("intelitics-retro-250", 2, "500.00 EUR")]
    [InlineData("intelitics-retro-250", 3, "825.00 EUR")]
    [InlineData("intelitics-retro-250", 5, "1500.00 EUR")]
    public void Retroactive_tiers_pay_every_player_the_reached_price(string id, int players, string expected)
    {
        PayoutModel model = Pay.Volume(new(250.Eur, 3), new(275.Eur, 5), new(300.Eur));

        Total(model, Counted(players.ToString(CultureInfo.InvariantCulture), "0"))
            .Should().Be(Accrual.Parse(expected), id);
    }

    // cases/platform-cases.json: intelitics agreement-tiers: two deposits and 200 of revenue, then 60 for each.
    [Theory]
    [InlineData("intelitics-two-conditions", "1", "200", "0.00 EUR")]
    [InlineData("intelitics-two-conditions", "2", "199.99", "0.00 EUR")]
    [InlineData("intelitics-two-conditions", "2", "200", "120.00 EUR")]
    public void A_tier_with_two_ends_is_left_when_both_are_reached(
        string id, string players, string revenue, string expected)
    {
        PayoutModel model = Pay.Volume(new Tier(0.Eur, 2) { UpToValue = 200 }, new Tier(60.Eur));

        Total(model, Counted(players, revenue)).Should().Be(Accrual.Parse(expected), id);
    }

    // cases/platform-cases.json: AffiliateWP tiered rates: 20 % to 100 referrals, 25 % to 200, 30 % to 500, then 35 %;
    // refersion: the first 80.00 at 0 %, then 15 %. Forward only: what was there before decides.
    [Theory]
    [InlineData("awp-tiers-count", "99", "tier-1 20.00 EUR")]
    [InlineData("awp-tiers-count", "100", "tier-2 25.00 EUR")]
    [InlineData("awp-tiers-count", "199", "tier-2 25.00 EUR")]
    [InlineData("awp-tiers-count", "200", "tier-3 30.00 EUR")]
    [InlineData("awp-tiers-count", "500", "tier-4 35.00 EUR")]
    public void Forward_tiers_price_a_whole_outcome_by_what_came_before(string id, string earlier, string expected)
    {
        PayoutModel model = new Tiered(
            [new(20.Percent, 100), new(25.Percent, 200), new(30.Percent, 500), new(35.Percent)])
        {
            Mode = TierMode.Forward,
            Of = Measure.Count,
        };

        Compute(model, new PayoutContext(100.Eur)
        {
            IsCumulative = true,
            Before = Counted(earlier, "0") with { Count = Decimal(earlier) },
            Counted = Counted("1", "100"),
        }).Lines.Should().ContainSingle().Which.ToString().Should().Be(expected, id);
    }

    // The first two sales at 5 %, then 10 %, of value: counts decide, amounts are paid, so that the order matters.
    [Fact]
    public void Graduated_by_count_and_paid_by_value_splits_the_sale_that_straddles_an_end()
    {
        Tiered model = new([new(5.Percent, 2), new(10.Percent)]) { Of = Measure.Count };

        Payout payout = Compute(model, new PayoutContext(100.Eur)
        {
            IsCumulative = true,
            Before = Counted("1.5", "0") with { Count = 1.5m },
            Counted = Counted("1", "100"),
        });

        payout.Lines.Select(static l => l.ToString()).Should().Equal("tier-1 2.50 EUR", "tier-2 5.00 EUR");
        model.IsOrderFree.Should().BeFalse();
    }

    // cases/billing-cases.json: lago percentage_service_spec.rb: four payments of 50, 100, 250 and 400.
    [Theory]
    [InlineData("percentage-no-free", null, null, "18.40 EUR")]
    [InlineData("percentage-free-events-null", null, "250.00 EUR", "11.15 EUR")]
    [InlineData("percentage-free-amount-above-total", 3, "500.00 EUR", "7.20 EUR")]
    [InlineData("percentage-free-events-exceed", 5, null, "0.00 EUR")]
    public void What_is_free_is_priced_at_nothing(string id, int? count, string? value, string expected)
    {
        PayoutModel inner = new Percentage13WithFee();
        PayoutModel model = count is null && value is null
            ? inner
            : new Allowance(inner) { Count = count, Value = value is null ? null : Money.Parse(value) };

        Sum(model, [50, 100, 250, 400]).Should().Be(Accrual.Parse(expected), id);
    }

    // cases/billing-cases.json: lago percentage_service_spec.rb, per event.
    [Fact]
    public void A_cap_of_one_outcome_applies_to_what_is_not_free()
    {
        PayoutModel model = new Allowance(Pay.RevenueShare(2.99m.Percent).CappedAt(12.Eur)) { Value = 30.Eur };

        Sum(model, [10, 80, 10_000])
            .Should().Be(Accrual.Parse("13.794 EUR"), "percentage-per-event-min-max-free-amount-30");
    }

    // cases/billing-cases.json: lago prorated_graduated_service_spec.rb: positions count full units, prices go by
    // prorated ones, and units may be taken back. The source keeps the flat amount of a tier that is left again, and
    // cuts the sum at zero; here P follows from what is left: a tier that is left gives its flat amount back, and
    // corrections never take more than was there.
    [Theory]
    [InlineData("prorated-graduated-single", "1", "0.7", "107.00")]
    [InlineData("prorated-graduated-base", "5 5 10 -6", "3.5 2.66667 2 -2.2", "197.33")]
    [InlineData("prorated-graduated-split-event", "2 5 10 -6", "1.4 2.66667 2 -2.2", "184.33")]
    [InlineData("prorated-graduated-negative-same-tier", "5 -2", "3.5 -1", "125.00")]
    [InlineData("prorated-graduated-multi-overflow", "5 2 -4 10", "3.5 1 -1.6 2", "190.00")]
    [InlineData(
        "prorated-graduated-final-zero-units", "1 4 1 -5 -1", "0.7097 1.54839 0.2258 -0.80645 -0.0645", "15.81")]
    [InlineData("prorated-graduated-negative-total-floor-0", "5 -100", "2 -33.33", "-313.30")]
    public void Prorated_units_are_priced_where_full_units_stand(
        string id, string units, string prorated, string expected)
    {
        FactKey<decimal> full = new("full");
        FactKey<decimal> part = new("part");
        Tiered model = new([new Tier(10.Eur, 5) { Flat = 100.Eur }, new Tier(5.Eur) { Flat = 50.Eur }])
        {
            Of = Measure.OfFact(full),
            On = Measure.OfFact(part),
        };
        Accrual sum = Accrual.Zero(Currency.Eur);
        Tally before = Tally.Zero(Currency.Eur);
        foreach ((string unit, string paid) in units.Split(' ').Zip(prorated.Split(' ')))
        {
            Tally counted = Counted("1", "0") with
            {
                Facts = [new("full", Decimal(unit)), new("part", Decimal(paid))],
            };
            sum += model.Compute(new PayoutContext(0.Eur)
            {
                IsCumulative = true,
                Before = before,
                Counted = counted,
                Facts = [full.Of(Decimal(unit)), part.Of(Decimal(paid))],
            }).Total;
            before += counted;
        }

        sum.Round().ToString().Should().Be($"{expected} EUR", id);
    }

    // cases/billing-cases.json: killbill testComputeMissingItems: what is due is P of all less what was paid before.
    [Fact]
    public void What_is_due_is_the_price_of_all_less_what_was_paid()
    {
        PayoutModel model = Pay.Package(1.Eur, size: 100);
        Tally billed = Counted("100", "0");

        Total(model, billed).Should().Be(Accrual.Parse("1.00 EUR"));
        Total(model, Counted("301", "0"), billed)
            .Should().Be(Accrual.Parse("4.00 EUR"), "incremental-already-billed-1");
    }

    private static Accrual Sum(PayoutModel model, ReadOnlySpan<decimal> values)
    {
        Accrual sum = Accrual.Zero(Currency.Eur);
        Tally before = Tally.Zero(Currency.Eur);
        foreach (decimal value in values)
        {
            Tally counted = new(1, 1, new(value, Currency.Eur), Accrual.Zero(Currency.Eur));
            sum += model.Compute(new PayoutContext(counted.Value)
            {
                IsCumulative = model.UsesTally,
                Before = before,
                Counted = counted,
            }).Total;
            before += counted;
        }

        return sum;
    }

    private static Payout Compute(PayoutModel model, PayoutContext context) => model.Compute(context);

    private static Accrual Total(PayoutModel model, Tally counted, Tally? before = null) =>
        Compute(model, new(counted.Value)
        {
            Quantity = counted.Quantity,
            IsCumulative = true,
            Before = before ?? Tally.Zero(Currency.Eur),
            Counted = counted,
        }).Total;

    private static Tally Counted(string units, string value) =>
        new(1, Decimal(units), new(Decimal(value), Currency.Eur), Accrual.Zero(Currency.Eur));

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>1.3 % of the value and a fee of 2.00 EUR for each payment.</summary>
    private sealed record Percentage13WithFee : PayoutModel
    {
        public override string Tag => "test.percentage-with-fee";

        protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
        {
            sheet.Add(new("share", context.Value * 1.3m.Percent));
            sheet.Add(new("fee", 2.Eur));
        }

        protected override void WriteCore(TermWriter terms)
        {
        }
    }
}
