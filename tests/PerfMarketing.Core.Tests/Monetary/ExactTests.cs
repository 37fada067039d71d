using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tests.Monetary;

public sealed class ExactTests
{
    [Fact]
    public void A_sum_is_exact_or_refused() => Any.Holds(
        Any.Decimal.Two(),
        static pair => ExactOrRefused(
            () => Exact.Add(pair.Item1, pair.Item2), (Fraction)pair.Item1 + pair.Item2),
        count: 20_000);

    [Fact]
    public void A_product_is_exact_or_refused() => Any.Holds(
        Any.Decimal.Two(),
        static pair => ExactOrRefused(
            () => Exact.Multiply(pair.Item1, pair.Item2), (Fraction)pair.Item1 * pair.Item2),
        count: 20_000);

    [Fact]
    public void Sums_products_and_order_are_those_of_decimal_bit_for_bit() => Any.Holds(
        Gen.OneOf(
            Any.Decimal.Two(),
            OfFewDigits.Two(),
            OfFewDigits.Select(static d => (d, -d)),
            OfFewDigits.Select(static d => (d, -d * 1.00m)),
            OfFewDigits.Select(static d => (-d * 1.000m, d))),
        static pair => Same(static (l, r) => Exact.Add(l, r), static (l, r) => l + r, pair)
            && Same(static (l, r) => Exact.Multiply(l, r), static (l, r) => l * r, pair)
            && Math.Sign(Exact.Compare(pair.Item1, pair.Item2)) == pair.Item1.CompareTo(pair.Item2),
        count: 100_000);

    [Fact]
    public void A_quotient_is_rounded_once_by_every_mode() => Any.Holds(
        from numerator in Any.Long
        from divisor in Any.Long
        from mode in Gen.Elements(Enum.GetValues<RoundingMode>())
        select (numerator, Divisor: Math.Max(1, divisor & long.MaxValue), mode),
        static v => new Fraction(Exact.Divide((Int128)v.numerator, v.Divisor, v.mode), 1)
            .Is(new Fraction(v.numerator, v.Divisor).Round(0, v.mode)));

    [Fact]
    public void Multiply_then_divide_never_overflows_on_the_way() => Any.Holds(
        Any.Long.Four(),
        static v =>
        {
            UInt128 value = ((UInt128)(ulong)(v.Item1 & long.MaxValue) << 26) | (uint)(v.Item2 & 0xFFFF);
            ulong factor = (ulong)(v.Item3 & long.MaxValue);
            UInt128 divisor = (UInt128)Math.Max(1, v.Item4 & long.MaxValue) + factor;
            UInt128 quotient = Exact.MultiplyDivide(value, factor, divisor, out UInt128 remainder);
            return (BigInteger)quotient * divisor + remainder == (BigInteger)value * factor && remainder < divisor;
        });

    [Fact]
    public void A_share_has_no_end_only_where_twelve_decimals_do_not_hold_it() => Any.Holds(
        from minor in Any.Decimal
        from part in Any.Ratio
        select (Amount: minor % Accrual.AmountMax, Part: part),
        static v =>
        {
            Accrual amount = new(v.Amount, Currency.Eur);
            Fraction exact = (Fraction)v.Amount * new Fraction(v.Part.Numerator, v.Part.Denominator);
            return v.Part.Denominator == 1
                ? ExactOrRefused(() => amount.Share(v.Part).Amount, exact)
                : ExactOrRefused(
                    () => amount.Share(v.Part).Amount, exact.Round(Accrual.Decimals, RoundingMode.HalfAwayFromZero));
        });

    [Theory]
    [InlineData("more than 28 decimals", "0.00000000000001", "0.000000000000001")]
    [InlineData("more than 96 bits", "79228162514264337593543950335", "0.3")]
    public void A_lost_digit_is_an_error(string reason, string left, string right)
    {
        Action multiply = () => Exact.Multiply(left.AsDecimal(), right.AsDecimal());

        multiply.Should().Throw<InexactArithmeticException>(reason);
    }

    [Fact]
    public void Digits_that_fit_after_all_are_no_error() =>
        Exact.Multiply(0.50000000000000m, 0.200000000000000m).Should().Be(0.1m);

    private static Gen<decimal> OfFewDigits { get; } =
        from digits in Any.Long
        from scale in Gen.Choose(0, 20)
        from drop in Gen.Choose(0, 63)
        select new decimal(
            unchecked((int)(digits >> drop)),
            unchecked((int)((digits >> drop) >> 32)),
            0,
            digits % 3 == 0,
            (byte)scale);

    // Where a digit is lost, only ours says so.
    private static bool Same(
        Func<decimal, decimal, decimal> ours,
        Func<decimal, decimal, decimal> theirs,
        (decimal Left, decimal Right) pair)
    {
        try
        {
            return decimal.GetBits(ours(pair.Left, pair.Right))
                .SequenceEqual(decimal.GetBits(theirs(pair.Left, pair.Right)));
        }
        catch (InexactArithmeticException)
        {
            return true;
        }
        catch (OverflowException)
        {
            return true;
        }
    }

    // Values beyond bounds may overflow; nothing else may go wrong, and nothing may be lost.
    private static bool ExactOrRefused(Func<decimal> compute, Fraction expected)
    {
        try
        {
            return expected.Is(compute());
        }
        catch (InexactArithmeticException)
        {
            return true;
        }
        catch (OverflowException)
        {
            return true;
        }
    }
}
