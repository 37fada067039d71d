using FluentValidation.Results;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Payouts;

public sealed class ByLineTests
{
    private static readonly ByLine Groups = Pay.ByLine(
        LineRate.OfSku("sale-shoe", 5.Percent),
        LineRate.OfCategory("shoes", 8.Percent),
        LineRate.OfBrand("acme", 12.Percent),
        new LineRate(Pay.Fixed(0.50m.Eur)) { Categories = ["socks"], Brands = ["acme", "best"] });

    // cases/platform-cases.json: dub docs, integrations/stripe: 100 at 40 % and 50 at 10 %.
    [Theory]
    [InlineData("dub-line-items-product-rates", "45.00 EUR")]
    public void Products_have_rates_of_their_own(string id, string expected)
    {
        PayoutModel model = Pay.ByLine(LineRate.OfSku("prod_gold", 40.Percent)) with
        {
            Otherwise = Pay.RevenueShare(10.Percent),
        };

        Payout payout = model.Compute(Order(Line(0, "prod_gold", 100.Eur), Line(1, "prod_addon", 50.Eur)));

        payout.Total.ToString().Should().Be(expected, id);
        payout.Explain().Should().Be(
            "revenue-share[0] 40.00 EUR\nrevenue-share[1] 5.00 EUR\ntotal 45.00 EUR", id);
    }

    // Product groups as Awin has them: part, category, brand; what fits none is explained by a line of nothing.
    [Theory]
    [InlineData("the first that fits", "sale-shoe", "shoes", "acme", "revenue-share[3] 5.00 EUR")]
    [InlineData("category before brand", "boot", "shoes", "acme", "revenue-share[3] 8.00 EUR")]
    [InlineData("brand", "hat", null, "acme", "revenue-share[3] 12.00 EUR")]
    [InlineData("category and brand together", "sock", "socks", "best", "fixed[3] 1.00 EUR")]
    [InlineData("only one of two", "sock", "socks", null, "no-rate[3] 0.00 EUR")]
    [InlineData("nothing is known", null, null, null, "no-rate[3] 0.00 EUR")]
    public void First_rate_that_fits_prices_the_line(
        string because, string? sku, string? category, string? brand, string expected)
    {
        CommissionableLine line = new(sku, category, brand, 2, 100.Eur) { OrderLine = 3 };

        Payout payout = Groups.Compute(Order(line));

        payout.Lines.Select(static l => l.ToString()).Should().Equal([expected], because);
        payout.Lines[0].Base.Should().Be((Accrual)(payout.Lines[0].Code == Fixed.TagName ? 0.50m.Eur : 100.Eur));
    }

    [Theory]
    [InlineData("30 % of 10.00 beats 0.50", "10.00 EUR", "3.00 EUR")]
    [InlineData("0.50 beats 30 % of 1.00", "1.00 EUR", "0.50 EUR")]
    public void Best_is_best_in_money(string because, string amount, string expected)
    {
        PayoutModel model = Pay.ByLine(
            new(Pay.Fixed(0.50m.Eur)) { Brands = ["acme"] }, LineRate.OfCategory("shoes", 30.Percent)) with
        {
            Match = LineMatch.Best,
        };

        Payout payout = model.Compute(Order(new CommissionableLine("a", "shoes", "acme", 1, Accrual.Parse(amount))));

        payout.Total.ToString().Should().Be(expected, because);
        payout.Lines.Should().ContainSingle(because);
    }

    [Theory]
    [InlineData("a new customer's shoes", CustomerStatus.New, "10.00 EUR")]
    [InlineData("a returning customer's shoes", CustomerStatus.Returning, "2.00 EUR")]
    [InlineData("nobody says who it is", null, "2.00 EUR")]
    public void Rate_may_ask_for_facts_of_the_outcome(string because, CustomerStatus? status, string expected)
    {
        PayoutModel model = Pay.ByLine(
            LineRate.OfCategory("shoes", 10.Percent) with
            {
                When = When.Fact(Facts.CustomerStatus).Is(CustomerStatus.New),
            },
            LineRate.OfCategory("shoes", 2.Percent));
        PayoutContext context = Order(new CommissionableLine("a", "shoes", null, 1, 100.Eur)) with
        {
            Facts = status is { } known ? [Facts.CustomerStatus.Of(known)] : [],
        };

        model.Compute(context).Total.ToString().Should().Be(expected, because);
    }

