using System.Numerics;
using PerfMarketing.Attribution.DataDriven;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>A chain solved in whole numbers, however long they get.</summary>
internal static class ExactChain
{
    /// <summary>
    /// Whether what a removal loses, for each journey, is as near as it says to the difference between the textbook's
    /// chain with and without the set. Fractions are compared, so that nothing is rounded.
    /// </summary>
    internal static bool IsWithin(double found, double bound, ChainCounts counts, int[] setOf, int set)
    {
        (BigInteger kept, BigInteger of) = Converting(counts, channel => setOf[channel] == set);
        BigInteger journeys = counts.Journeys;

        // conversions/journeys − kept/of, and what was found.
        Fraction exact = new((counts.Conversions * of) - (kept * journeys), journeys * of);
        return (Fraction.Of(found) - exact).Size <= Fraction.Of(bound);
    }

    // The probability of converting without the channels, as a fraction: fraction-free elimination (Bareiss) of the
    // equations, with the starts as one row more.
    private static (BigInteger Of, BigInteger Journeys) Converting(ChainCounts counts, Func<int, bool> isRemoved)
    {
        ChainStates states = counts.States;
        int[] left =
        [
            .. Enumerable.Range(0, states.Count)
                .Where(state => !states.Window(state).ToArray().Any(channel => isRemoved(channel))),
        ];
        int n = left.Length;
        BigInteger[][] a = [.. Enumerable.Range(0, n + 1).Select(_ => new BigInteger[n + 1])];
        for (int i = 0; i < n; i++)
        {
            int state = left[i];
            a[i][i] = states.Conversions[state] + states.Nulls[state];
            for (int edge = states.EdgeStarts[state]; edge < states.EdgeStarts[state + 1]; edge++)
            {
                a[i][i] += states.EdgeCounts[edge];
                int target = Array.IndexOf(left, states.EdgeTargets[edge]);
                if (target >= 0)
                {
                    a[i][target] -= states.EdgeCounts[edge];
                }
            }

            a[i][n] = states.Conversions[state];
            a[n][i] = -states.Starts[state];
        }

        BigInteger last = 1;
        for (int k = 0; k < n; k++)
        {
            for (int i = k + 1; i <= n; i++)
            {
                for (int j = k + 1; j <= n; j++)
                {
                    a[i][j] = ((a[i][j] * a[k][k]) - (a[i][k] * a[k][j])) / last;
                }
            }

            last = a[k][k];
        }

        return (a[n][n], last * counts.Journeys);
    }

    private readonly record struct Fraction(BigInteger Over, BigInteger Under)
    {
        internal Fraction Size => new(BigInteger.Abs(Over), BigInteger.Abs(Under));

        public static Fraction operator -(Fraction left, Fraction right) =>
            new((left.Over * right.Under) - (right.Over * left.Under), left.Under * right.Under);

        public static bool operator <=(Fraction left, Fraction right) =>
            left.Over * right.Under <= right.Over * left.Under;

        public static bool operator >=(Fraction left, Fraction right) => right <= left;

        // A number is a whole number times a power of 2.
        internal static Fraction Of(double number)
        {
            long bits = BitConverter.DoubleToInt64Bits(number);
            int power = (int)(bits >> 52) & 0x7FF;
            BigInteger digits = (bits & 0xFFFFFFFFFFFFF) | (power == 0 ? 0 : 1L << 52);
            digits = bits < 0 ? -digits : digits;
            int shift = Math.Max(power, 1) - 1075;
            return shift >= 0 ? new(digits << shift, 1) : new(digits, BigInteger.One << -shift);
        }
    }
}
