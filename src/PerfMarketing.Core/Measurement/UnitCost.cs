using System.Numerics;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>What one result cost on average, as the exact quotient of a cost and a quantity.</summary>
/// <param name="Cost">The cost of all of them.</param>
/// <param name="Quantity">How many they are; above zero.</param>
public readonly record struct UnitCost(Money Cost, decimal Quantity) : ITerms
{
    /// <summary>How many decimals <see cref="Rounded"/> has.</summary>
    public const int Decimals = 6;

    /// <summary>The quotient with six decimals, half away from zero; rounded once, from the exact one.</summary>
    /// <exception cref="OverflowException">It is beyond <see cref="Accrual.AmountMax"/>.</exception>
    public Accrual Rounded => new((decimal)Millionths / Shift(Decimals), Cost.Currency);

    // The rounded quotient in units of its last decimal, which may be beyond every amount.
    private BigInteger Millionths
    {
        get
        {
            int scale = Quantity.Scale;
            BigInteger whole = new BigInteger(Quantity * Shift(scale)) * BigInteger.Pow(10, Cost.Currency.MinorDigits);
            BigInteger part = Cost.MinorUnits * BigInteger.Pow(10, scale + Decimals);
            return part.Sign * (((2 * BigInteger.Abs(part)) + whole) / (2 * whole));
        }
    }

    /// <summary>Reads a unit cost.</summary>
    /// <param name="terms">The terms.</param>
    public static UnitCost Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        UnitCost read = new(terms.Value<Money>("cost"), terms.Number("quantity"));
        Accrual amount = terms.Value<Accrual>("amount");
        if (read.Quantity <= 0 || read.Cost.Currency.IsUnset || !read.IsAmount || read.Rounded != amount)
        {
            terms.Fail("amount", TermCodes.Malformed, "The amount is the cost of one of a positive quantity.");
            return default;
        }

        return read;
    }

    /// <summary>The cost of a number of results; null when there are none.</summary>
    /// <param name="cost">The cost.</param>
    /// <param name="quantity">How many.</param>
    public static UnitCost? Of(Money cost, decimal quantity) => quantity > 0 ? new(cost, quantity) : null;

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("cost", Cost);
        terms.Number("quantity", Quantity);
        terms.Value("amount", Rounded);
    }

    private bool IsAmount => BigInteger.Abs(Millionths) <= new BigInteger(Accrual.AmountMax * Shift(Decimals));

    private static decimal Shift(int digits)
    {
        decimal shift = 1;
        for (int i = 0; i < digits; i++)
        {
            shift *= 10;
        }

        return shift;
    }
}
