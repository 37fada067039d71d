using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>Solves a chain for many removals at once by Gauss–Seidel sweeps over many columns.</summary>
/// <remarks>
/// The columns are the expected conversions, or value, of those who enter a removed state: sums of products of numbers
/// that are not negative, so that the smallest effects keep their precision. Multiplications and additions are
/// separate, so that every processor gives the same bits. What all numbers of a column are too great by dies out
/// slowest of all errors; it follows from what flows in and out, and is divided out between sweeps.
/// </remarks>
internal sealed partial class BlockSolver(ChainGraph graph)
{
    /// <summary>The most sweeps; a chain that needs more is solved by <see cref="Elimination"/>.</summary>
    internal const int SweepsMax = 4_000;

    // What has not settled by so many sweeps starts again and is not put right between them any more.
    private const int BalancedMax = 600;

    private const int Width = RemovalBlock.Width;
    private const int Lanes = RemovalSets.Lanes;

    // How little the equations may lack beside the solution, and what errors of rounding leave for each step.
    private const double Tolerance = 5e-14;
    private const double ToleranceOfStep = 4e-16;

    // While estimates move by more, the equations are not looked at: they hold later.
    private const double Near = 1e-11;

    // Putting right after each sweep is best where the other errors die out fast: to less than this in two sweeps.
    // Elsewhere they are left alone for some sweeps.
    private const double FastShrinking = 0.36;
    private const int SlowPeriod = 3;
    private const int JudgedFrom = 5;

    // By the bits of a mask, all ones in the lanes that it names.
    private static readonly Vector512<double>[] LaneMasks = MakeLaneMasks();

    /// <summary>The conversions and value of those who enter each of the sets, for each journey.</summary>
    /// <param name="sets">Which states are in which set.</param>
    /// <param name="all">The chain with nothing removed.</param>
    /// <param name="threads">How many threads may work at once.</param>
    /// <returns>
    /// The hits of conversions, of value, and how far one of conversions may be off; null when it does not settle.
    /// </returns>
    internal (double[] Conversion, double[] Value, double Bound)? SolveHits(
        RemovalSets sets, ChainBase all, int threads)
    {
        int blocks = (sets.ColumnCount + Width - 1) / Width;
        double tolerance = Math.Max(Tolerance, ToleranceOfStep * all.StepsMax);
        var hits = new double[blocks * Width];
        var bounds = new double[blocks];
        void Solve(int index) => bounds[index] = SolveBlock(
            new(graph, sets, all, RemovalBlock.Groups * index), all, tolerance, hits.AsSpan(Width * index, Width));

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
        double bound = Array.Exists(bounds, double.IsNaN) ? double.NaN : bounds.Max() + all.Lack;
        double[] conversion = hits.AsSpan(0, sets.Count).ToArray();
        double[] value = graph.HasValues
            ? hits.AsSpan(sets.Count, sets.Count).ToArray()
            : [.. conversion.Select(hit => hit * graph.ValueOfEach)];
        return double.IsNaN(bound) ? null : (conversion, value, bound);
    }

    // Sweeps until the equations hold; NaN when they never do.
    private double SolveBlock(RemovalBlock block, ChainBase all, double tolerance, Span<double> hits)
    {
        AlignedNumbers x = new(Width * graph.Count);
        Span<double> moved = stackalloc double[Width];
        Span<double> scale = stackalloc double[Width];
        Span<double> estimates = stackalloc double[Width];
        scale.Fill(1);
        estimates.Clear();
        (double step, double before, double first) = (double.MaxValue, double.MaxValue, double.MaxValue);
        int period = 1;
        for (int sweep = 1; sweep <= SweepsMax; sweep++)
        {
            bool isNear = step <= Near;
            Sweep(x.Span, (block, all), scale, hits, isNear ? moved : []);
            if (isNear && block.IsSolved(hits, moved, scale, tolerance))
            {
                Settle(x.Span, hits, moved);
                double bound = Rounding.Margin * block.Bound(hits, moved, scale) / graph.Journeys;
                for (int column = 0; column < Width; column++)
                {
                    hits[column] /= scale[column] * graph.Journeys;
                }

                return bound;
            }

            if (sweep == BalancedMax)
            {
                scale.Fill(1);
                x.Span.Clear();
            }
            else if (sweep % period == 0)
            {
                (first, before) = (before, step);
                step = block.Balance(x.Span, hits, scale, estimates, isFixed: sweep > BalancedMax);
                period = period == 1 && sweep >= JudgedFrom && step > FastShrinking * first ? SlowPeriod : period;
            }
        }

        return double.NaN;
    }

