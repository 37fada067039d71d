using System.Numerics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>A number as the sum of two, the second below what the first can tell: 106 binary digits.</summary>
/// <remarks>
/// Each operation is off by less than <see cref="Rounding"/> of its result, of a sum of numbers of one sign too:
/// M. Joldes, J.-M. Muller, V. Popescu, ACM Transactions on Mathematical Software 44(2), 2017. A multiplication with
/// addition is rounded once on every processor, so that all give the same bits.
/// </remarks>
internal readonly record struct TwofoldNumber(double High, double Low) :
    IAdditionOperators<TwofoldNumber, TwofoldNumber, TwofoldNumber>,
    ISubtractionOperators<TwofoldNumber, TwofoldNumber, TwofoldNumber>,
    IMultiplyOperators<TwofoldNumber, TwofoldNumber, TwofoldNumber>,
    IDivisionOperators<TwofoldNumber, TwofoldNumber, TwofoldNumber>
{
    /// <summary>By how much of its result an operation may be off: 2^−102.</summary>
    internal const double Rounding = 1.0 / (1L << 51) / (1L << 51);

    public static TwofoldNumber operator +(TwofoldNumber left, TwofoldNumber right)
    {
        (double high, double rest) = Sum(left.High, right.High);
        (double low, double least) = Sum(left.Low, right.Low);
        (high, rest) = SumOfLess(high, rest + low);
        return new TwofoldNumber(high, rest + least).Tidy();
    }

    public static TwofoldNumber operator -(TwofoldNumber left, TwofoldNumber right) =>
        left + new TwofoldNumber(-right.High, -right.Low);

    public static TwofoldNumber operator *(TwofoldNumber left, TwofoldNumber right)
    {
        double high = left.High * right.High;
        double rest = Math.FusedMultiplyAdd(left.High, right.High, -high);
        double crossed = Math.FusedMultiplyAdd(left.High, right.Low, left.Low * right.High);
        return new TwofoldNumber(high, rest + crossed).Tidy();
    }

    public static TwofoldNumber operator /(TwofoldNumber left, TwofoldNumber right)
    {
        double share = left.High / right.High;
        TwofoldNumber rest = left - (right * new TwofoldNumber(share, 0));
        return new TwofoldNumber(share, rest.High / right.High).Tidy();
    }

    /// <summary>A whole number, exact.</summary>
    internal static TwofoldNumber Of(long number)
    {
        double high = number;
        return new(high, (double)(number - (Int128)high));
    }

    /// <summary>A value in units of 10^−15.</summary>
    internal static TwofoldNumber OfUnits(Int128 units)
    {
        // What rounds up to 2^127 is one more than can be held, which is less than is told.
        double high = (double)units;
        var low = (double)(units - Int128.CreateSaturating(high));
        return new TwofoldNumber(high, low) / new TwofoldNumber(ExactValue.Unit, 0);
    }

    // The sum and what it lacks.
    private static (double Sum, double Lack) Sum(double left, double right)
    {
        double sum = left + right;
        double own = sum - left;
        return (sum, (left - (sum - own)) + (right - own));
    }

    // The same where the second is the smaller.
    private static (double Sum, double Lack) SumOfLess(double great, double small)
    {
        double sum = great + small;
        return (sum, small - (sum - great));
    }

    private TwofoldNumber Tidy()
    {
        (double high, double low) = SumOfLess(High, Low);
        return new(high, low);
    }
}
