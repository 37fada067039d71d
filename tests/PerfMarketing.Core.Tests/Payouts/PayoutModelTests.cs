using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Payouts;

public sealed class PayoutModelTests
{
    private const string Falling = PayoutCodes.TiersNotAscending;

    private static readonly PayoutModelCatalog Catalog = PayoutModelCatalog.Default
        .With(WeekendBonus.TagName, WeekendBonus.Read, new WeekendBonusValidator());

    [Fact]
    public void Fixed_pays_for_every_unit()
    {
        Payout payout = Pay.Fixed(Accrual.Parse("0.00315 EUR")).Compute(Context(0.Eur) with { Quantity = 1_000 });

        payout.Total.Should().Be(new Accrual(3.15m, Currency.Eur));
        payout.Lines.Should().ContainSingle().Which.Quantity.Should().Be(1_000);
    }

    [Fact]
    public void Revenue_share_pays_a_part_of_the_value() =>
        Pay.RevenueShare(2.9m.Percent).Compute(Context(500.Eur)).Total.Should().Be((Accrual)14.50m.Eur);

    [Fact]
    public void Cap_takes_away_what_lies_above_it()
    {
        Payout payout = Pay.RevenueShare(12.Percent).CappedAt(80.Eur).Compute(Context(1_000.Eur));

        payout.Explain().Should().Be("revenue-share 120.00 EUR\ncap -40.00 EUR\ntotal 80.00 EUR");
    }

    [Fact]
    public void Cap_adds_no_line_when_it_is_not_reached() =>
        Pay.RevenueShare(12.Percent).CappedAt(80.Eur).Compute(Context(500.Eur)).Lines.Should().ContainSingle();