    [Fact]
    public void Outcome_without_lines_is_one_line_that_is_not_known()
    {
        ByLine model = Groups with { Otherwise = Pay.RevenueShare(1.Percent) };

        model.Compute(new(100.Eur)).Explain().Should().Be("revenue-share 1.00 EUR\ntotal 1.00 EUR");
        Groups.Compute(new(100.Eur)).Explain().Should().Be("no-rate 0.00 EUR\ntotal 0.00 EUR");
    }

    [Fact]
    public void Caps_hold_for_one_line_inside_and_for_the_order_outside()
    {
        PayoutModel model = Pay.ByLine(new LineRate(Pay.RevenueShare(10.Percent).CappedAt(8.Eur)) { Skus = ["a"] })
            .CappedAt(12.Eur);

        model.Compute(Order(Line(0, "a", 100.Eur), Line(1, "a", 60.Eur))).Explain().Should().Be(
            "revenue-share[0] 10.00 EUR\ncap[0] -2.00 EUR\nrevenue-share[1] 6.00 EUR\ncap -2.00 EUR\ntotal 12.00 EUR");
    }

    [Fact]
    public void Order_of_lines_makes_no_difference_to_the_total()
    {
        CommissionableLine[] lines = [Line(0, "sale-shoe", 10.01m.Eur), Line(1, "hat", 7.77m.Eur), Line(2, "x", 3.Eur)];

        Groups.Compute(Order([.. lines.Reverse()])).Total.Should().Be(Groups.Compute(Order(lines)).Total);
    }

    [Fact]
    public void Payout_line_survives_json()
    {
        PayoutLine line = new("revenue-share", 4.Eur) { Base = 40.Eur, Rate = 10.Percent, OrderLine = 3 };

        TermReader.Read(TermNode.Of(line), new(), PayoutLine.Read).Should().Be(line);
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        ByLine model = new([
            new(Pay.RevenueShare(10.Percent)),
            new(Pay.Tiered(new Tier(1.Eur))) { Skus = ["a", "a"], Brands = [string.Empty] },
            new(null!) { Categories = ["c"] },
            new(Pay.Fixed(1.Eur)) { When = When.All() }]);

        string[] errors = [.. Errors(model), .. Errors(new([]))];

        errors.Should().BeEquivalentTo(
            "payout.line-rate-unnamed Pays.Rates[0]",
            "payout.line-name-count Pays.Rates[1]",
            "payout.line-name Pays.Rates[1].Brands[0]",
            "payout.line-tally Pays.Rates[1].Pays",
            "payout.model-missing Pays.Rates[2].Pays",
            "condition.empty Pays.Rates[3].When.Of",
            "payout.line-rate-count Pays.Rates");
    }

    [Fact]
    public void Model_survives_json()
    {
        ByLine model = Groups with
        {
            Rates = Groups.Rates.Add(
                LineRate.OfSku("x", 1.Percent) with { When = When.Fact(Facts.Device).Is("mobile") }),
            Match = LineMatch.Best,
            Otherwise = Pay.RevenueShare(1.Percent),
        };
        TermFailures failures = new();

        PayoutModel? read = TermReader.Read(
            TermNode.OfObject(["pays"], [TermNode.Of(model)]),
            failures,
            static terms => PayoutModelCatalog.Default.Read(terms, "pays"));

        failures.IsEmpty.Should().BeTrue();
        read.Should().Be(model);
    }

    private static IEnumerable<string> Errors(ByLine model) => PayoutModelCatalog.Default.Validate(model, "Pays")
        .Select(static (ValidationFailure f) => $"{f.ErrorCode} {f.PropertyName}");

    private static CommissionableLine Line(int place, string sku, Money amount) =>
        new(sku, null, sku == "hat" ? "acme" : null, 1, amount) { OrderLine = place };

    private static PayoutContext Order(params CommissionableLine[] lines) =>
        new(lines.Aggregate(Accrual.Zero(Currency.Eur), static (sum, l) => sum + l.Amount)) { Lines = [.. lines] };
}
