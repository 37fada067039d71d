using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>The share of one position of a journey: a place, or the touch of a milestone.</summary>
/// <param name="Share">The share, from 0 to 1 with at most 9 decimals.</param>
public sealed record PositionMark(decimal Share) : ITerms
{
    /// <summary>
    /// From 1, the oldest touch, on; from −1, the newest, back; 0 is the middle one of three or more, the older of two
    /// middle ones. Null when a milestone is named.
    /// </summary>
    public int? Place { get; init; }

    /// <summary>
    /// The milestone: the newest touch whose fact <c>milestone</c> is this text. Null when a place is named.
    /// </summary>
    public string? Milestone { get; init; }

    /// <summary>Reads a mark.</summary>
    /// <param name="terms">The terms.</param>
    public static PositionMark Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Number("share"))
        {
            Place = terms.Has("place") ? terms.Int("place", 0) : null,
            Milestone = terms.OptionalText("milestone"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("place", Place);
        terms.Value("milestone", Milestone);
        terms.Number("share", Share);
    }

    // The touch it means; −1 when the journey has none.
    internal int IndexIn(in JourneyView journey)
    {
        int count = journey.Count;
        if (Milestone is not { } milestone)
        {
            int place = Place ?? 0;
            int index = place > 0 ? place - 1 : place < 0 ? count + place : count >= 3 ? (count - 1) / 2 : -1;
            return index < count ? index : -1;
        }

        int found = count - 1;
        while (found >= 0
            && !(journey[found].Facts.TryGet(Facts.Milestone, out string? name)
                && string.Equals(name, milestone, StringComparison.Ordinal)))
        {
            found--;
        }

        return found;
    }
}
