using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/money.md.</summary>
public sealed class MoneySnippets
{
    [Fact]
    public void Round_once()
    {
        #region round
        Accrual view = new(0.00315m, Currency.Eur);
        Accrual views = view * 1_501m;                          // 4.72815 EUR, exact
        Money posted = views.Round();                           // 4.73 EUR
        #endregion

        views.ToString().Should().Be("4.72815 EUR");
        posted.ToString().Should().Be("4.73 EUR");
    }

    [Fact]
    public void Divide_by_weights()
    {
        #region allocate
        Money[] parts = 0.15m.Eur.Allocate(80, 8, 12);          // 0.12, 0.01, 0.02 EUR
        Money[] back = (-0.15m).Eur.Allocate(80, 8, 12);        // the same, negative

        long[] weights = Allocation.Weights(
            AllocationShare.Of(new Ratio(1, 3)), AllocationShare.Of(new Ratio(2, 25)), AllocationShare.Remaining);
        Money[] shares = 100.Eur.Allocate(weights);             // 33.33, 8.00, 58.67 EUR
        #endregion

        parts.Should().Equal(0.12m.Eur, 0.01m.Eur, 0.02m.Eur);
        back.Should().Equal(parts.Select(static p => -p));
        shares.Should().Equal(33.33m.Eur, 8.Eur, 58.67m.Eur);
    }

    [Fact]
    public void Take_a_part()
    {
        #region part
        Money rest = 90.Usd.Prorate(new Ratio(31, 358));        // 7.79 USD
        Accrual credit = ((Accrual)100.Eur).Share(new Ratio(2, 3));
        #endregion

        var parts = new decimal[3];
        Allocation.Split(1m, [1, 1, 1], parts);

        rest.Should().Be(7.79m.Usd);
        credit.ToString().Should().Be("66.666666666667 EUR");
        parts.Should().Equal(0.333333333334m, 0.333333333333m, 0.333333333333m);
    }

    [Fact]
    public void Convert_by_a_snapshot()
    {
        Instant at = Instant.FromUtc(2026, 3, 2, 15, 0);

        #region convert
        RateSnapshot rate = new("ecb-20260302", Currency.Eur, Currency.Jpy, 148.72m, "ecb", at);
        Accrual yen = rate.Convert(123.45m.Eur);                // 18359.484 JPY
        Money paid = yen.Round();                               // 18359 JPY
        #endregion

        yen.ToString().Should().Be("18359.484 JPY");
        paid.ToString().Should().Be("18359 JPY");
    }

    [Theory]
    [InlineData(RoundingMode.HalfAwayFromZero, 3, -3)]
    [InlineData(RoundingMode.HalfEven, 2, -2)]
    [InlineData(RoundingMode.Down, 2, -2)]
    [InlineData(RoundingMode.Floor, 2, -3)]
    [InlineData(RoundingMode.Ceiling, 3, -2)]
    public void The_table_of_modes_holds(RoundingMode mode, int up, int down)
    {
        new Accrual(2.5m, Currency.Jpy).Round(mode).MinorUnits.Should().Be(up);
        new Accrual(-2.5m, Currency.Jpy).Round(mode).MinorUnits.Should().Be(down);
    }
}
