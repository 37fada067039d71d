
namespace PerfMarketing.Settlement;

/// <content>What came in under an id that stands for something else.</content>
public sealed partial class CampaignDecider
{
    /// <summary>
    /// The most conflicts that are kept of one outcome; what contradicts it after them is answered, and not kept.
    /// </summary>
    public const int ConflictCountMax = 100;

    // The first content stands and no money moves; the other one is kept once.
    private Decision KeepConflict(CampaignState state, OutcomeState known, ConflictReceived conflict)
    {
        Decision unchanged = Unchanged(state, known, conflict.Reason);
        if (known.Conflicts.Count >= ConflictCountMax || known.Conflicts.Any(c => c.Content == conflict.Content))
        {
            return unchanged;
        }

        state.Apply(conflict);
        return unchanged with { Outcome = state.Known(known.Id), Records = [conflict] };
    }
}
