using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>Solves a chain for many removals at once by Gauss–Seidel sweeps over sixteen columns.</summary>
/// <remarks>
/// The columns are the expected conversions, or value, of those who enter a removed state: sums of products of numbers
/// that are not negative, so that the smallest effects keep their precision. Multiplications and additions are
/// separate, so that every processor gives the same bits.
/// </remarks>
internal sealed class BlockSolver(ChainGraph graph)
{
    /// <summary>The most sweeps; a chain that needs more is solved by <see cref="Elimination"/>.</summary>
    internal const int SweepsMax = 4_000;

    // What has not settled by so many sweeps starts again and is not extended any more: extending can lead astray.
    internal const int ExtendedMax = 1_200;

    private const int Width = 16;
    private const int Half = 8;
    private const int BaseWidth = 4;
    private const double Still = 4e-16;
    private const double BaseStill = 1e-14;
    private const int SettlingMax = 64;
    private const double Settled = 1e-16;

    // Of what is given: while the equations are further from holding, something is still on its way to the start.
    private const double Reached = 1e-9;

    // How little what reaches the start moves, in proportion, before the equations themselves are looked at: the less,
    // the longer a chain goes on, since errors are then greater than the last step.
    private const double LeastStill = 1e-15;
    private const double MostStill = 1e-13;
    private const double StillOfStep = 4e-13;