    // One sweep, and what then reaches the starts; with room for it, how far the states moved, weighed by how often
    // they are entered. As no state is entered more often when others are removed, and the equations of a state lack at
    // most what those after it moved, no solution is further off than that sum.
    private void Sweep(
        Span<double> x,
        (RemovalBlock Columns, ChainBase Given) block,
        ReadOnlySpan<double> scale,
        Span<double> starts,
        Span<double> moved)
    {
        ref double all = ref MemoryMarshal.GetReference(x);
        ref int targets = ref MemoryMarshal.GetArrayDataReference(graph.EdgeTargets);
        ref double weights = ref MemoryMarshal.GetArrayDataReference(graph.Weights);
        ref Vector512<double> lanes = ref MemoryMarshal.GetArrayDataReference(LaneMasks);
        (int[] edges, double[] entries, double[] left) = (graph.EdgeStarts, graph.Starts, graph.Out);
        (byte[] maskA, byte[] maskB, byte[] maskC) =
            (block.Columns.Masks[0], block.Columns.Masks[1], block.Columns.Masks[2]);
        (double[] conversion, double[] value) = (block.Given.Conversion, block.Given.Value);
        Columns kinds = new(
            LaneMasks[block.Columns.Values(0)], LaneMasks[block.Columns.Values(1)], LaneMasks[block.Columns.Values(2)]);
        Columns scales = Columns.Of(scale);
        Columns start = default;
        Columns far = default;
        for (int i = 0; i < graph.Count; i++)
        {
            (Vector512<double> a, Vector512<double> b, Vector512<double> c) = (default, default, default);
            int end = edges[i + 1];
            for (int edge = edges[i]; edge < end; edge = unchecked(edge + 1))
            {
                Vector512<double> weight = Vector512.Create(Unsafe.Add(ref weights, edge));
                nuint from = unchecked((nuint)(uint)Unsafe.Add(ref targets, edge) * Width);
                ref double next = ref Unsafe.Add(ref all, from);
                a += weight * Vector512.LoadUnsafe(ref next);
                b += weight * Vector512.LoadUnsafe(ref next, Lanes);
                c += weight * Vector512.LoadUnsafe(ref next, 2 * Lanes);
            }

            // Whether columns have what is given no processor can guess.
            Vector512<double> hit = Vector512.Create(conversion[i]);
            Vector512<double> worth = Vector512.Create(value[i]);
            a = Pick(Unsafe.Add(ref lanes, maskA[i]), Pick(kinds.A, worth, hit) * scales.A, a);
            b = Pick(Unsafe.Add(ref lanes, maskB[i]), Pick(kinds.B, worth, hit) * scales.B, b);
            c = Pick(Unsafe.Add(ref lanes, maskC[i]), Pick(kinds.C, worth, hit) * scales.C, c);
            ref double own = ref Unsafe.Add(ref all, unchecked((nuint)(uint)i * Width));
            if (moved.Length > 0)
            {
                far = far.Plus(Vector512.Create(left[i]), new(
                    Vector512.Abs(a - Vector512.LoadUnsafe(ref own)),
                    Vector512.Abs(b - Vector512.LoadUnsafe(ref own, Lanes)),
                    Vector512.Abs(c - Vector512.LoadUnsafe(ref own, 2 * Lanes))));
            }

            a.StoreUnsafe(ref own);
            b.StoreUnsafe(ref own, Lanes);
            c.StoreUnsafe(ref own, 2 * Lanes);
            start = start.Plus(Vector512.Create(entries[i]), new(a, b, c));
        }

        start.CopyTo(starts);
        if (moved.Length > 0)
        {
            far.CopyTo(moved);
        }
    }

    // What reaches the starts once more, added up with what each addition loses; and, beside how far states moved, what
    // rounding may add to that.
    private void Settle(ReadOnlySpan<double> x, Span<double> starts, Span<double> moved)
    {
        var roundings = new double[graph.Count];
        for (int i = 0; i < roundings.Length; i++)
        {
            roundings[i] = Rounding.Of(graph, i);
        }

        ref double all = ref MemoryMarshal.GetReference(x);
        for (int column = 0; column < Width; column += Lanes)
        {
            (Vector512<double> sum, Vector512<double> lost) = (default, default);
            Vector512<double> rounded = Vector512.Create<double>(moved[column..]);
            for (int i = 0; i < roundings.Length; i++)
            {
                nuint place = unchecked(((nuint)(uint)i * Width) + (nuint)(uint)column);
                Vector512<double> own = Vector512.LoadUnsafe(ref all, place);
                Vector512<double> more = Vector512.Create(graph.Starts[i]) * own;
                Vector512<double> both = sum + more;
                Vector512<double> added = both - sum;
                lost += (sum - (both - added)) + (more - added);
                sum = both;
                rounded += Vector512.Create(roundings[i]) * Vector512.Abs(own);
            }

            (sum + lost).CopyTo(starts[column..]);
            rounded.CopyTo(moved[column..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Pick(
        Vector512<double> lanes, Vector512<double> there, Vector512<double> elsewhere) =>
        Vector512.ConditionalSelect(lanes, there, elsewhere);

    private static Vector512<double>[] MakeLaneMasks()
    {
        var masks = new Vector512<double>[1 << Lanes];
        for (int mask = 0; mask < masks.Length; mask++)
        {
            masks[mask] = Vector512.LessThan(
                Vector512<long>.Zero, Vector512.Create((long)mask) & Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128))
                .AsDouble();
        }

        return masks;
    }

    // A number for each column of a block.
    private readonly struct Columns(Vector512<double> a, Vector512<double> b, Vector512<double> c)
    {
        internal readonly Vector512<double> A = a;
        internal readonly Vector512<double> B = b;
        internal readonly Vector512<double> C = c;

        internal static Columns Of(ReadOnlySpan<double> numbers) => new(
            Vector512.Create(numbers),
            Vector512.Create(numbers[Lanes..]),
            Vector512.Create(numbers[(2 * Lanes)..]));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Columns Plus(Vector512<double> factor, Columns more) =>
            new(A + (factor * more.A), B + (factor * more.B), C + (factor * more.C));

        internal void CopyTo(Span<double> numbers)
        {
            A.CopyTo(numbers);
            B.CopyTo(numbers[Lanes..]);
            C.CopyTo(numbers[(2 * Lanes)..]);
        }
    }
}
