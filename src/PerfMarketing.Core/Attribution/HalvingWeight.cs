using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfMarketing.Attribution;

/// <summary>
/// Powers of one half as integers, by integer arithmetic only, so that every platform gives the same bits.
/// </summary>
/// <remarks>
/// 2^−x is the product of its whole halvings (a shift), four table look-ups of four bits each for the upper 16 bits of
/// the fraction, and the series 1 − y + y²/2 − y³/6 with y = x·ln 2 for the rest (below 2^−16, so what is left out is
/// below 2^−68).
/// </remarks>
internal static class HalvingWeight
{
    /// <summary>The weight of something that was not halved at all is 2^46.</summary>
    internal const int ScaleBits = 46;

    /// <summary>The weight of something that was not halved at all: 2^46.</summary>
    internal const long One = 1L << ScaleBits;

    private const int TableBits = 63;

    // ln 2 · 2^64.
    private const ulong Ln2 = 0xB17217F7D1CF79AC;

    // A row for each of the upper four hexadecimal digits d of a fraction, an entry for each of its values:
    // 2^63 · 2^(−value / 16^d).
    private static ReadOnlySpan<ulong> Powers =>
    [
        0x8000000000000000, 0x7A92BE8A92436616, 0x75606373EE921C97, 0x70666F76154A7089,
        0x6BA27E656B4EB57A, 0x6712460A8FC24072, 0x62B39508AA836D6F, 0x5E8451CFAC061B5F,
        0x5A827999FCEF3242, 0x56AC1F752150A563, 0x52FF6B54D8A89C75, 0x4F7A993048D088D7,
        0x4C1BF828C6DC54B8, 0x48E1E9B9D588E19B, 0x45CAE0F1F545EB73, 0x42D561B3E6243D8A,

        0x8000000000000000, 0x7FA765ACA88F6453, 0x7F4F08AE3DC7C426, 0x7EF6E8DA4B544F9A,
        0x7E9F06067A4360BA, 0x7E47600890F223DE, 0x7DEFF6B672F84E24, 0x7D98C9E62113E1FA,
        0x7D41D96DB915019D, 0x7CEB252375C9CF9B, 0x7C94ACDDAEEA5D3A, 0x7C3E7072D904A6CE,
        0x7BE86FB985689DDC, 0x7B92AA886214411C, 0x7B3D20B6399FC237, 0x7AE7D219F329B948,

        0x8000000000000000, 0x7FFA748DFF8DC61F, 0x7FF4E9597BED93AB, 0x7FEF5E6272758C21,
        0x7FE9D3A8E07BF086, 0x7FE4492CC3571F68, 0x7FDEBEEE185D94DD, 0x7FD934ECDCE5EA7D,
        0x7FD3AB290E46D769, 0x7FCE21A2A9D73041, 0x7FC89859ACEDE72A, 0x7FC30F4E14E20BC6,
        0x7FBD867FDF0ACB3B, 0x7FB7FDEF08BF7027, 0x7FB2759B8F5762AA, 0x7FACED85702A285D,

        0x8000000000000000, 0x7FFFA74712C3CDFD, 0x7FFF4E8E6306ED59, 0x7FFEF5D5F0C93372,
        0x7FFE9D1DBC0A75AA, 0x7FFE4465C4CA895F, 0x7FFDEBAE0B0943F2, 0x7FFD92F68EC67AC3,
        0x7FFD3A3F50020332, 0x7FFCE1884EBBB29F, 0x7FFC88D18AF35E6B, 0x7FFC301B04A8DBF6,
        0x7FFBD764BBDC00A2, 0x7FFB7EAEB08CA1CD, 0x7FFB25F8E2BA94DB, 0x7FFACD435265AF2B,
    ];

    /// <summary>2^46 · 2^(−age / half-life), to the nearest integer; 0 from 47 halvings on.</summary>
    /// <remarks>The error is at most 0.51.</remarks>
    /// <param name="age">The age, at least 0, in the unit of the half-life.</param>
    /// <param name="halfLife">The half-life, at least 1 and at most 2^62.</param>
    internal static long Of(UInt128 age, ulong halfLife)
    {
        Debug.Assert(halfLife is > 0 and <= 1UL << 62, "The half-life is out of range.");
        if (age >= (UInt128)halfLife * (ScaleBits + 1))
        {
            return 0;
        }

        (ulong halvings, ulong rest) = age <= ulong.MaxValue
            ? Math.DivRem((ulong)age, halfLife)
            : ((ulong)(age / halfLife), (ulong)(age % halfLife));
        return OfParts((int)halvings, (ulong)(((UInt128)rest << 64) / halfLife));
    }

    /// <summary>The weight after whole halvings and a fraction of one.</summary>
    /// <param name="halvings">From 0 to <see cref="ScaleBits"/>.</param>
    /// <param name="fraction">In units of 2^−64.</param>
    internal static long OfParts(int halvings, ulong fraction)
    {
        int shift = TableBits - ScaleBits + halvings;
        return (long)((OfFraction(fraction) + (1UL << (shift - 1))) >> shift);
    }

    /// <summary>2^63 · 2^(−fraction / 2^64), within 16 of the exact value.</summary>
    /// <param name="fraction">The exponent's fraction in units of 2^−64.</param>
    internal static ulong OfFraction(ulong fraction)
    {
        ulong high = Product(Powers[(int)(fraction >> 60)], Powers[16 + (int)((fraction >> 56) & 15)]);
        ulong low = Product(Powers[32 + (int)((fraction >> 52) & 15)], Powers[48 + (int)((fraction >> 48) & 15)]);

        // Below 2^−16 of a halving: y, y² and y³ in units of 2^−64.
        ulong y = Math.BigMul(fraction & 0xFFFF_FFFF_FFFF, Ln2, out _);
        ulong square = Math.BigMul(y, y, out _);
        ulong cube = Math.BigMul(square, y, out _);
        ulong tail = (1UL << TableBits) - ((y - (square / 2) + (cube / 6)) / 2);
        return Product(Product(high, low), tail);
    }

    // Both factors and the result are at most one, in units of 2^−63.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Product(ulong left, ulong right)
    {
        ulong upper = Math.BigMul(left, right, out ulong lower);
        return (upper << 1) | (lower >> 63);
    }
}
