using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>Compares trees of terms: by an order that is only there to be one, and by what they mean.</summary>
internal static class TermOrder
{
    /// <summary>Some total order of trees as they stand.</summary>
    public static int Compare(TermNode left, TermNode right)
    {
        int order = left.Kind.CompareTo(right.Kind);
        order = order != 0 ? order : string.CompareOrdinal(left.Text, right.Text);
        order = order != 0 ? order : left.Items.Count.CompareTo(right.Items.Count);
        for (int i = 0; order == 0 && i < left.Names.Count; i++)
        {
            order = string.CompareOrdinal(left.Names[i], right.Names[i]);
        }

        for (int i = 0; order == 0 && i < left.Items.Count; i++)
        {
            order = Compare(left.Items[i], right.Items[i]);
        }

        return order;
    }

    /// <summary>Whether two trees mean the same, an absent term meaning its default.</summary>
    public static bool Same(TermNode left, TermNode right, TermForm? form) =>
        left.Kind == right.Kind && left.Kind switch
        {
            TermKind.Number => left.Text == right.Text
                || CanonicalNumber.Of(left.Text) == CanonicalNumber.Of(right.Text),
            TermKind.List => SameItems(left, right, form?.Item),
            TermKind.Object => SameTerms(left, right, form) && SameTerms(right, left, form),
            _ => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
        };

    private static bool SameItems(TermNode left, TermNode right, TermForm? form)
    {
        bool same = left.Items.Count == right.Items.Count;
        for (int i = 0; same && i < left.Items.Count; i++)
        {
            same = Same(left.Items[i], right.Items[i], form);
        }

        return same;
    }

    private static bool SameTerms(TermNode left, TermNode right, TermForm? form)
    {
        TermShape? shape = form?.ShapeOf(left);
        for (int i = 0; i < left.Names.Count; i++)
        {
            TermField? field = shape?.Find(left.Names[i]);
            TermNode? other = right.Find(left.Names[i]) ?? field?.Fallback;
            if (other is null || !Same(left.Items[i], other, field?.Form))
            {
                return false;
            }
        }

        return true;
    }
}
