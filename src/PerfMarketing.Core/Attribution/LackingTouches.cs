using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>
/// What became of the touches of a journey that gives nobody credit, until somebody asks for the reason.
/// </summary>
/// <remarks>Decisions are kept by the million, and few of these reasons are read.</remarks>
internal sealed class LackingTouches
{
    private const int Bits = 8;

    // By fate, a byte for each.
    private readonly UInt128 counts;

    private LackingTouches(UInt128 counts) => this.counts = counts;

    /// <summary>Counts the touches; null when there are too many of them.</summary>
    /// <param name="fates">What became of each touch.</param>
    public static LackingTouches? Of(ReadOnlySpan<TouchFate> fates)
    {
        if (fates.Length > byte.MaxValue)
        {
            return null;
        }

        UInt128 counts = 0;
        foreach (TouchFate fate in fates)
        {
            counts += UInt128.One << (Bits * (int)fate);
        }

        return new(counts);
    }

    /// <summary>The reason.</summary>
    public Reason ToReason()
    {
        Span<int> each = stackalloc int[TouchFates.Count];
        for (int fate = 0; fate < each.Length; fate++)
        {
            each[fate] = (int)(uint)((counts >> (Bits * fate)) & byte.MaxValue);
        }

        return ReasonOf(each);
    }

    /// <summary>Why nobody gets credit: how many touches there are, and how many of each fate.</summary>
    /// <param name="fates">What became of each touch.</param>
    public static Reason ReasonOf(ReadOnlySpan<TouchFate> fates)
    {
        Span<int> each = stackalloc int[TouchFates.Count];
        foreach (TouchFate fate in fates)
        {
            each[(int)fate]++;
        }

        return ReasonOf(each);
    }

    private static Reason ReasonOf(ReadOnlySpan<int> counts)
    {
        int touches = 0;
        foreach (int count in counts)
        {
            touches += count;
        }

        List<(string Name, object Value)> lacking = [("touches", touches)];
        for (int fate = 0; fate < counts.Length; fate++)
        {
            if (counts[fate] > 0 && ((TouchFate)fate).Code() is { } code)
            {
                lacking.Add((code[(code.IndexOf('.', StringComparison.Ordinal) + 1)..], counts[fate]));
            }
        }

        return Reason.Of(AttributionReasons.NoTouch, [.. lacking]);
    }
}
