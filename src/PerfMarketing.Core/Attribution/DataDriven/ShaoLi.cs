namespace PerfMarketing.Attribution.DataDriven;

/// <summary>The probability model of second order of Shao and Li, KDD 2011.</summary>
internal sealed class ShaoLi(PathCounts paths)
{
    /// <summary>
    /// p(y|i) + Σ over j ≠ i of (p(y|ij) − p(y|i) − p(y|j)) / 2(n − 1), a pair that was never seen counting as 0.
    /// </summary>
    /// <remarks>
    /// Summed over all channels the single rates cancel, and Σ over pairs of p(y|ij) / (n − 1) is left: nothing at all
    /// when no journey with two channels converts. Then there are no scores, since only errors of rounding would be.
    /// </remarks>
    internal double[]? Scores()
    {
        int n = paths.Channels.Count;
        Dictionary<(int I, int J), (long Conversions, long Journeys)> pairs = Count(n);
        if (n > 1 && !pairs.Any(static pair => pair.Key.I != pair.Key.J && pair.Value.Conversions > 0))
        {
            return null;
        }

        var single = new double[n];
        for (int i = 0; i < n; i++)
        {
            single[i] = Rate(pairs, i, i);
        }

        var scores = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int j = 0; j < n; j++)
            {
                sum += j == i ? 0 : Rate(pairs, Math.Min(i, j), Math.Max(i, j)) - single[i] - single[j];
            }

            scores[i] = single[i] + (n == 1 ? 0 : sum / (2.0 * (n - 1)));
        }

        return scores;
    }

    private static double Rate(Dictionary<(int, int), (long Conversions, long Journeys)> pairs, int i, int j) =>
        pairs.TryGetValue((i, j), out (long Conversions, long Journeys) pair) && pair.Journeys > 0
            ? (double)pair.Conversions / pair.Journeys
            : 0;

    private Dictionary<(int, int), (long Conversions, long Journeys)> Count(int n)
    {
        Dictionary<(int, int), (long Conversions, long Journeys)> pairs = [];
        PathRows rows = paths.Rows;
        var seen = new int[n];
        var distinct = new ushort[n + 1];
        for (int row = 0; row < rows.Count; row++)
        {
            ushort[] members = distinct[..ShapleyFit.Distinct(rows.Path(row), row, seen, distinct)];
            Array.Sort(members);
            for (int i = 0; i < members.Length; i++)
            {
                for (int j = i; j < members.Length; j++)
                {
                    (long conversions, long journeys) = pairs.GetValueOrDefault((members[i], members[j]));
                    pairs[(members[i], members[j])] = (
                        conversions + rows.Conversions[row],
                        journeys + rows.Conversions[row] + rows.Nulls[row]);
                }
            }
        }

        return pairs;
    }
}
