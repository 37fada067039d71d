using System.Numerics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>A chain of few states solved by one dense factorisation, all single removals included.</summary>
/// <remarks>
/// M = diag(entered) − counts is an M-matrix. Its diagonal is kept as the sum of what leaves a state, so that the
/// factors and the inverse are made without a single subtraction of like numbers. With order 1 the conversions of those
/// who enter state c are y_c / (M⁻¹)_cc for each journey, y being the probability of converting from c on.
/// </remarks>
internal static class DenseChain
{
    /// <summary>The most states that are solved so.</summary>
    internal const int CountMax = 1_024;

    /// <summary>Solves a chain of order 1.</summary>
    /// <returns>The chain with nothing removed, and the diagonal of the inverse by place.</returns>
    internal static (ChainBase All, double[] Diagonal) Solve(ChainGraph graph)
    {
        int n = graph.Count;
        double[] factors = Factor(graph);
        double[] inverse = Invert(factors, n);
        var conversion = new double[n];
        var value = new double[n];
        var steps = new double[n];
        var diagonal = new double[n];
        for (int i = 0; i < n; i++)
        {
            (double converted, double worth, double entered) = (0, 0, 0);
            ReadOnlySpan<double> row = inverse.AsSpan(i * n, n);
            for (int j = 0; j < n; j++)
            {
                converted += row[j] * graph.Conversions[j];
                worth += row[j] * graph.Values[j];
                entered += row[j] * graph.Entered[j];
            }

            (conversion[i], value[i], steps[i], diagonal[i]) = (converted, worth, entered, row[i]);
        }

        return (new(conversion, value, steps, Elimination.Lack(graph, conversion)), diagonal);
    }

    // L below the diagonal and U above it without their signs, which are all negative; U's diagonal on it.
    private static double[] Factor(ChainGraph graph)
    {
        int n = graph.Count;
        var a = new double[n * n];
        var ends = new double[n];
        for (int i = 0; i < n; i++)
        {
            ends[i] = graph.Ends[i];
            for (int edge = graph.EdgeStarts[i]; edge < graph.EdgeStarts[i + 1]; edge++)
            {
                a[(i * n) + graph.EdgeTargets[edge]] = graph.EdgeCounts[edge];
            }
        }

        for (int k = 0; k < n; k++)
        {
            ReadOnlySpan<double> pivots = a.AsSpan((k * n) + k + 1, n - k - 1);
            double left = ends[k];
            foreach (double count in pivots)
            {
                left += count;
            }

            a[(k * n) + k] = left;
            for (int i = k + 1; i < n; i++)
            {
                double share = a[(i * n) + k] / left;
                a[(i * n) + k] = share;
                if (share != 0)
                {
                    ends[i] += share * ends[k];
                    AddTimes(a.AsSpan((i * n) + k + 1, n - k - 1), pivots, share);
                }
            }
        }

        return a;
    }

    private static double[] Invert(double[] factors, int n)
    {
        var x = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = x.AsSpan(i * n, i + 1);
            row[i] = 1;
            for (int k = 0; k < i; k++)
            {
                double share = factors[(i * n) + k];
                if (share != 0)
                {
                    AddTimes(row, x.AsSpan(k * n, k + 1), share);
                }
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            Span<double> row = x.AsSpan(i * n, n);
            for (int k = i + 1; k < n; k++)
            {
                double count = factors[(i * n) + k];
                if (count != 0)
                {
                    AddTimes(row, x.AsSpan(k * n, n), count);
                }
            }

            double left = factors[(i * n) + i];
            for (int j = 0; j < n; j++)
            {
                row[j] /= left;
            }
        }

        return x;
    }

    // The first as many places as the addend has; separate operations, so that every processor gives the same bits.
    private static void AddTimes(Span<double> row, ReadOnlySpan<double> addend, double factor)
    {
        int i = 0;
        Vector<double> all = new(factor);
        for (; i <= addend.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(row[i..]) + (all * new Vector<double>(addend[i..]))).CopyTo(row[i..]);
        }

        for (; i < addend.Length; i++)
        {
            row[i] += factor * addend[i];
        }
    }
}
