using FsCheck.Fluent;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Monetary;

public sealed class RoundingTests
{
    // Source: cases/billing-cases.json, kind rounding; half-up there is half away from zero here.
    [Theory]
    [InlineData("round-123.456-half-up-2", "123.456", RoundingMode.HalfAwayFromZero, 2, "123.46")]
    [InlineData("round-123.456-half-up-0", "123.456", RoundingMode.HalfAwayFromZero, 0, "123")]
    [InlineData("round-123.456-half-up--2", "123.456", RoundingMode.HalfAwayFromZero, -2, "100")]
    [InlineData("round-123.456-ceil-2", "123.456", RoundingMode.Ceiling, 2, "123.46")]
    [InlineData("round-123.456-floor-2", "123.456", RoundingMode.Floor, 2, "123.45")]
    [InlineData("round-123.456-floor--2", "123.456", RoundingMode.Floor, -2, "100")]
    [InlineData("round0-1.5-half-up", "1.5", RoundingMode.HalfAwayFromZero, 0, "2")]
    [InlineData("round0--2.5-half-up", "-2.5", RoundingMode.HalfAwayFromZero, 0, "-3")]
    [InlineData("round0-2.5-half-up", "2.5", RoundingMode.HalfAwayFromZero, 0, "3")]
    [InlineData("round0--2.5-half-even", "-2.5", RoundingMode.HalfEven, 0, "-2")]
    [InlineData("round0-2.5-half-even", "2.5", RoundingMode.HalfEven, 0, "2")]
    [InlineData("round0--123.456-floor", "-123.456", RoundingMode.Floor, 0, "-124")]
    [InlineData("a digit breaks the tie", "50.0000000000000000000000001", RoundingMode.HalfEven, -2, "100")]
    [InlineData("just below the half", "49.9999999999999999999999999", RoundingMode.HalfAwayFromZero, -2, "0")]
    public void Numbers_are_rounded_at_any_digit(
        string id, string value, RoundingMode mode, int digits, string expected) =>
        Rounding.Round(value.AsDecimal(), digits, mode).Should().Be(expected.AsDecimal(), id);

    // Source: cases/billing-cases.json, kind rounding; a division is prorated and rounded once.
    [Fact]
    public void A_quotient_is_rounded_once() =>
        Money.FromMinor(10, Currency.Jpy).Prorate(new Ratio(10, 18), RoundingMode.Down).MinorUnits
            .Should().Be(5, "round0-10/1.8-down");

    [Fact]
    public void Every_mode_agrees_with_exact_fractions() => Any.Holds(
        from value in Any.Decimal
        from digits in Gen.Choose(-28, 28)
        from mode in Gen.Elements(Enum.GetValues<RoundingMode>())
        select (value, digits, mode),
        static v =>
        {
            try
            {
                return ((Fraction)v.value).Round(v.digits, v.mode).Is(Rounding.Round(v.value, v.digits, v.mode));
            }
            catch (OverflowException)
            {
                // A number near the greatest decimal, rounded up to tens.
                return Math.Abs(v.value) > decimal.MaxValue / 2;
            }
        },
        count: 20_000);

    [Fact]
    public void Symmetric_modes_mirror_and_the_others_say_so() => Any.Holds(
        from value in Any.Decimal
        from mode in Gen.Elements(Enum.GetValues<RoundingMode>())
        select (value, mode),
        static v => !v.mode.IsSymmetric || Rounding.Round(-v.value, 2, v.mode) == -Rounding.Round(v.value, 2, v.mode));

    [Fact]
    public void Floor_and_ceiling_are_not_symmetric()
    {
        Enum.GetValues<RoundingMode>().Where(static m => !m.IsSymmetric)
            .Should().Equal(RoundingMode.Floor, RoundingMode.Ceiling);
        new RoundingPolicy(RoundingMode.Floor).IsSymmetric.Should().BeFalse();
        default(RoundingPolicy).IsSymmetric.Should().BeTrue();
    }

    [Fact]
    public void Digits_and_modes_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => Rounding.Round(1, 29)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Rounding.Round(1, -29)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Rounding.Round(1, 2, (RoundingMode)9))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => 1.Eur.Prorate(Ratio.One, (RoundingMode)9))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_policy_is_written_as_terms_and_read_back()
    {
        RoundingPolicy policy = new(RoundingMode.HalfEven, RoundAt.Period);
        TermNode node = TermNode.Of(policy);
        TermFailures failures = [];

        node.Find("mode")!.Text.Should().Be("half-even");
        node.Find("at")!.Text.Should().Be("period");
        TermReader.Read(node, failures, RoundingPolicy.Read).Should().Be(policy);
        TermNode.Of(default(RoundingPolicy)).Names.Should().BeEmpty("defaults are left out");
        TermReader.Read(TermNode.Of(default(RoundingPolicy)), failures, RoundingPolicy.Read)
            .Should().Be(default(RoundingPolicy));
        failures.Should().BeEmpty();
    }

    [Fact]
    public void An_unknown_mode_is_noted()
    {
        TermFailures failures = [];
        TermReader.Read(
            TermNode.OfObject(["mode"], [TermNode.OfText("half-up")]), failures, RoundingPolicy.Read);

        failures.Should().ContainSingle().Which.Path.Should().Be("$.mode");
    }
}
