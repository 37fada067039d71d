using PerfMarketing.Monetary;

namespace PerfMarketing.Tests.Monetary;

public sealed class PercentageTests
{
    [Fact]
    public void A_rate_is_an_exact_fraction()
    {
        12.Percent.Fraction.Should().Be(0.12m);
        2.9m.Percent.Should().Be(Percentage.FromFraction(0.029m));
        default(Percentage).ToString().Should().Be("0%");
        (-2.50m).Percent.ToString().Should().Be("-2.5%");
        Percentage.FromPercent(1_000_000).ToString().Should().Be("1000000%");
        (12.Percent > 11.Percent && 12.Percent >= 12.Percent && 11.Percent < 12.Percent && 12.Percent <= 12.Percent)
            .Should().BeTrue();
    }

    [Theory]
    [InlineData("eight decimals", "0.00000001")]
    [InlineData("a digit that a division by 100 would lose", "0.0000000000000000000000000001")]
    [InlineData("28 digits", "12.34567891234567891234567891")]
    [InlineData("beyond 1,000,000 %", "1000000.1")]
    public void No_digit_is_lost_silently(string reason, string percent)
    {
        FluentActions.Invoking(() => Percentage.FromPercent(percent.AsDecimal()))
            .Should().Throw<ArgumentOutOfRangeException>(reason);
        Percentage.TryParse(percent + "%", null, out _).Should().BeFalse(reason);
    }

    [Theory]
    [InlineData("ten decimals", "0.0000000001")]
    [InlineData("beyond 10,000", "-10000.1")]
    public void A_fraction_is_within_its_bounds(string reason, string fraction) =>
        FluentActions.Invoking(() => Percentage.FromFraction(fraction.AsDecimal()))
            .Should().Throw<ArgumentOutOfRangeException>(reason);

    [Theory]
    [InlineData("zeros at the end", "12.50%", "12.5%")]
    [InlineData("negative", "-0.0000001%", "-0.0000001%")]
    [InlineData("zero", "0%", "0%")]
    [InlineData("seven decimals", "99.9999999%", "99.9999999%")]
    public void Text_is_read(string reason, string text, string written) =>
        Percentage.Parse(text).ToString().Should().Be(written, reason);

    [Theory]
    [InlineData("no sign", "12")]
    [InlineData("a space", "12 %")]
    [InlineData("a plus", "+12%")]
    [InlineData("an exponent", "1e1%")]
    [InlineData("minus zero", "-0%")]
    [InlineData("a leading zero", "012%")]
    [InlineData("a comma", "2,9%")]
    [InlineData("full-width digits", "１２%")]
    [InlineData("an Arabic percent sign", "12٪")]
    [InlineData("only the sign", "%")]
    [InlineData("empty", "")]
    [InlineData("null", null)]
    public void Other_text_is_refused(string reason, string? text)
    {
        Percentage.TryParse(text, null, out _).Should().BeFalse(reason);
        FluentActions.Invoking(() => Percentage.Parse(text!)).Should().Throw<FormatException>(reason);
    }
}
