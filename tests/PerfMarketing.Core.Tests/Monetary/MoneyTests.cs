using System.Numerics;
using System.Text.Json;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Monetary;

public sealed class MoneyTests
{
    [Fact]
    public void Amounts_of_one_currency_add_and_compare()
    {
        (4.50m.Eur + 0.50m.Eur).Should().Be(5.Eur);
        (4.50m.Eur - 5.Eur).Should().Be(-0.50m.Eur);
        (4.50m.Eur < 5.Eur && 5.Eur >= 5.Eur && 5.Eur <= 5.Eur && 5.Eur > 4.Eur).Should().BeTrue();
        Money.Min(4.Eur, 5.Eur).Should().Be(4.Eur);
        Money.Max(4.Eur, 5.Eur).Should().Be(5.Eur);
        Money.FromMinor(450, Currency.Eur).Amount.Should().Be(4.50m);
        Money.FromMinor(-450, Currency.Jpy).Amount.Should().Be(-450m);
    }

    [Fact]
    public void Currencies_never_mix()
    {
        Func<object>[] mixes =
        [
            () => 1.Eur + 1.Usd, () => 1.Eur - 1.Usd, () => 1.Eur < 1.Usd, () => 1.Eur >= 1.Usd,
            () => Money.Min(1.Eur, 1.Usd), () => (Accrual)1.Eur + 1.Usd, () => (Accrual)1.Eur > 1.Usd,
        ];

        mixes.Should().AllSatisfy(
            static m => m.Should().Throw<CurrencyMismatchException>().WithMessage("*EUR and USD*"));
        (1.Eur == 1.Usd).Should().BeFalse();
    }

    [Fact]
    public void The_default_is_nothing_of_no_currency()
    {
        Money none = default;

        none.ToString().Should().BeEmpty();
        none.Should().Be(Money.Zero(default));
        ((Accrual)none).Should().Be(default(Accrual));
        FluentActions.Invoking(() => none + none)
            .Should().Throw<CurrencyMismatchException>().WithMessage("*without a currency*");
        FluentActions.Invoking(() => none.CompareTo(1.Eur)).Should().Throw<CurrencyMismatchException>();
        FluentActions.Invoking(() => Money.FromMinor(1, default)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Money.Of(1, default)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Accrual(1, default)).Should().Throw<ArgumentException>();
        Money.TryParse(string.Empty, null, out _).Should().BeFalse();
    }

    [Fact]
    public void An_amount_off_the_grid_or_out_of_bounds_is_refused()
    {
        Money most = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur);

        FluentActions.Invoking(() => 4.505m.Eur).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => 1.0000000000000000000000000001m.Eur)
            .Should().Throw<ArgumentException>("a digit far behind is a digit");
        FluentActions.Invoking(() => Money.Of(0.5m, Currency.Jpy)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Money.Of(decimal.MaxValue, Currency.Eur)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => most + 0.01m.Eur).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => -most - 0.01m.Eur).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => most.Prorate(new Ratio(2, 1))).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => most.Prorate(new Ratio(long.MaxValue, 1))).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => new Accrual(Accrual.AmountMax + 1, Currency.Eur))
            .Should().Throw<OverflowException>();
    }

    // Source: cases/billing-cases.json, kinds proration-amount and reversal-rounding.
    [Theory]
    [InlineData("prorate-90-31-of-358", 9000, 31, 358, 779)]
    [InlineData("minor-24-of-31", 6000, 24, 31, 4645)]
    [InlineData("upgrade-32-of-91", 91000, 32, 91, 32000)]
    [InlineData("credit-3-of-28", 5000, 3, 28, 536)]
    [InlineData("reversal-rounding-6-7-23.33pct", 2999, 6, 7, 2571)]
    public void A_part_of_an_amount_is_rounded_once(string id, long minor, long part, long whole, long expected)
    {
        Money amount = Money.FromMinor(minor, Currency.Usd);

        amount.Prorate(new Ratio(part, whole)).MinorUnits.Should().Be(expected, id);
        (-amount).Prorate(new Ratio(part, whole)).MinorUnits.Should().Be(-expected, id);
    }

    // Source: cases/billing-cases.json, kinds reversal-proration and reversal-rounding: tax rounds once.
    [Theory]
    [InlineData("credit-3-of-28", 536, "20%", 107)]
    [InlineData("reversal-rounding-6-7-23.33pct", 2571, "23.33%", 600)]
    [InlineData("reversal-rounding-remainder-20pct", 4214, "20%", 843)]
    public void A_rate_on_an_amount_is_exact_until_it_is_rounded(string id, long minor, string rate, long expected)
    {
        Accrual tax = Money.FromMinor(minor, Currency.Eur) * Percentage.Parse(rate);

        tax.Round().MinorUnits.Should().Be(expected, id);
        tax.Round(new RoundingPolicy(RoundingMode.HalfEven)).MinorUnits.Should().Be(expected, id);
    }

    [Fact]
    public void Every_amount_prorates_as_exact_fractions_do() => Any.Holds(
        FsCheck.Fluent.Gen.Two(Any.Minor),
        static v =>
        {
            Ratio part = new(v.Item2 % 1_000, 7 + Math.Abs(v.Item2 % 997));
            Fraction exact = new Fraction(v.Item1, 1) * new Fraction(part.Numerator, part.Denominator);
            Fraction rounded = exact.Round(0, RoundingMode.HalfAwayFromZero);
            return BigInteger.Abs(rounded.Numerator) > Money.MinorUnitsMax
                || rounded.Is(Money.FromMinor(v.Item1, Currency.Eur).Prorate(part).MinorUnits);
        });

    [Fact]
    public void Json_is_the_text()
    {
        JsonSerializer.Serialize(4.50m.Eur).Should().Be("\"4.50 EUR\"");
        JsonSerializer.Deserialize<Money>("\"4.50 EUR\"").Should().Be(4.50m.Eur);
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Money>("\"4.505 EUR\""))
            .Should().Throw<JsonException>();
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Money>("4.5")).Should().Throw<JsonException>();
    }
}
