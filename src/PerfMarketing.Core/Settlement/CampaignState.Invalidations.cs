using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>What was taken as invalid.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<BookingId, List<Adjustment>> invalidated = [];

    // The entries that stand for an invalidation; empty when it is not known.
    internal ValueList<Adjustment> InvalidatedBy(BookingId invalidation) =>
        invalidated.TryGetValue(invalidation, out List<Adjustment>? entries) ? entries.ToValueList() : [];

    // What invalidations took from all lines.
    internal IEnumerable<Adjustment> Invalidations => invalidated.Values.SelectMany(static a => a);

    private void NoteInvalidated(Adjustment adjustment)
    {
        if (adjustment.Invalidated is { } share)
        {
            if (!invalidated.TryGetValue(share.Id, out List<Adjustment>? entries))
            {
                invalidated.Add(share.Id, entries = []);
            }

            entries.Add(adjustment);
        }
    }
}