    // By the bits of a mask, all ones in the lanes that it names.
    private static readonly Vector512<double>[] LaneMasks = [.. Enumerable.Range(0, 1 << Half).Select(static mask =>
        Vector512.LessThan(
            Vector512<long>.Zero, Vector512.Create((long)mask) & Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128))
        .AsDouble())];

    /// <summary>Solves for conversion, value and steps of every state.</summary>
    /// <returns>The solution; null when it does not settle.</returns>
    internal ChainBase? SolveBase()
    {
        int count = graph.Count;
        var x = new double[BaseWidth * count];
        var old = new double[x.Length];
        var sources = new Vector256<double>[count];
        for (int i = 0; i < count; i++)
        {
            double left = graph.Out[i];
            sources[i] = Vector256.Create(
                graph.Conversions[i] / left, graph.Values[i] / left, graph.Entered[i] / left, 0);
        }

        Span<double> first = stackalloc double[BaseWidth];
        Span<double> second = stackalloc double[BaseWidth];
        Span<double> third = stackalloc double[BaseWidth];
        bool isStill = false;
        for (int sweep = 0; sweep < SweepsMax; sweep += 3)
        {
            SweepBase(x, sources, first);
            SweepBase(x, sources, second);
            x.CopyTo(old, 0);
            Vector256<double> moved = SweepBase(x, sources, third);

            // The value may cancel to nearly nothing somewhere; conversion and steps cannot.
            if (moved[0] <= Still && moved[2] <= Still)
            {
                return Split(x);
            }

            if (sweep == ExtendedMax)
            {
                Array.Clear(x);
            }

            isStill = isStill || IsStill(second, third, BaseStill);
            if (!isStill && sweep < ExtendedMax)
            {
                Extend(x, old, Vector256.Create(Factors(first, second, third, BaseStill)));
            }
        }

        return null;
    }

    /// <summary>The conversions and value of those who enter each of the sets, for each journey.</summary>
    /// <param name="sets">Which states are in which set.</param>
    /// <param name="all">The chain with nothing removed.</param>
    /// <param name="threads">How many threads may work at once.</param>
    /// <returns>The hits of conversions, of value, and the greatest residual; null when it does not settle.</returns>
    internal (double[] Conversion, double[] Value, double Residual)? SolveHits(
        RemovalSets sets, ChainBase all, int threads)
    {
        bool hasValue = Array.Exists(graph.Values, static v => v != 0) && !graph.HasOneValue;
        int eights = (sets.Count + RemovalSets.Lanes - 1) / RemovalSets.Lanes;
        List<(int Eight, double[] Given)> groups = [.. Enumerable.Range(0, eights).Select(i => (i, all.Conversion))];
        if (hasValue)
        {
            groups.AddRange(Enumerable.Range(0, eights).Select(i => (i, all.Value)));
        }

        int blocks = (groups.Count + 1) / 2;
        double still = Math.Clamp(StillOfStep / all.StepsMax, LeastStill, MostStill);
        var hits = new double[blocks * Width];
        var residuals = new double[blocks];
        void Solve(int block)
        {
            (int Eight, double[] Given) low = groups[2 * block];
            (int Eight, double[] Given) high = (2 * block) + 1 < groups.Count ? groups[(2 * block) + 1] : low;
            Block columns = new(sets.Masks(low.Eight), low.Given, sets.Masks(high.Eight), high.Given);
            residuals[block] = SolveBlock(columns, still, hits.AsSpan(Width * block, Width));
        }

        if (threads > 1 && blocks > 1)
        {
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, Solve);
        }
        else
        {
            for (int block = 0; block < blocks; block++)
            {
                Solve(block);
            }
        }

        // One block that did not settle is enough: the greatest of numbers takes no notice of it.
        double residual = Array.Exists(residuals, double.IsNaN) ? double.NaN : residuals.Max();
        double[] conversion = hits.AsSpan(0, sets.Count).ToArray();
        double[] value = hasValue
            ? hits.AsSpan(RemovalSets.Lanes * eights, sets.Count).ToArray()
            : [.. conversion.Select(hit => hit * graph.ValueOfEach)];
        return double.IsNaN(residual) ? null : (conversion, value, residual);
    }

    // One sweep: how far each column moved at most, in proportion.
    private Vector256<double> SweepBase(double[] x, Vector256<double>[] sources, Span<double> starts)
    {
        ref double all = ref MemoryMarshal.GetArrayDataReference(x);
        ref int targets = ref MemoryMarshal.GetArrayDataReference(graph.EdgeTargets);
        ref double weights = ref MemoryMarshal.GetArrayDataReference(graph.Weights);
        int[] edges = graph.EdgeStarts;
        double[] entries = graph.Starts;
        Vector256<double> moved = Vector256<double>.Zero;
        Vector256<double> atStart = Vector256<double>.Zero;
        foreach (int i in graph.Sequence)
        {
            Vector256<double> sum = sources[i];
            int end = edges[i + 1];
            for (int edge = edges[i]; edge < end; edge++)
            {
                nuint from = (nuint)(BaseWidth * Unsafe.Add(ref targets, edge));
                sum += Vector256.Create(Unsafe.Add(ref weights, edge)) * Vector256.LoadUnsafe(ref all, from);
            }

            nuint own = (nuint)(BaseWidth * i);
            Vector256<double> far = Vector256.Abs(sum - Vector256.LoadUnsafe(ref all, own));
            moved = Vector256.Max(
                moved, far / Vector256.Max(Vector256.Abs(sum), Vector256.Create(double.Epsilon)));
            atStart += Vector256.Create(entries[i]) * sum;
            sum.StoreUnsafe(ref all, own);
        }

        atStart.CopyTo(starts);
        return moved;
    }

    // Sweeps until what reaches the start stays; NaN when it never does. Soon all errors shrink by one factor, the same
    // for each sweep: every third sweep is extended to where that factor leads.
    private double SolveBlock(in Block block, double still, Span<double> hits)
    {
        var x = new double[Width * graph.Count];
        var old = new double[x.Length];
        Span<double> first = stackalloc double[Width];
        Span<double> second = stackalloc double[Width];
        bool isExtended = true;
        for (int sweep = 0; sweep < SweepsMax; sweep += 3)
        {
            if (isExtended && sweep >= ExtendedMax)
            {
                isExtended = false;
                Array.Clear(x);
            }

            Sweep(x, [], block, first);
            Sweep(x, [], block, second);
            Sweep(x, old, block, hits);
            if (IsStill(second, hits, still))
            {
                double residual = Settle(x, block, hits);
                if (!(residual > Reached * block.Greatest()))
                {
                    return residual;
                }

                // It came by chance that the start stayed, mostly at zero: it goes on without being extended.
                sweep += SettlingMax;
                continue;
            }

            if (isExtended)
            {
                double[] factors = Factors(first, second, hits, still);
                Extend(x, old, Vector512.Create(factors.AsSpan(0, Half)), Vector512.Create(factors.AsSpan(Half)));
            }
        }

        return double.NaN;
    }

    // What reaches the start stays sooner than what does not: sweeps go on until the equations hold.
    private double Settle(double[] x, in Block block, Span<double> hits)
    {
        double residual = Sweep(x, [], block, hits, measure: true);
        for (int sweep = 0; sweep < SettlingMax && residual > Settled; sweep++)
        {
            residual = Sweep(x, [], block, hits, measure: true);
        }

        return residual;
    }

    // How far each column is to be extended, as a multiple of the last step; what stays is left where it is.
    private static double[] Factors(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> third, double still)
    {
        var factors = new double[first.Length];
        for (int lane = 0; lane < factors.Length; lane++)
        {
            double step = third[lane] - second[lane];
            double ratio = step / (second[lane] - first[lane]);
            factors[lane] = ratio is > 0 and < 0.999 && Math.Abs(step) > still * Math.Abs(third[lane])
                ? ratio / (1 - ratio)
                : 0;
        }

        return factors;
    }

    private static void Extend(double[] x, double[] old, Vector256<double> factor)
    {
        for (int at = 0; at < x.Length; at += BaseWidth)
        {
            Vector256<double> now = Vector256.Create(x, at);
            (now + (factor * (now - Vector256.Create(old, at)))).CopyTo(x, at);
        }
    }

    private static void Extend(double[] x, double[] old, Vector512<double> low, Vector512<double> high)
    {
        for (int at = 0; at < x.Length; at += Width)
        {
            Vector512<double> a = Vector512.Create(x, at);
            Vector512<double> b = Vector512.Create(x, at + Half);
            (a + (low * (a - Vector512.Create(old, at)))).CopyTo(x, at);
            (b + (high * (b - Vector512.Create(old, at + Half)))).CopyTo(x, at + Half);
        }
    }

    private static bool IsStill(ReadOnlySpan<double> last, ReadOnlySpan<double> now, double still)
    {
        for (int i = 0; i < now.Length; i++)
        {
            if (Math.Abs(now[i] - last[i]) > still * Math.Abs(now[i]))
            {
                return false;
            }
        }

        return true;
    }

    // One sweep, and what then reaches the start; measured, it gives how far the equations were from holding. What was
    // there before is kept when there is room for it.
    private double Sweep(double[] x, double[] old, in Block block, Span<double> hits, bool measure = false)
    {
        ref double all = ref MemoryMarshal.GetArrayDataReference(x);
        ref double before = ref MemoryMarshal.GetArrayDataReference(old);
        ref int targets = ref MemoryMarshal.GetArrayDataReference(graph.EdgeTargets);
        ref double weights = ref MemoryMarshal.GetArrayDataReference(graph.Weights);
        bool keep = old.Length > 0;
        int[] starts = graph.EdgeStarts;
        double[] entries = graph.Starts;
        Vector512<double> lowHits = Vector512<double>.Zero;
        Vector512<double> highHits = Vector512<double>.Zero;
        Vector512<double> far = Vector512<double>.Zero;
        foreach (int i in graph.Sequence)
        {
            Vector512<double> a = Vector512<double>.Zero;
            Vector512<double> b = a;
            int end = starts[i + 1];
            for (int edge = starts[i]; edge < end; edge++)
            {
                Vector512<double> weight = Vector512.Create(Unsafe.Add(ref weights, edge));
                nuint from = (nuint)(Width * Unsafe.Add(ref targets, edge));
                a += weight * Vector512.LoadUnsafe(ref all, from);
                b += weight * Vector512.LoadUnsafe(ref all, from + Half);
            }

            a = Given(a, block.LowMasks[i], block.LowGiven[i]);
            b = Given(b, block.HighMasks[i], block.HighGiven[i]);
            nuint to = (nuint)(Width * i);
            if (keep)
            {
                Vector512.LoadUnsafe(ref all, to).StoreUnsafe(ref before, to);
                Vector512.LoadUnsafe(ref all, to + Half).StoreUnsafe(ref before, to + Half);
            }
            else if (measure)
            {
                Vector512<double> low = Vector512.Abs(a - Vector512.LoadUnsafe(ref all, to));
                Vector512<double> high = Vector512.Abs(b - Vector512.LoadUnsafe(ref all, to + Half));
                far = Vector512.Max(far, Vector512.Max(low, high));
            }

            a.StoreUnsafe(ref all, to);
            b.StoreUnsafe(ref all, to + Half);
            Vector512<double> entered = Vector512.Create(entries[i]);
            lowHits += entered * a;
            highHits += entered * b;
        }

        (lowHits / graph.Journeys).CopyTo(hits);
        (highHits / graph.Journeys).CopyTo(hits[Half..]);
        double worst = 0;
        for (int lane = 0; lane < Half; lane++)
        {
            worst = Math.Max(worst, far[lane]);
        }

        return worst;
    }

    // The columns in which the state is taken out have what is given; whether there are any no processor can guess.
    private static Vector512<double> Given(Vector512<double> sums, int mask, double given) =>
        Vector512.ConditionalSelect(LaneMasks[mask], Vector512.Create(given), sums);

    private ChainBase Split(double[] x)
    {
        var conversion = new double[graph.Count];
        var value = new double[graph.Count];
        var steps = new double[graph.Count];
        for (int i = 0; i < graph.Count; i++)
        {
            conversion[i] = x[BaseWidth * i];
            value[i] = x[(BaseWidth * i) + 1];
            steps[i] = x[(BaseWidth * i) + 2];
        }

        return new(conversion, value, steps, Elimination.Residual(graph, conversion));
    }

    private readonly ref struct Block(byte[] lowMasks, double[] lowGiven, byte[] highMasks, double[] highGiven)
    {
        internal readonly byte[] LowMasks = lowMasks;
        internal readonly double[] LowGiven = lowGiven;
        internal readonly byte[] HighMasks = highMasks;
        internal readonly double[] HighGiven = highGiven;

        // The greatest number that is given anywhere.
        internal double Greatest()
        {
            double greatest = 0;
            for (int i = 0; i < LowGiven.Length; i++)
            {
                greatest = Math.Max(greatest, Math.Max(Math.Abs(LowGiven[i]), Math.Abs(HighGiven[i])));
            }

            return greatest;
        }
    }
}
