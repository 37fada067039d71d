using System.Globalization;
using PerfMarketing.Monetary;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Tallies;

/// <summary>Entries keep tallies packed: nothing of them may be lost, not even zeros at the end of a number.</summary>
public sealed class PackedTallyTests
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
    public void Tally_is_read_as_it_was_packed(string count, string quantity, string accrued)
    {
        Tally tally = new(
            Number(count), Number(quantity), new(Number(accrued), Currency.Eur), new(3.10m, Currency.Jpy));

        Tally read = new PackedTally(tally).Tally;

        read.Should().Be(tally);
        BitsOf(read).Should().Equal(BitsOf(tally));
    }

    [Fact]
    public void Facts_are_kept()
    {
        Tally tally = Tally.Zero(Currency.Eur) with { Facts = [new("seats", 3.0m)] };

        new PackedTally(tally).Tally.Should().Be(tally);
    }

    [Fact]
    public void Nothing_is_read_as_nothing() => default(PackedTally).Tally.Should().Be(default(Tally));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<int> BitsOf(Tally tally) =>
        new[] { tally.Count, tally.Quantity, tally.Value.Amount, tally.Accrued.Amount }.SelectMany(decimal.GetBits);
}
