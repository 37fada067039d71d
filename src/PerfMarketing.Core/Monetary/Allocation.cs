using System.Buffers;
using System.Numerics;

namespace PerfMarketing.Monetary;

/// <summary>Divides a whole into parts by weights, so that no unit appears or vanishes.</summary>
/// <remarks>
/// Largest remainder: every part gets its share rounded towards zero, and the units left go one each to the largest
/// remainders, ties to the lower index. A negative whole mirrors the positive one; zero weight gets nothing.
/// </remarks>
public static partial class Allocation
{
    /// <summary>The most parts of one allocation.</summary>
    public const int PartCountMax = 1_000_000;

    private const int OnStack = 16;

    /// <summary>Divides a whole number of units.</summary>
    /// <param name="total">The whole, of any sign.</param>
    /// <param name="weights">One weight for each part: none negative, not all zero.</param>
    /// <returns>The parts, in the order of the weights; they sum to the whole.</returns>
    /// <exception cref="InvalidAllocationException">The weights cannot divide anything.</exception>
    public static long[] Split(long total, ReadOnlySpan<long> weights)
    {
        var parts = new long[weights.Length];
        Split(total, weights, parts);
        return parts;
    }

    /// <summary>Divides a whole number of units into a span of the caller.</summary>
    /// <param name="total">The whole, of any sign.</param>
    /// <param name="weights">One weight for each part: none negative, not all zero.</param>
    /// <param name="parts">Where the parts go: as long as the weights.</param>
    /// <exception cref="InvalidAllocationException">The weights cannot divide anything.</exception>
    public static void Split(long total, ReadOnlySpan<long> weights, Span<long> parts) =>
        Split(total, weights, parts, 0, static (_, units) => (long)units);

    /// <summary>Divides a quantity at 12 decimals, so that credited counts sum to the count exactly.</summary>
    /// <param name="total">The whole, of any sign, with at most 12 decimals.</param>
    /// <param name="weights">One weight for each part: none negative, not all zero.</param>
    /// <param name="parts">Where the parts go: as long as the weights.</param>
    /// <exception cref="InvalidAllocationException">The weights cannot divide anything.</exception>
    /// <exception cref="ArgumentException">The whole has more than 12 decimals.</exception>
    /// <exception cref="OverflowException">The whole is beyond 10^26.</exception>
    public static void Split(decimal total, ReadOnlySpan<long> weights, Span<decimal> parts)
    {
        decimal trimmed = Exact.Trim(total);
        if (trimmed.Scale > Accrual.Decimals)
        {
            throw new ArgumentException("A quantity has at most 12 decimals.", nameof(total));
        }

        Int128 units = (Int128)(Exact.Mantissa(trimmed) * Exact.PowerOfTen(Accrual.Decimals - trimmed.Scale));
        Split(total < 0 ? -units : units, weights, parts, 0, static (_, u) => Exact.FromUnits(u, Accrual.Decimals));
    }

    internal static void Split<TPart, TState>(
        Int128 total, ReadOnlySpan<long> weights, Span<TPart> parts, TState state, Func<TState, Int128, TPart> toPart)
    {
        UInt128 sum = Sum(weights);
        if (parts.Length != weights.Length)
        {
            throw new ArgumentException("There is one part for each weight.", nameof(parts));
        }

        UInt128 units = (UInt128)Int128.Abs(total);
        if (Exact.IsShort(units, sum))
        {
            Divide((ulong)units, weights, (ulong)sum, parts, (state, toPart, total < 0));
        }
        else
        {
            Divide(units, weights, sum, parts, (state, toPart, total < 0));
        }
    }

    // Once with 64 bits, which nearly always do, and once with 128.
    private static void Divide<T, TPart, TState>(
        T total,
        ReadOnlySpan<long> weights,
        T sum,
        Span<TPart> parts,
        (TState State, Func<TState, Int128, TPart> ToPart, bool IsNegative) whole)
        where T : unmanaged, IBinaryInteger<T>
    {
        Share<T>[]? rented = weights.Length > OnStack ? ArrayPool<Share<T>>.Shared.Rent(weights.Length) : null;
        Span<Share<T>> shares = rented is null ? stackalloc Share<T>[OnStack] : rented;
        shares = shares[..weights.Length];
        T left = total;
        for (int i = 0; i < weights.Length; i++)
        {
            T units = Portion(total, weights[i], sum, out T remainder);
            shares[i] = new(units, remainder, i);
            left -= units;
        }

        GiveRest(shares, int.CreateTruncating(left));
        foreach (Share<T> share in shares)
        {
            var units = Int128.CreateTruncating(share.Units);
            parts[share.Index] = whole.ToPart(whole.State, whole.IsNegative ? -units : units);
        }

        if (rented is not null)
        {
            ArrayPool<Share<T>>.Shared.Return(rented);
        }
    }

    private static T Portion<T>(T total, long weight, T sum, out T remainder)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (typeof(T) == typeof(ulong))
        {
            (T portion, remainder) = T.DivRem(total * T.CreateTruncating(weight), sum);
            return portion;
        }

        UInt128 units = Exact.MultiplyDivide(
            UInt128.CreateTruncating(total), (ulong)weight, UInt128.CreateTruncating(sum), out UInt128 left);
        remainder = T.CreateTruncating(left);
        return T.CreateTruncating(units);
    }

    private static void GiveRest<T>(Span<Share<T>> shares, int left)
        where T : unmanaged, IBinaryInteger<T>
    {
        bool isSorted = shares.Length > OnStack;
        if (isSorted)
        {
            shares.Sort();
        }

        for (int i = 0; i < left; i++)
        {
            int best = isSorted ? i : Largest<T>(shares);
            shares[best] = shares[best].WithOneMore;
        }
    }

    private static int Largest<T>(ReadOnlySpan<Share<T>> shares)
        where T : unmanaged, IBinaryInteger<T>
    {
        int best = 0;
        for (int i = 1; i < shares.Length; i++)
        {
            best = shares[i].Remainder > shares[best].Remainder ? i : best;
        }

        return best;
    }

    private static UInt128 Sum(ReadOnlySpan<long> weights)
    {
        if (weights.Length is 0 or > PartCountMax)
        {
            throw new InvalidAllocationException("An allocation has from one to 1,000,000 weights.");
        }

        UInt128 sum = 0;
        foreach (long weight in weights)
        {
            sum += weight >= 0
                ? (ulong)weight
                : throw new InvalidAllocationException("A weight of an allocation is not negative.");
        }

        return sum > 0 ? sum : throw new InvalidAllocationException("The weights of an allocation are not all zero.");
    }

    // Sorts the largest remainder first, then the lower index.
    private readonly record struct Share<T>(T Units, T Remainder, int Index) : IComparable<Share<T>>
        where T : unmanaged, IBinaryInteger<T>
    {
        // Fewer units are left than there are remainders, so no share is asked twice.
        public Share<T> WithOneMore => new(Units + T.One, T.Zero, Index);

        public int CompareTo(Share<T> other)
        {
            int order = other.Remainder.CompareTo(Remainder);
            return order != 0 ? order : Index.CompareTo(other.Index);
        }
    }
}
