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

    private const int Width = 16;
    private const int BaseWidth = 4;
    private const int CheckEvery = 4;
    private const double Still = 4e-16;
    private const int SettlingMax = 64;
    private const double Settled = 1e-16;
    private const double StillAtStart = 1e-15;

    private static readonly Vector256<double>[] LaneMasks = [.. Enumerable.Range(0, 16).Select(static bits =>
        Vector256.Create(Lane(bits, 0), Lane(bits, 1), Lane(bits, 2), Lane(bits, 3)).AsDouble())];

    /// <summary>Solves for conversion, value and steps of every state.</summary>
    /// <returns>The solution; null when it does not settle.</returns>
    internal ChainBase? SolveBase()
    {
        int count = graph.Count;
        var x = new double[BaseWidth * count];
        var sources = new Vector256<double>[count];
        for (int i = 0; i < count; i++)
        {
            double left = graph.Out[i];
            sources[i] = Vector256.Create(
                graph.Conversions[i] / left, graph.Values[i] / left, graph.Entered[i] / left, 0);
        }

        ref double all = ref MemoryMarshal.GetArrayDataReference(x);
        Vector256<double> moved = default;
        for (int sweep = 1; sweep <= SweepsMax; sweep++)
        {
            bool isCheck = sweep % CheckEvery == 0;
            moved = isCheck ? Vector256<double>.Zero : moved;
            foreach (int i in graph.Sequence)
            {
                Vector256<double> sum = sources[i];
                for (int edge = graph.EdgeStarts[i]; edge < graph.EdgeStarts[i + 1]; edge++)
                {
                    nuint from = (nuint)(BaseWidth * graph.EdgeTargets[edge]);
                    sum += Vector256.Create(graph.Weights[edge]) * Vector256.LoadUnsafe(ref all, from);
                }

                if (isCheck)
                {
                    Vector256<double> old = Vector256.LoadUnsafe(ref all, (nuint)(BaseWidth * i));
                    moved = Vector256.Max(moved, Vector256.Abs(sum - old) / Vector256.Max(Vector256.Abs(sum),
                        Vector256.Create(double.Epsilon)));
                }

                sum.StoreUnsafe(ref all, (nuint)(BaseWidth * i));
            }

            // The value may cancel to nearly nothing somewhere; conversion and steps cannot.
            if (isCheck && moved[0] <= Still && moved[2] <= Still)
            {
                return Split(x);
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
        var hits = new double[blocks * Width];
        var residuals = new double[blocks];
        void Solve(int block)
        {
            (int Eight, double[] Given) low = groups[2 * block];
            (int Eight, double[] Given) high = (2 * block) + 1 < groups.Count ? groups[(2 * block) + 1] : low;
            Block columns = new(sets.Masks(low.Eight), low.Given, sets.Masks(high.Eight), high.Given);
            residuals[block] = SolveBlock(columns, hits.AsSpan(Width * block, Width));
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

        double residual = residuals.Max();
        double[] conversion = hits.AsSpan(0, sets.Count).ToArray();
        double[] value = hasValue
            ? hits.AsSpan(RemovalSets.Lanes * eights, sets.Count).ToArray()
            : [.. conversion.Select(hit => hit * graph.ValueOfEach)];
        return double.IsNaN(residual) ? null : (conversion, value, residual);
    }

    private static ulong Lane(int bits, int lane) => ((bits >> lane) & 1) != 0 ? ulong.MaxValue : 0;

    // Sweeps until what reaches the start stays; NaN when it never does. Soon all errors shrink by one factor, the same
    // for each sweep: every third sweep is extended to where that factor leads.
    private double SolveBlock(in Block block, Span<double> hits)
    {
        var x = new double[Width * graph.Count];
        var old = new double[x.Length];
        Span<double> first = stackalloc double[Width];
        Span<double> second = stackalloc double[Width];
        Span<double> factors = stackalloc double[Width];
        for (int sweep = 0; sweep < SweepsMax; sweep += 3)
        {
            Sweep(x, block, measure: false);
            AtStart(x, first);
            Sweep(x, block, measure: false);
            AtStart(x, second);
            x.CopyTo(old, 0);
            Sweep(x, block, measure: false);
            AtStart(x, hits);
            if (IsStill(second, hits))
            {
                double residual = Settle(x, block);
                AtStart(x, hits);
                return residual;
            }

            for (int lane = 0; lane < Width; lane++)
            {
                double ratio = (hits[lane] - second[lane]) / (second[lane] - first[lane]);
                factors[lane] = ratio is > 0 and < 0.999 ? ratio / (1 - ratio) : 0;
            }

            Extend(x, old, factors);
        }

        return double.NaN;
    }

    // What reaches the start stays sooner than what does not: sweeps go on until the equations hold.
    private double Settle(double[] x, in Block block)
    {
        double residual = Sweep(x, block, measure: true);
        for (int sweep = 0; sweep < SettlingMax && residual > Settled; sweep++)
        {
            residual = Sweep(x, block, measure: true);
        }

        return residual;
    }

    private static void Extend(double[] x, double[] old, ReadOnlySpan<double> factors)
    {
        ref double now = ref MemoryMarshal.GetArrayDataReference(x);
        ref double before = ref MemoryMarshal.GetArrayDataReference(old);
        for (int lane = 0; lane < Width; lane += 4)
        {
            Vector256<double> factor = Vector256.Create(factors.Slice(lane, 4));
            for (int at = lane; at < x.Length; at += Width)
            {
                Vector256<double> current = Vector256.LoadUnsafe(ref now, (nuint)at);
                Vector256<double> moved = current - Vector256.LoadUnsafe(ref before, (nuint)at);
                (current + (factor * moved)).StoreUnsafe(ref now, (nuint)at);
            }
        }
    }

    private static bool IsStill(ReadOnlySpan<double> last, ReadOnlySpan<double> now)
    {
        for (int i = 0; i < now.Length; i++)
        {
            if (Math.Abs(now[i] - last[i]) > StillAtStart * Math.Abs(now[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void AtStart(double[] x, Span<double> hits)
    {
        ref double all = ref MemoryMarshal.GetArrayDataReference(x);
        for (int lane = 0; lane < Width; lane += Vector256<double>.Count)
        {
            Vector256<double> sum = Vector256<double>.Zero;
            foreach (int place in graph.StartPlaces)
            {
                sum += Vector256.Create(graph.Starts[place])
                    * Vector256.LoadUnsafe(ref all, (nuint)((Width * place) + lane));
            }

            (sum / Vector256.Create(graph.Journeys)).CopyTo(hits[lane..]);
        }
    }

    // One sweep; measured, it gives how far the equations were from holding.
    private double Sweep(double[] x, in Block block, bool measure)
    {
        ref double all = ref MemoryMarshal.GetArrayDataReference(x);
        ref int targets = ref MemoryMarshal.GetArrayDataReference(graph.EdgeTargets);
        ref double weights = ref MemoryMarshal.GetArrayDataReference(graph.Weights);
        Vector256<double>[] masks = LaneMasks;
        int[] starts = graph.EdgeStarts;
        double worst = 0;
        foreach (int i in graph.Sequence)
        {
            Vector256<double> a = Vector256<double>.Zero;
            Vector256<double> b = a;
            Vector256<double> c = a;
            Vector256<double> d = a;
            int end = starts[i + 1];
            for (int edge = starts[i]; edge < end; edge++)
            {
                Vector256<double> weight = Vector256.Create(Unsafe.Add(ref weights, edge));
                nuint from = (nuint)(Width * Unsafe.Add(ref targets, edge));
                a += weight * Vector256.LoadUnsafe(ref all, from);
                b += weight * Vector256.LoadUnsafe(ref all, from + 4);
                c += weight * Vector256.LoadUnsafe(ref all, from + 8);
                d += weight * Vector256.LoadUnsafe(ref all, from + 12);
            }

            int low = block.LowMasks[i];
            int high = block.HighMasks[i];
            if (low != 0)
            {
                Vector256<double> given = Vector256.Create(block.LowGiven[i]);
                a = Vector256.ConditionalSelect(masks[low & 15], given, a);
                b = Vector256.ConditionalSelect(masks[low >> 4], given, b);
            }

            if (high != 0)
            {
                Vector256<double> given = Vector256.Create(block.HighGiven[i]);
                c = Vector256.ConditionalSelect(masks[high & 15], given, c);
                d = Vector256.ConditionalSelect(masks[high >> 4], given, d);
            }

            nuint to = (nuint)(Width * i);
            if (measure)
            {
                Vector256<double> far = Vector256.Max(
                    Vector256.Max(Distance(ref all, to, a), Distance(ref all, to + 4, b)),
                    Vector256.Max(Distance(ref all, to + 8, c), Distance(ref all, to + 12, d)));
                worst = Math.Max(worst, Math.Max(Math.Max(far[0], far[1]), Math.Max(far[2], far[3])));
            }

            a.StoreUnsafe(ref all, to);
            b.StoreUnsafe(ref all, to + 4);
            c.StoreUnsafe(ref all, to + 8);
            d.StoreUnsafe(ref all, to + 12);
        }

        return worst;
    }

    private static Vector256<double> Distance(ref double all, nuint at, Vector256<double> now) =>
        Vector256.Abs(now - Vector256.LoadUnsafe(ref all, at));

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
    }
}
