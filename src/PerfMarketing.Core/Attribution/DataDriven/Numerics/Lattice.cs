using System.Numerics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>Sums over all subsets of a few channels, a set being the bits of its index.</summary>
internal static class Lattice
{
    /// <summary>Replaces the number of each set by the sum over its subsets (the zeta transform).</summary>
    internal static void SumSubsets<T>(T[] numbers, int channels)
        where T : struct, INumber<T>
    {
        for (int bit = 0; bit < channels; bit++)
        {
            int half = 1 << bit;
            for (int start = 0; start < numbers.Length; start += 2 * half)
            {
                AddTo(numbers.AsSpan(start, half), numbers.AsSpan(start + half, half));
            }
        }
    }

    /// <summary>Shapley's value of a game in time linear in the number of sets.</summary>
    /// <remarks>
    /// With w(s) = s!(n−1−s)!/n! the value of channel i is the sum over sets T with i of (w(|T|−1) + w(|T|))·v(T), less
    /// the sum over all sets but the whole of w(|T|)·v(T). The first sums are found by folding the upper half of the
    /// sets onto the lower, channel by channel.
    /// </remarks>
    /// <param name="game">What each set is worth; of no channels 0.</param>
    /// <param name="channels">How many channels there are.</param>
    internal static double[] Shapley(double[] game, int channels)
    {
        if (channels == 0)
        {
            return [];
        }

        var weights = new double[channels];
        weights[0] = 1.0 / channels;
        for (int s = 1; s < channels; s++)
        {
            weights[s] = weights[s - 1] * s / (channels - s);
        }

        var folded = new double[game.Length];
        var without = new double[game.Length];
        for (int set = 0; set < game.Length; set++)
        {
            int size = BitOperations.PopCount((uint)set);
            double below = size == 0 ? 0 : weights[size - 1];
            double above = size == channels ? 0 : weights[size];
            folded[set] = (below + above) * game[set];
            without[set] = above * game[set];
        }

        double rest = FoldedSum.Of(without);
        var value = new double[channels];
        for (int bit = channels - 1; bit >= 0; bit--)
        {
            int half = 1 << bit;
            value[bit] = FoldedSum.Of(folded.AsSpan(half, half)) - rest;
            AddTo(folded.AsSpan(half, half), folded.AsSpan(0, half));
        }

        return value;
    }

    private static void AddTo<T>(ReadOnlySpan<T> addend, Span<T> sum)
        where T : struct, INumber<T>
    {
        int i = 0;
        for (; i <= sum.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            (new Vector<T>(sum[i..]) + new Vector<T>(addend[i..])).CopyTo(sum[i..]);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] = unchecked(sum[i] + addend[i]);
        }
    }
}
