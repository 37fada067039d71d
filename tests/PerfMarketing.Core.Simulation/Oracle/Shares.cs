using System.Numerics;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>Shares a whole number out by the largest remainder; ties go to the first.</summary>
internal static class Shares
{
    public static BigInteger[] Split(BigInteger total, IReadOnlyList<BigInteger> weights)
    {
        var size = BigInteger.Abs(total);
        BigInteger sum = weights.Aggregate(BigInteger.Zero, static (s, w) => s + w);
        BigInteger[] parts = [.. weights.Select(w => size * w / sum)];
        BigInteger left = size - parts.Aggregate(BigInteger.Zero, static (s, p) => s + p);
        foreach (int i in Enumerable.Range(0, parts.Length)
            .OrderByDescending(i => size * weights[i] % sum).ThenBy(static i => i).Take((int)left))
        {
            parts[i]++;
        }

        return total.Sign < 0 ? [.. parts.Select(static p => -p)] : parts;
    }

    public static long[] Split(long total, IEnumerable<long> weights) =>
        [.. Split(total, [.. weights.Select(static w => (BigInteger)w)]).Select(static p => (long)p)];
}
