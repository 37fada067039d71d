namespace PerfMarketing.Monetary;

/// <summary>Decimal arithmetic that says when a digit would be lost.</summary>
internal static class Exact
{
    // System.Decimal rounds silently by giving the result a smaller scale than the exact one needs.
    internal static decimal Multiply(decimal left, decimal right)
    {
        decimal product = left * right;
        return product.Scale >= left.Scale + right.Scale || Confirms(left, right, product)
            ? product
            : throw new InexactArithmeticException();
    }

    internal static decimal Add(decimal left, decimal right)
    {
        decimal sum = left + right;
        return sum.Scale >= Math.Max(left.Scale, right.Scale) || sum - left == right && sum - right == left
            ? sum
            : throw new InexactArithmeticException();
    }

    internal static MidpointRounding Midpoint(RoundingMode mode) => mode switch
    {
        RoundingMode.HalfAwayFromZero => MidpointRounding.AwayFromZero,
        RoundingMode.HalfEven => MidpointRounding.ToEven,
        RoundingMode.Down => MidpointRounding.ToZero,
        RoundingMode.Floor => MidpointRounding.ToNegativeInfinity,
        RoundingMode.Ceiling => MidpointRounding.ToPositiveInfinity,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a rounding mode."),
    };

    internal static decimal Normalise(decimal value, int digitsMin)
    {
        decimal trimmed = value / 1.0000000000000000000000000000m;
        return trimmed.Scale >= digitsMin ? trimmed : decimal.Round(trimmed, digitsMin) + new decimal(0, 0, 0, false, (byte)digitsMin);
    }

    // Trailing zeros may have been dropped without loss: try again with the shortest forms.
    private static bool Confirms(decimal left, decimal right, decimal product)
    {
        decimal a = Normalise(left, 0);
        decimal b = Normalise(right, 0);
        return product == 0 ? a == 0 || b == 0 : (a * b).Scale >= a.Scale + b.Scale;
    }
}
