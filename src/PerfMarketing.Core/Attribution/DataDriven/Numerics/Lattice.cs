using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>Sums over all subsets of a few channels, a set being the bits of its index.</summary>
internal static class Lattice
{
    // What is added up at once, by halves, when sums of a whole game are made.
    private const int SumBlock = 1 << 12;

    // Sets of the first five channels are summed together.
    private const int LeafCount = 32;

    /// <summary>Replaces the number of each set by the sum over its subsets (the zeta transform).</summary>
    /// <param name="numbers">A number for each set.</param>
    internal static void SumSubsets<T>(Span<T> numbers)
        where T : struct, INumber<T>
    {
        if (numbers.Length <= LeafCount)
        {
            SumFewSubsets(numbers);
            return;
        }

        // Three channels at once, after all before them: what is summed together mostly stays in a cache.
        int bits = BitOperations.Log2((uint)(numbers.Length / LeafCount));
        int parts = bits % 3 == 0 ? 8 : 2;
        int length = numbers.Length / parts;
        for (int part = 0; part < parts; part++)
        {
            SumSubsets(numbers.Slice(part * length, length));
        }

        if (parts == 8)
        {
            SumEighths(numbers);
        }
        else
        {
            AddTo(numbers[..length], numbers[length..]);
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

    private static void SumFewSubsets<T>(Span<T> numbers)
        where T : struct, INumber<T>
    {
        // The first two bits together: there is nothing to do four at a time yet.
        for (int i = 0; i + 3 < numbers.Length; i += 4)
        {
            (T none, T first, T second, T both) = (numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3]);
            numbers[i + 1] = none + first;
            numbers[i + 2] = none + second;
            numbers[i + 3] = none + first + (second + both);
        }

        if (numbers.Length == LeafCount && Vector<T>.Count <= 4)
        {
            SumEighths(numbers);
            return;
        }

        for (int bit = numbers.Length >= 4 ? 4 : 1; bit < numbers.Length; bit *= 2)
        {
            for (int start = 0; start < numbers.Length; start += 2 * bit)
            {
                AddTo(numbers.Slice(start, bit), numbers.Slice(start + bit, bit));
            }
        }
    }

    // The last three bits, each eighth being one set of them.
    private static void SumEighths<T>(Span<T> numbers)
        where T : struct, INumber<T>
    {
        nuint eighth = (nuint)(numbers.Length / 8);
        ref T all = ref MemoryMarshal.GetReference(numbers);
        for (nuint i = 0; i < eighth; i = unchecked(i + (nuint)Vector<T>.Count))
        {
            ref T at = ref Unsafe.Add(ref all, i);
            Vector<T> a = Vector.LoadUnsafe(ref at);
            Vector<T> b = Vector.LoadUnsafe(ref at, eighth) + a;
            Vector<T> c = Vector.LoadUnsafe(ref at, 2 * eighth);
            Vector<T> d = Vector.LoadUnsafe(ref at, 3 * eighth) + c + b;
            c += a;
            Vector<T> e = Vector.LoadUnsafe(ref at, 4 * eighth);
            Vector<T> f = Vector.LoadUnsafe(ref at, 5 * eighth) + e;
            Vector<T> g = Vector.LoadUnsafe(ref at, 6 * eighth);
            Vector<T> h = Vector.LoadUnsafe(ref at, 7 * eighth) + g + f + d;
            (g + e + c).StoreUnsafe(ref at, 6 * eighth);
            h.StoreUnsafe(ref at, 7 * eighth);
            b.StoreUnsafe(ref at, eighth);
            c.StoreUnsafe(ref at, 2 * eighth);
            d.StoreUnsafe(ref at, 3 * eighth);
            (e + a).StoreUnsafe(ref at, 4 * eighth);
            (f + b).StoreUnsafe(ref at, 5 * eighth);
        }
    }

    // Replaces each worth by (w(|T|-1) + w(|T|)) v(T), and gives the sum of w(|T|) v(T).
    private static double Weigh(Span<double> game, double[] weights)
    {
        Span<double> inside = stackalloc double[weights.Length + 3];
        Span<double> above = stackalloc double[weights.Length + 3];
        inside.Clear();
        above.Clear();
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
            Span<double> worths = game.Slice(start, block);
            int i = 0;
            for (; i + 3 < block; i += 4)
            {
                // The four sets with the same channels but for the first two have none, one, one and both of those.
                int size = BitOperations.PopCount((uint)(start + i));
                Vector256<double> worth = Vector256.Create<double>(worths[i..]);
                (Vector256.Create(above[size], above[size + 1], above[size + 1], above[size + 2]) * worth)
                    .CopyTo(without, i);
                (Vector256.Create(inside[size], inside[size + 1], inside[size + 1], inside[size + 2]) * worth)
                    .CopyTo(worths[i..]);
            }

            for (; i < block; i++)
            {
                int size = BitOperations.PopCount((uint)(start + i));
                without[i] = above[size] * worths[i];
                worths[i] *= inside[size];
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
