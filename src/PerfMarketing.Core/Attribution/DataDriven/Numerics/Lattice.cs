using System.Numerics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>Sums over all subsets of a few channels, a set being the bits of its index.</summary>
internal static class Lattice
{
    // So many numbers stay in the cache of one processor while all of their bits are summed.
    private const int CachedCount = 1 << 14;

    // What is added up at once, by halves, when sums of a whole game are made.
    private const int SumBlock = 1 << 12;

    /// <summary>Replaces the number of each set by the sum over its subsets (the zeta transform).</summary>
    /// <param name="numbers">A number for each set.</param>
    internal static void SumSubsets<T>(Span<T> numbers)
        where T : struct, INumber<T>
    {
        int half = numbers.Length / 2;
        if (numbers.Length > CachedCount)
        {
            SumSubsets(numbers[..half]);
            SumSubsets(numbers[half..]);
            AddTo(numbers[..half], numbers[half..]);
            return;
        }

        // The first two bits together: there is nothing to do four at a time yet.
        for (int i = 0; i + 3 < numbers.Length; i += 4)
        {
            (T none, T first, T second, T both) = (numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3]);
            numbers[i + 1] = none + first;
            numbers[i + 2] = none + second;
            numbers[i + 3] = none + first + (second + both);
        }

        for (int bit = numbers.Length >= 4 ? 4 : 1; bit < numbers.Length; bit *= 2)
        {
            for (int start = 0; start < numbers.Length; start += 2 * bit)
            {
                AddTo(numbers.Slice(start, bit), numbers.Slice(start + bit, bit));
            }
        }
    }

    /// <summary>Shapley's value of a game in time linear in the number of sets.</summary>
    /// <remarks>
    /// With w(s) = s!(n−1−s)!/n! the value of channel i is the sum over sets T with i of (w(|T|−1) + w(|T|))·v(T), less
    /// the sum over all sets but the whole of w(|T|)·v(T). The first sums are found by folding the upper half of the
    /// sets onto the lower, channel by channel.
    /// </remarks>
    /// <param name="game">What each set is worth; of no channels 0. It is not kept.</param>
    /// <param name="channels">How many channels there are.</param>
    internal static double[] Shapley(Span<double> game, int channels)
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

        double rest = Weigh(game, weights);
        var value = new double[channels];
        for (int bit = channels - 1; bit >= 0; bit--)
        {
            int half = 1 << bit;
            value[bit] = FoldedSum.Of(game.Slice(half, half)) - rest;
            AddTo(game.Slice(half, half), game.Slice(0, half));
        }

        return value;
    }

    // Replaces each worth by (w(|T|-1) + w(|T|)) v(T), and gives the sum of w(|T|) v(T).
    private static double Weigh(Span<double> game, double[] weights)
    {
        Span<double> inside = stackalloc double[weights.Length + 1];
        Span<double> above = stackalloc double[weights.Length + 1];
        for (int size = 0; size <= weights.Length; size++)
        {
            above[size] = size == weights.Length ? 0 : weights[size];
            inside[size] = (size == 0 ? 0 : weights[size - 1]) + above[size];
        }

        int block = Math.Min(SumBlock, game.Length);
        var without = new double[block];
        var sums = new double[game.Length / block];
        for (int start = 0; start < game.Length; start += block)
        {
            for (int i = 0; i < block; i++)
            {
                int size = BitOperations.PopCount((uint)(start + i));
                double worth = game[start + i];
                without[i] = above[size] * worth;
                game[start + i] = inside[size] * worth;
            }

            sums[start / block] = FoldedSum.Of(without);
        }

        return FoldedSum.Of(sums);
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
