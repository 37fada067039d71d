using System.Buffers;

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

    private const int OnStack = 64;

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
    public static void Split(decimal total, ReadOnlySpan<long> weights, Span<decimal> parts)
    {
        decimal trimmed = Exact.Trim(total);
        if (trimmed.Scale > Accrual.Decimals)
        {
            throw new ArgumentException("A quantity has at most 12 decimals.", nameof(total));
        }

        Int128 units = (Int128)(Exact.Mantissa(trimmed) * (UInt128)Exact.PowerOfTen(Accrual.Decimals - trimmed.Scale));
        Split(
            total < 0 ? -units : units,
            weights,
            parts,
            0,
            static (_, units) => Exact.Trim(Exact.Compose((UInt128)Int128.Abs(units), Accrual.Decimals, units < 0)));
    }

    internal static void Split<T, TState>(
        Int128 total, ReadOnlySpan<long> weights, Span<T> parts, TState state, Func<TState, Int128, T> toPart)
    {
        UInt128 sum = Sum(weights);
        if (parts.Length != weights.Length)
        {
            throw new ArgumentException("There is one part for each weight.", nameof(parts));
        }

        Share[]? rented = weights.Length > OnStack ? ArrayPool<Share>.Shared.Rent(weights.Length) : null;
        Span<Share> shares = rented is null ? stackalloc Share[OnStack] : rented;
        shares = shares[..weights.Length];
        Divide((UInt128)Int128.Abs(total), weights, sum, shares);
        foreach (Share share in shares)
        {
            parts[share.Index] = toPart(state, total < 0 ? -(Int128)share.Units : (Int128)share.Units);
        }

        if (rented is not null)
        {
            ArrayPool<Share>.Shared.Return(rented);
        }
    }

    private static void Divide(UInt128 total, ReadOnlySpan<long> weights, UInt128 sum, Span<Share> shares)
    {
        UInt128 left = total;
        for (int i = 0; i < weights.Length; i++)
        {
            UInt128 units = Exact.MultiplyDivide(total, (ulong)weights[i], sum, out UInt128 remainder);
            shares[i] = new(units, remainder, i);
            left -= units;
        }

        if (left > 0)
        {
            shares.Sort();
            for (int i = 0; i < (int)left; i++)
            {
                shares[i] = shares[i] with { Units = shares[i].Units + 1 };
            }
        }
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
    private readonly record struct Share(UInt128 Units, UInt128 Remainder, int Index) : IComparable<Share>
    {
        public int CompareTo(Share other)
        {
            int order = other.Remainder.CompareTo(Remainder);
            return order != 0 ? order : Index.CompareTo(other.Index);
        }
    }
}
