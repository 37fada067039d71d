using System.Globalization;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Earnings keep figures packed: nothing of them may be lost, not even zeros at the end of a number.</summary>
public sealed class PackedFiguresTests
{
    public static TheoryData<string, string, string> Numbers => new()
    {
        { "0", "0.00", "0" },
        { "1", "12.50", "0.6172500" },
        { "-1", "-12.50", "-0.6172500" },
        { "0.400000000000", "999999999999999.99", "0.000000000001" },
        { "18446744073709551615", "1.8446744073709551615", "1" },
        { "18446744073709551616", "1.8446744073709551616", "1" },
        { "1", "1", "999999999999999.123456789012" },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Figures_are_read_as_they_were_packed(string count, string quantity, string accrued)
    {
        Accrual value = new(Number(quantity), Currency.Eur);
        Tally before = new(Number(count), Number(quantity), value, new(Number(accrued), Currency.Eur));
        Tally counted = new(1, Number(count), value, new(Number(accrued), Currency.Eur));

        Check(before, counted, value, Number(count));
        Check(before, counted with { Count = 0.4m }, value, Number(count));
        Check(before, counted with { Count = 1.0m }, value, Number(count));
        Check(before, counted with { Count = 256 }, value, Number(count));
        Check(before, counted with { Quantity = 7 }, value, Number(count));
        Check(before, counted, new(value.Amount - 1.000m, Currency.Eur), Number(count));
        Check(before, counted, new(3, Currency.Jpy), Number(count));
        Check(before with { Accrued = new(1, Currency.Jpy) }, counted, value, Number(count));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_is_priced_is_read_as_it_was_packed_before_it_is(string quantity, string value, string other)
    {
        Accrual priced = new(Number(value), Currency.Eur);

        PackedFigures figures = new(priced, Number(quantity));

        figures.Value.Should().Be(priced, "not {0}", other);
        decimal.GetBits(figures.Value.Amount).Should().Equal(decimal.GetBits(priced.Amount));
        decimal.GetBits(figures.Quantity).Should().Equal(decimal.GetBits(Number(quantity)));
    }

    [Fact]
    public void Facts_are_kept()
    {
        Tally none = Tally.Zero(Currency.Eur);
        Tally seats = none with { Facts = [new("seats", 3.0m)] };

        new PackedFigures(seats, none, Accrual.Zero(Currency.Eur), 0).Before.Should().Be(seats);
        new PackedFigures(none, seats, Accrual.Zero(Currency.Eur), 0).Counted.Should().Be(seats);
    }

    [Fact]
    public void Nothing_is_read_as_nothing()
    {
        default(PackedFigures).Before.Should().Be(default(Tally));
        default(PackedFigures).Counted.Should().Be(default(Tally));
        default(PackedFigures).Value.Should().Be(default(Accrual));
    }

    [Fact]
    public void One_figure_is_changed_and_the_others_stay()
    {
        Tally before = Tally.Zero(Currency.Eur) with { Count = 3 };
        Tally counted = Tally.Zero(Currency.Eur) with { Count = 1, Quantity = 2 };
        Accrual value = new(12.50m, Currency.Eur);

        PackedFigures figures = default(PackedFigures).With(value, 2).With(before, counted).With(value, 5);

        (figures.Before, figures.Counted, figures.Value, figures.Quantity).Should().Be((before, counted, value, 5m));
    }

    private static void Check(Tally before, Tally counted, Accrual value, decimal quantity)
    {
        PackedFigures figures = new(before, counted, value, quantity);

        figures.Before.Should().Be(before);
        figures.Counted.Should().Be(counted);
        figures.Value.Should().Be(value);
        BitsOf(figures.Before).Should().Equal(BitsOf(before));
        BitsOf(figures.Counted).Should().Equal(BitsOf(counted));
        decimal.GetBits(figures.Value.Amount).Should().Equal(decimal.GetBits(value.Amount));
        decimal.GetBits(figures.Quantity).Should().Equal(decimal.GetBits(quantity));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<int> BitsOf(Tally tally) =>
        new[] { tally.Count, tally.Quantity, tally.Value.Amount, tally.Accrued.Amount }.SelectMany(decimal.GetBits);
}
