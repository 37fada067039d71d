using System.Numerics;

namespace PerfMarketing.Tests.Attribution;

/// <summary>
/// 2^−(age / half-life) to 160 bits from integer square roots: nothing in common with the tables under test.
/// </summary>
internal static class HalvingReference
{
    internal const int Bits = 160;

    private static readonly BigInteger[] Roots = MakeRoots();

    /// <summary>2^160 · 2^−(age / half-life), with an error below 2^9.</summary>
    internal static BigInteger Of(BigInteger age, BigInteger halfLife)
    {
        BigInteger halvings = BigInteger.DivRem(age, halfLife, out BigInteger rest);
        BigInteger power = BigInteger.One << Bits;
        for (int bit = 0; bit < Bits; bit++)
        {
            rest *= 2;
            if (rest >= halfLife)
            {
                rest -= halfLife;
                power = (power * Roots[bit]) >> Bits;
            }
        }

        return power >> (int)BigInteger.Min(halvings, Bits + 1);
    }

    // Roots[i] = 2^(−2^(−i−1)): the square root of the one before, the first that of one half.
    private static BigInteger[] MakeRoots()
    {
        var roots = new BigInteger[Bits];
        BigInteger value = BigInteger.One << (Bits - 1);
        for (int i = 0; i < Bits; i++)
        {
            value = SquareRoot(value << Bits);
            roots[i] = value;
        }

        return roots;
    }

    private static BigInteger SquareRoot(BigInteger value)
    {
        BigInteger root = BigInteger.One << (int)((value.GetBitLength() / 2) + 1);
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
