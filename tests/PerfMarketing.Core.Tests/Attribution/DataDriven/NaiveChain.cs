using PerfMarketing.Attribution.DataDriven;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>The chain as textbooks write it: a matrix of transitions, solved once for each removed channel.</summary>
internal static class NaiveChain
{
    internal static double[] Removals(ChainCounts counts)
    {
        double all = Probability(counts);
        return [.. Enumerable.Range(0, counts.Channels.Count).Select(c => 1 - (Probability(counts, c) / all))];
    }

    /// <summary>The probability of converting, channels being removed to null.</summary>
    internal static double Probability(ChainCounts counts, params int[] removed)
    {
        ChainStates states = counts.States;
        int n = states.Count;
        double[][] matrix = [.. Enumerable.Range(0, n).Select(_ => new double[n + 1])];
        for (int i = 0; i < n; i++)
        {
            matrix[i][i] = 1;
            if (states.Window(i).ToArray().Any(step => removed.Contains(step)))
            {
                continue;
            }

            double total = states.Conversions[i] + states.Nulls[i];
            for (int edge = states.EdgeStarts[i]; edge < states.EdgeStarts[i + 1]; edge++)
            {
                total += states.EdgeCounts[edge];
            }

            for (int edge = states.EdgeStarts[i]; edge < states.EdgeStarts[i + 1]; edge++)
            {
                matrix[i][states.EdgeTargets[edge]] -= states.EdgeCounts[edge] / total;
            }

            matrix[i][n] = states.Conversions[i] / total;
        }

        double[] solved = Solve(matrix, n);
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += states.Starts[i] * solved[i];
        }

        return sum / counts.Journeys;
    }

    private static double[] Solve(double[][] a, int n)
    {
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i][k]));
            for (int j = 0; j <= n; j++)
            {
                (a[k][j], a[pivot][j]) = (a[pivot][j], a[k][j]);
            }

            for (int i = 0; i < n; i++)
            {
                double factor = i == k ? 0 : a[i][k] / a[k][k];
                for (int j = k; j <= n; j++)
                {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[i][n] / a[i][i])];
    }
}
