using System.Text.Json;
using PerfMarketing.Primitives;
using PerfMarketing.Tests.Monetary;

namespace PerfMarketing.Tests.Primitives;

public sealed class RatioTests
{
    [Fact]
    public void A_ratio_is_reduced_and_keeps_its_sign_above_the_line()
    {
        new Ratio(-15, 30).Should().Be(new Ratio(-1, 2));
        new Ratio(-15, 30).ToString().Should().Be("-1/2");
        new Ratio(0, 7).Should().Be(Ratio.Zero).And.Be(default(Ratio));
        default(Ratio).ToString().Should().Be("0/1");
        Ratio.One.ToString().Should().Be("1/1");
        new Ratio(long.MinValue, long.MaxValue).Numerator.Should().Be(long.MinValue);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_denominator_is_positive(long denominator)
    {
        Action make = () => _ = new Ratio(1, denominator);

        make.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Arithmetic_is_exact()
    {
        Ratio third = new(1, 3);

        (third + third + third).Should().Be(Ratio.One);
        (third - new Ratio(1, 2)).Should().Be(new Ratio(-1, 6));
        (third * new Ratio(3, 7)).Should().Be(new Ratio(1, 7));
        (new Ratio(1, 2) / new Ratio(-3, 4)).Should().Be(new Ratio(-2, 3));
        Ratio.FromDecimal(0.66m).Should().Be(new Ratio(33, 50));
        Ratio.FromDecimal(-12m).Should().Be(new Ratio(-12, 1));
    }

    [Fact]
    public void Arithmetic_beyond_64_bits_is_an_error()
    {
        Ratio small = new(1, long.MaxValue);
        Ratio other = new(1, long.MaxValue - 1);

        FluentActions.Invoking(() => small + other).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => small * small).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => small / Ratio.Zero).Should().Throw<DivideByZeroException>();
        FluentActions.Invoking(() => -new Ratio(long.MinValue, 1)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => Ratio.FromDecimal(0.0000000000000000000000000001m))
            .Should().Throw<OverflowException>();
    }

    [Fact]
    public void Order_is_by_value_without_overflow()
    {
        (new Ratio(long.MaxValue - 1, long.MaxValue) < Ratio.One).Should().BeTrue();
        (new Ratio(1, 3) > new Ratio(-1, 2)).Should().BeTrue();
        (new Ratio(2, 4) >= new Ratio(1, 2) && new Ratio(2, 4) <= new Ratio(1, 2)).Should().BeTrue();
    }

    [Fact]
    public void Text_comes_back() => Any.Holds(
        Any.Ratio, static r => Ratio.Parse(r.ToString()) == r && Ratio.TryParse(r.ToString("G", null), null, out _));

    [Theory]
    [InlineData("no line", "17")]
    [InlineData("nothing above", "/31")]
    [InlineData("nothing below", "17/")]
    [InlineData("zero below", "17/0")]
    [InlineData("negative below", "17/-31")]
    [InlineData("a plus", "+17/31")]
    [InlineData("a space", "17 /31")]
    [InlineData("full-width digits", "１７/31")]
    [InlineData("more than 64 bits", "9223372036854775808/1")]
    [InlineData("a second line", "1/2/3")]
    [InlineData("empty", "")]
    public void Other_text_is_refused(string reason, string text)
    {
        Ratio.TryParse(text, null, out _).Should().BeFalse(reason);
        FluentActions.Invoking(() => Ratio.Parse(text)).Should().Throw<FormatException>(reason);
    }

    [Fact]
    public void Json_is_the_text()
    {
        JsonSerializer.Serialize(new Ratio(17, 31)).Should().Be("\"17/31\"");
        JsonSerializer.Deserialize<Ratio>("\"34/62\"").Should().Be(new Ratio(17, 31));
    }
}
