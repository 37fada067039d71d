using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <content>The chain with nothing removed.</content>
internal sealed partial class BlockSolver
{
    private const int BaseWidth = 4;

    // When every number moved by so little, in proportion, it is as exact as need be. Before that the sum over the
    // starts, which has errors of rounding itself, is not divided by any more.
    private const double Still = 2e-15;
    private const double NearlyStill = 1e-12;

    // Where more steps are to be expected errors of rounding add up to more than they may.
    private const double StepsMax = 1e4;
    private const int BasePeriod = 2;
    private const double ChangeMax = 64;

    /// <summary>Solves for conversion, value and steps of every state.</summary>
    /// <returns>The solution; null when it does not settle, or would not be exact enough.</returns>
    internal ChainBase? SolveBase()
    {
        var x = new double[BaseWidth * graph.Count];
        var sources = new Vector256<double>[graph.Count];
        Vector256<double> wanted = Vector256<double>.Zero;
        for (int i = 0; i < sources.Length; i++)
        {
            // The last is the value without signs, beside which errors of the value are judged.
            Vector256<double> own = Vector256.Create(
                graph.Conversions[i], graph.Values[i], graph.Entered[i], Math.Abs(graph.Values[i]));
            wanted += own;
            sources[i] = own / Vector256.Create(graph.Out[i]);
        }

        Vector256<double> scale = Vector256<double>.One;
        for (int sweep = 1; sweep <= SweepsMax; sweep++)
        {
            double moved = SweepBase(x, sources, scale, out Vector256<double> starts);
            if (moved <= Still)
            {
                ChainBase solved = Split(x, scale);
                return solved.StepsMax > StepsMax ? null : solved;
            }

            if (sweep == BalancedMax)
            {
                Array.Clear(x);
                scale = Vector256<double>.One;
            }
            else if (sweep < BalancedMax && sweep % BasePeriod == 0 && moved > NearlyStill)
            {
                scale = Balanced(scale, starts / wanted);
            }
        }

        return null;
    }

    // What reaches the starts is known from the counts: all conversions, all value and all entries.
    private static Vector256<double> Balanced(Vector256<double> scale, Vector256<double> found)
    {
        Vector256<double> gross = Vector256.Shuffle(found, Vector256.Create(0L, 3, 2, 3));
        Vector256<double> change = gross / scale;
        Vector256<double> isJudged = Vector256.GreaterThan(change, Vector256.Create(1 / ChangeMax))
            & Vector256.LessThan(change, Vector256.Create(ChangeMax));
        return Vector256.ConditionalSelect(isJudged, gross, scale);
    }

    // One sweep: how far a number moved at most, in proportion, and what then reaches the starts.
    private double SweepBase(
        double[] x, Vector256<double>[] sources, Vector256<double> scale, out Vector256<double> starts)
    {
        ref double all = ref MemoryMarshal.GetArrayDataReference(x);
        ref int targets = ref MemoryMarshal.GetArrayDataReference(graph.EdgeTargets);
        ref double weights = ref MemoryMarshal.GetArrayDataReference(graph.Weights);
        (int[] edges, double[] entries) = (graph.EdgeStarts, graph.Starts);
        Vector256<double> moved = Vector256<double>.Zero;
        Vector256<double> atStart = Vector256<double>.Zero;
        for (int i = 0; i < graph.Count; i++)
        {
            Vector256<double> sum = sources[i] * scale;
            int end = edges[i + 1];
            for (int edge = edges[i]; edge < end; edge = unchecked(edge + 1))
            {
                nuint from = unchecked((nuint)(uint)Unsafe.Add(ref targets, edge) * BaseWidth);
                sum += Vector256.Create(Unsafe.Add(ref weights, edge)) * Vector256.LoadUnsafe(ref all, from);
            }

            nuint own = unchecked((nuint)(uint)i * BaseWidth);
            Vector256<double> far = Vector256.Abs(sum - Vector256.LoadUnsafe(ref all, own));
            Vector256<double> size = Vector256.Shuffle(sum, Vector256.Create(0L, 3, 2, 3));
            moved = Vector256.Max(moved, far / Vector256.Max(size, Vector256.Create(double.Epsilon)));
            atStart += Vector256.Create(entries[i]) * sum;
            sum.StoreUnsafe(ref all, own);
        }

        starts = atStart;
        return Math.Max(Math.Max(moved[0], moved[1]), Math.Max(moved[2], moved[3]));
    }

    private ChainBase Split(double[] x, Vector256<double> scale)
    {
        var conversion = new double[graph.Count];
        var value = new double[graph.Count];
        var steps = new double[graph.Count];
        for (int i = 0; i < graph.Count; i++)
        {
            conversion[i] = x[BaseWidth * i] / scale[0];
            value[i] = x[(BaseWidth * i) + 1] / scale[1];
            steps[i] = x[(BaseWidth * i) + 2] / scale[2];
        }

        return new(conversion, value, steps, Rounding.Lack(graph, conversion));
    }
}
