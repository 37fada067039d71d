using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>Which items of two versions of a list are the same thing.</summary>
internal sealed class TermMatch
{
    private const string IdTerm = "id";
    private const string VersionTerm = "version";

    // Beyond so many comparisons what lies between the equal ends of two lists is matched by position.
    private const long ComparisonsMax = 1_000_000;

    private TermMatch(int before, int after)
    {
        AfterOf = new int[before];
        Array.Fill(AfterOf, -1);
        IsMoved = new bool[before];
        IsKnown = new bool[after];
    }

    /// <summary>For each older item the position of the newer one; −1 when it is gone.</summary>
    public int[] AfterOf { get; }

    /// <summary>For each older item whether it stands before or after others than it did.</summary>
    public bool[] IsMoved { get; }

    /// <summary>The positions of the items that are new.</summary>
    public IEnumerable<int> Added => Enumerable.Range(0, IsKnown.Length).Where(j => !IsKnown[j]);

    private bool[] IsKnown { get; }

    public static TermMatch Of(ValueList<TermNode> before, ValueList<TermNode> after, TermForm? form)
    {
        TermMatch match = new(before.Count, after.Count);
        if (Keys(before, after, TextOf) is { } texts)
        {
            match.ByKey(texts.Before, texts.After);
        }
        else if ((Keys(before, after, IdOf) ?? Keys(before, after, IdAndVersionOf)) is { } ids)
        {
            match.ByKey(ids.Before, ids.After);
        }
        else
        {
            match.BySequence(before, after, form);
        }

        return match;
    }

    private static string? TextOf(TermNode node) => node.Kind == TermKind.Text ? node.Text : null;

    private static string? IdOf(TermNode node) => node.Find(IdTerm) is { Kind: TermKind.Text } id ? id.Text : null;

    private static string? IdAndVersionOf(TermNode node) =>
        IdOf(node) is { } id ? $"{id}\n{node.Find(VersionTerm)?.Text}" : null;

    private static (string[] Before, string[] After)? Keys(
        ValueList<TermNode> before, ValueList<TermNode> after, Func<TermNode, string?> keyOf)
    {
        string[] old = [.. before.Select(keyOf).OfType<string>()];
        string[] now = [.. after.Select(keyOf).OfType<string>()];
        return IsKey(old, before) && IsKey(now, after) ? (old, now) : null;
    }

    private static bool IsKey(string[] keys, ValueList<TermNode> items) =>
        keys.Length == items.Count && keys.Distinct(StringComparer.Ordinal).Count() == keys.Length;

    private void ByKey(string[] before, string[] after)
    {
        Dictionary<string, int> places = new(after.Length, StringComparer.Ordinal);
        for (int j = 0; j < after.Length; j++)
        {
            places.Add(after[j], j);
        }

        List<int> kept = [];
        for (int i = 0; i < before.Length; i++)
        {
            if (places.TryGetValue(before[i], out int j))
            {
                Pair(i, j);
                kept.Add(i);
            }
        }

        foreach (int i in kept.Except(LongestRising(kept)))
        {
            IsMoved[i] = true;
        }
    }

    // The most items that can stay where they are: the longest run whose new places rise.
    private List<int> LongestRising(List<int> kept)
    {
        List<int> ends = [];
        int[] previous = new int[AfterOf.Length];
        foreach (int i in kept)
        {
            int place = ends.FindIndex(e => AfterOf[e] > AfterOf[i]);
            place = place < 0 ? ends.Count : place;
            previous[i] = place == 0 ? -1 : ends[place - 1];
            if (place == ends.Count)
            {
                ends.Add(i);
            }
            else
            {
                ends[place] = i;
            }
        }

        List<int> rising = [];
        for (int i = ends.Count == 0 ? -1 : ends[^1]; i >= 0; i = previous[i])
        {
            rising.Add(i);
        }

        return rising;
    }

    private void BySequence(ValueList<TermNode> before, ValueList<TermNode> after, TermForm? form)
    {
        int start = 0;
        int shorter = Math.Min(before.Count, after.Count);
        while (start < shorter && TermOrder.Same(before[start], after[start], form))
        {
            Pair(start, start++);
        }

        int end = 0;
        while (end < shorter - start && TermOrder.Same(before[^(end + 1)], after[^(end + 1)], form))
        {
            end++;
            Pair(before.Count - end, after.Count - end);
        }

        int rows = before.Count - start - end;
        int columns = after.Count - start - end;
        if ((long)rows * columns <= ComparisonsMax)
        {
            Align(start, rows, columns, (i, j) => TermOrder.Same(before[i], after[j], form));
        }
        else
        {
            PairUp(start, start + rows, start, start + columns);
        }
    }

    private void Align(int start, int rows, int columns, Func<int, int, bool> same)
    {
        int[][] common = [.. Enumerable.Range(0, rows + 1).Select(_ => new int[columns + 1])];
        for (int i = rows - 1; i >= 0; i--)
        {
            for (int j = columns - 1; j >= 0; j--)
            {
                common[i][j] = same(start + i, start + j)
                    ? common[i + 1][j + 1] + 1
                    : Math.Max(common[i + 1][j], common[i][j + 1]);
            }
        }

        (int row, int column, int gapRow, int gapColumn) = (0, 0, 0, 0);
        while (row < rows && column < columns)
        {
            if (same(start + row, start + column))
            {
                PairUp(start + gapRow, start + row, start + gapColumn, start + column);
                Pair(start + row++, start + column++);
                (gapRow, gapColumn) = (row, column);
            }
            else if (common[row + 1][column] >= common[row][column + 1])
            {
                row++;
            }
            else
            {
                column++;
            }
        }

        PairUp(start + gapRow, start + rows, start + gapColumn, start + columns);
    }

    // What lies between two equal items is the same thing, changed, as far as both lists go.
    private void PairUp(int row, int rowEnd, int column, int columnEnd)
    {
        while (row < rowEnd && column < columnEnd)
        {
            Pair(row++, column++);
        }
    }

    private void Pair(int before, int after)
    {
        AfterOf[before] = after;
        IsKnown[after] = true;
    }
}