    [Fact]
    public void Tiers_pay_each_unit_by_its_own_tier()
    {
        PayoutModel model = Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur));

        Payout payout = model.Compute(Cumulative(150, quantityBefore: 0));

        payout.Explain().Should().Be("tier-1 120.00 EUR\ntier-2 45.00 EUR\ntotal 165.00 EUR");
    }

    [Theory]
    [InlineData("begins below the end of the first tier", 99, 2, "2.10 EUR")]
    [InlineData("begins at the end of the first tier", 100, 1, "0.90 EUR")]
    [InlineData("ends at the end of the first tier", 99, 1, "1.20 EUR")]
    [InlineData("nothing", 50, 0, "0.00 EUR")]
    public void Tiers_begin_where_the_tally_stands(string because, int before, int quantity, string total) =>
        Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur)).Compute(Cumulative(quantity, before)).Total.ToString()
            .Should().Be(total, because);

    [Fact]
    public void Tiers_sum_to_the_price_of_the_whole_in_any_steps()
    {
        PayoutModel model = Pay.Tiered(new(1.20m.Eur, 100), new(0.90m.Eur, 250), new(0.37m.Eur));
        Accrual whole = model.Compute(Cumulative(400, 0)).Total;
        Accrual sum = Accrual.Zero(Currency.Eur);
        decimal position = 0;
        foreach (decimal step in new[] { 0.4m, 99.6m, 33.333333333333m, 1m, 200m, 65.666666666667m })
        {
            sum += model.Compute(Cumulative(step, position)).Total;
            position += step;
        }

        sum.Should().Be(whole);
    }

    [Fact]
    public void Cap_around_tiers_holds_for_the_credited_part()
    {
        PayoutModel model = Pay.Tiered(new Tier(1m.Eur)).CappedAt(50.Eur);
        PayoutContext context = Cumulative(40, 0) with { Quantity = 100, Share = new Ratio(2, 5) };

        model.Compute(context).Total.Should().Be((Accrual)20.Eur);
    }

    [Fact]
    public void Model_that_ignores_tallies_is_credited_inside_a_cumulative_clause()
    {
        PayoutSheet sheet = new();
        sheet.Clear(Currency.Eur);

        Accrual part = sheet.Apply(
            Pay.RevenueShare(10.Percent), Context(100.Eur) with { IsCumulative = true, Share = new Ratio(2, 5) });

        part.Should().Be((Accrual)4.Eur);
        sheet.Lines.ToArray().Select(l => l.ToString()).Should()
            .Equal("revenue-share 10.00 EUR", "credit-share -6.00 EUR");
    }

    [Fact]
    public void Owner_that_hides_a_tally_model_is_found_out()
    {
        Action compute = () => new Hiding(Pay.Tiered(new Tier(1m.Eur))).Compute(Context(0.Eur));

        compute.Should().Throw<InvalidOperationException>().WithMessage("*Parts*");
    }

    [Fact]
    public void Line_of_another_currency_is_refused()
    {
        Action compute = () => Pay.Fixed(1m.Usd).Compute(Context(1.Eur));

        compute.Should().Throw<CurrencyMismatchException>();
    }

    [Fact]
    public void Integrators_model_nests_and_pays()
    {
        PayoutModel model = new WeekendBonus(Pay.RevenueShare(10.Percent), 50.Percent).CappedAt(12.Eur);
        FactSet saturday = FactSet.Empty.With(WeekendBonus.LocalDay, IsoDayOfWeek.Saturday);

        model.Compute(Context(100.Eur) with { Facts = saturday }).Explain().Should().Be(
            "revenue-share 10.00 EUR\nweekend-bonus 5.00 EUR\ncap -3.00 EUR\ntotal 12.00 EUR");
    }

    [Fact]
    public void Integrators_model_round_trips_and_changes_the_digest()
    {
        PayoutModel model = new WeekendBonus(Pay.Tiered(new(1m.Eur, 5), new(0.5m.Eur)), 50.Percent).CappedAt(12.Eur);
        TermNode holder = TermNode.OfObject(["pays"], [TermNode.Of(model)]);
        TermFailures failures = new();

        PayoutModel? read = TermReader.Read(holder, failures, terms => Catalog.Read(terms, "pays"));

        failures.Should().BeEmpty();
        read.Should().Be(model);
        TermDigest.Of(model).Should().NotBe(TermDigest.Of(
            new WeekendBonus(Pay.Tiered(new(1m.Eur, 5), new(0.5m.Eur)), 51.Percent).CappedAt(12.Eur)));
    }

    [Fact]
    public void Unregistered_model_is_refused_by_name()
    {
        PayoutModel model = new WeekendBonus(Pay.Fixed(1m.Eur), 50.Percent).CappedAt(12.Eur);
        TermFailures failures = new();

        TermReader.Read(
            TermNode.OfObject(["pays"], [TermNode.Of(model)]),
            failures,
            terms => PayoutModelCatalog.Default.Read(terms, "pays"));

        PayoutModelCatalog.Default.Validate(model, "Clauses[0].Pays").Should().ContainSingle()
            .Which.Should().BeEquivalentTo(
                new { PropertyName = "Clauses[0].Pays.Inner", ErrorCode = PayoutCodes.ModelUnknown });
        failures.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Path = "$.pays.inner.model", Code = PayoutCodes.ModelUnknown });
    }

    [Fact]
    public void Integrators_names_carry_a_prefix()
    {
        Action add = () => PayoutModelCatalog.Default.With("bonus", WeekendBonus.Read, new WeekendBonusValidator());

        add.Should().Throw<ArgumentException>();
    }

    public static TheoryData<string, PayoutModel, string, string> Wrong() => new()
    {
        { "negative price", Pay.Fixed((-1m).Eur), PayoutCodes.PriceNegative, "P.Price" },
        { "rate above the whole", Pay.RevenueShare(101.Percent), PayoutCodes.RateOutOfRange, "P.Rate" },
        { "cap of nothing", Pay.Fixed(1m.Eur).CappedAt(0.Eur), PayoutCodes.CapNotPositive, "P.Cap" },
        { "no tiers", Pay.Tiered(), PayoutCodes.TierCount, "P.Tiers" },
        { "falling tiers", Pay.Tiered(new(1m.Eur, 9), new(1m.Eur, 5), new(1m.Eur)), Falling, "P.Tiers[1]" },
        { "tier that ends at zero", Pay.Tiered(new(1m.Eur, 0), new(1m.Eur)), Falling, "P.Tiers[0]" },
        { "last tier with an end", Pay.Tiered(new Tier(1m.Eur, 10)), PayoutCodes.TierEnd, "P.Tiers[0]" },
        { "early tier without an end", Pay.Tiered(new(1m.Eur), new(1m.Eur)), PayoutCodes.TierEnd, "P.Tiers[0]" },
        { "negative tier price", Pay.Tiered(new Tier((-1m).Eur)), PayoutCodes.PriceNegative, "P.Tiers[0].Price" },
        { "nested", Pay.Fixed((-1m).Eur).CappedAt(1.Eur), PayoutCodes.PriceNegative, "P.Inner.Price" },
        { "bad bonus", new WeekendBonus(Pay.Fixed(1m.Eur), 200.Percent), "acme.bonus-out-of-range", "P.Bonus" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_terms_are_named_with_code_and_path(string because, PayoutModel model, string code, string path)
    {
        IReadOnlyList<ValidationFailure> failures = Catalog.Validate(model, "P");

        failures.Should().Contain(f => f.ErrorCode == code && f.PropertyName == path, because);
    }

    [Fact]
    public void Models_nest_to_a_bound()
    {
        PayoutModel model = Pay.Fixed(1m.Eur);
        for (int i = 0; i < PayoutModelCatalog.DepthMax; i++)
        {
            model = model.CappedAt(1.Eur);
        }

        Catalog.Validate(model, "P").Should().ContainSingle().Which.ErrorCode.Should().Be(PayoutCodes.TooDeep);
    }

    [Fact]
    public void Missing_model_is_named() =>
        Catalog.Validate(null, "P").Should().ContainSingle().Which.ErrorCode.Should().Be(PayoutCodes.ModelMissing);

    private static PayoutContext Context(Money value) => new(value);

    private static PayoutContext Cumulative(decimal credited, decimal quantityBefore) => Context(0.Eur) with
    {
        Quantity = credited,
        Counted = Tally.Zero(Currency.Eur) with { Count = 1, Quantity = credited },
        IsCumulative = true,
        Before = Tally.Zero(Currency.Eur) with { Quantity = quantityBefore },
    };

    private sealed record Hiding(PayoutModel Inner) : PayoutModel
    {
        public override string Tag => "acme.hiding";

        protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet) => sheet.Apply(Inner, context);

        protected override void WriteCore(TermWriter terms) => terms.Terms("inner", Inner);
    }
}
