using System.Text.Json;
using FsCheck.Fluent;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Monetary;

public sealed class AccrualTests
{
    [Fact]
    public void A_thousandth_of_a_cent_price_is_exact_until_it_is_rounded()
    {
        Accrual view = new(0.00315m, Currency.Eur);
        Accrual views = view * 1_501m;

        views.Should().Be(new Accrual(4.72815m, Currency.Eur));
        views.Round().Should().Be(4.73m.Eur);
        views.Round(RoundingMode.Down).Should().Be(4.72m.Eur);
        (views - view).Should().Be(view * 1_500m);
        Accrual.Min(view, views).Should().Be(view);
        Accrual.Max(view, views).Should().Be(views);
        (view < views && view <= views && views > view && views >= view).Should().BeTrue();
    }

    [Fact]
    public void Equality_is_by_value_and_not_by_digits()
    {
        new Accrual(4.5m, Currency.Eur).Should().Be(new Accrual(4.500m, Currency.Eur));
        ((Accrual)4.50m.Eur).ToString().Should().Be("4.50 EUR");
        (-new Accrual(0m, Currency.Eur)).ToString().Should().Be("0.00 EUR", "zero has no sign");
    }

    [Fact]
    public void A_share_is_exact_or_has_twelve_decimals()
    {
        Accrual amount = 100.Eur;

        amount.Share(new Ratio(2, 5)).Should().Be(40.Eur);
        amount.Share(new Ratio(2, 3)).Amount.Should().Be(66.666666666667m);
        (-amount).Share(new Ratio(2, 3)).Amount.Should().Be(-66.666666666667m);
        new Accrual(0.000_000_000_000_000_1m, Currency.Eur).Share(Ratio.One).Amount
            .Should().Be(0.000_000_000_000_000_1m);
    }

    [Fact]
    public void Quantising_keeps_twelve_decimals() =>
        new Accrual(0.000_000_000_000_5m, Currency.Eur).Quantise().Amount.Should().Be(0.000_000_000_001m);

    [Fact]
    public void Amounts_of_twelve_decimals_always_add_exactly() => Any.Holds(
        Gen.Two(Any.Decimal.Select(static d => decimal.Round(d % (Accrual.AmountMax / 2), Accrual.Decimals))),
        static v => ((Fraction)v.Item1 + v.Item2)
            .Is((new Accrual(v.Item1, Currency.Eur) + new Accrual(v.Item2, Currency.Eur)).Amount));

    [Fact]
    public void Rounding_loses_less_than_a_unit_and_mirrors_unless_it_says_not() => Any.Holds(
        from amount in Any.Decimal
        from currency in Any.Currency
        from mode in Gen.Elements(Enum.GetValues<RoundingMode>())
        select (Amount: new Accrual(amount % 1_000_000_000m, currency), mode),
        static v =>
        {
            Money rounded = v.Amount.Round(v.mode);
            return Accrual.Max(rounded - v.Amount, v.Amount - rounded) < Money.FromMinor(1, v.Amount.Currency)
                && (!v.mode.IsSymmetric || (-v.Amount).Round(v.mode) == -rounded);
        });

    [Fact]
    public void A_product_that_would_lose_a_digit_is_an_error() =>
        FluentActions.Invoking(() => new Accrual(0.000_000_000_000_000_1m, Currency.Eur) * 0.000_000_000_000_1m)
            .Should().Throw<InexactArithmeticException>();

    [Fact]
    public void Json_is_the_text()
    {
        Accrual view = new(0.00315m, Currency.Eur);

        JsonSerializer.Serialize(view).Should().Be("\"0.00315 EUR\"");
        JsonSerializer.Deserialize<Accrual>("\"0.00315 EUR\"").Should().Be(view);
    }
}
