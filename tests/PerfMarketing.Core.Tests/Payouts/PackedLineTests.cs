using PerfMarketing.Monetary;
using PerfMarketing.Payouts;

namespace PerfMarketing.Tests.Payouts;

/// <summary>Earnings keep single lines packed: nothing of them may be lost.</summary>
public sealed class PackedLineTests
{
    public static TheoryData<PayoutLine> Lines =>
    [
        new PayoutLine("cap", new(-40.00m, Currency.Eur)),
        PayoutLine.OfUnits("per-unit", new(0.0150m, Currency.Eur), 3.0m),
        PayoutLine.OfShare("tier-2", new(99.90m, Currency.Eur), 8.5m.Percent),
        new PayoutLine("tier-2", new(1, Currency.Eur)) { Rate = 8.Percent, IsRepricing = true },
        new PayoutLine("tier-2", new(1, Currency.Eur)) { Rate = 8.Percent, Quantity = 2, Base = new(3, Currency.Jpy) },
        new PayoutLine("cpm", new(1.20m, Currency.Eur)) { Size = 1_000, Quantity = 600, Base = new(2, Currency.Eur) },
        new PayoutLine("revenue-share", new(4.00m, Currency.Eur)) { OrderLine = 0 },
        new PayoutLine("share", new(999_999_999_999_999.123456789012m, Currency.Eur)),
        new PayoutLine("share", new(1, Currency.Eur)) { Quantity = 1.8446744073709551616m },
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Line_is_read_as_it_was_packed(PayoutLine line)
    {
        PayoutLine read = new PayoutLine.Packed(line).Line;

        read.Should().Be(line);
        (read.Rate, read.Quantity, read.Base).Should().Be((line.Rate, line.Quantity, line.Base));
        decimal.GetBits(read.Amount.Amount).Should().Equal(decimal.GetBits(line.Amount.Amount));
        decimal.GetBits(read.Quantity ?? 0).Should().Equal(decimal.GetBits(line.Quantity ?? 0));
        decimal.GetBits(read.Base?.Amount ?? 0).Should().Equal(decimal.GetBits(line.Base?.Amount ?? 0));
        decimal.GetBits(read.Rate?.Fraction ?? 0).Should().Equal(decimal.GetBits(line.Rate?.Fraction ?? 0));
    }
}
