using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <content>Entries of closed statements, which count again.</content>
public sealed partial class CampaignRun
{
    // What was decided at the instant that has come, for outcomes that have not.
    private readonly List<LedgerEntry> arrivals = [];

    // Restored entries count from when they were decided: of one instant those of an outcome that comes in it count
    // when it does, as they did then.
    private bool Recall(Instant asOf, OutcomeId arriving = default) =>
        restored.Count + arrivals.Count > 0 && Count(asOf, arriving);

    private bool Count(Instant asOf, OutcomeId arriving)
    {
        List<LedgerEntry> counting = [];
        while (restored.TryPeek(out LedgerEntry? entry) && entry.DecidedAt <= asOf)
        {
            arrivals.Add(restored.Dequeue());
        }

        arrivals.RemoveAll(entry =>
        {
            bool counts = entry.DecidedAt < asOf || entry.OutcomeId.IsUnset || entry.OutcomeId == arriving
                || State.Find(entry.OutcomeId)?.Outcome is not null;
            if (counts)
            {
                counting.Add(entry);
            }

            return counts;
        });
        foreach (LedgerEntry entry in counting)
        {
            decider.Restore(State, entry);
            Recorded?.Invoke(entry);
        }

        return counting.Count > 0;
    }
}
