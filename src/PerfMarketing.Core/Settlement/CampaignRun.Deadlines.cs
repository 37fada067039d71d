using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>Outcomes that time alone decides.</content>
public sealed partial class CampaignRun
{
    private readonly PriorityQueue<OutcomeId, Deadline> deadlines = new();

    private bool ReviewNext(Instant asOf)
    {
        if (!deadlines.TryPeek(out OutcomeId id, out Deadline due) || due.At > asOf)
        {
            return false;
        }

        Amend(due.At);
        Recall(due.At);
        if (deadlines.Peek() != id)
        {
            // What counts again asks for something earlier.
            return true;
        }

        deadlines.Dequeue();
        if (State.Find(id) is { } known && known.IsDue(due.At) && IsNewest(due, known))
        {
            ReviewNow(id, due.At);
        }

        return true;
    }

    // Who was decided again while it waited for a rate has waited since then, and has asked again.
    private static bool IsNewest(in Deadline due, OutcomeState known) =>
        due.Outcome.IsUnset || due.Since == due.At || due.Since == known.Decision?.DecidedAt;

    private void AskWhenDue(OutcomeState outcome, OutcomeDecided current, Instant decidedAt)
    {
        foreach (LegDecision leg in current.Legs)
        {
            if (leg.Qualification is Qualification.Pending { Until: { } until })
            {
                deadlines.Enqueue(outcome.Id, new(until, until, outcome.Id, order++));
            }
        }

        if (decider.NextRate(outcome, decidedAt) is { } known)
        {
            deadlines.Enqueue(outcome.Id, new(known, current.DecidedAt, outcome.Id, order++));
        }
    }

    // What came in first is decided first when the period ends.
    private void AskAtClosings(OutcomeId outcome, Instant asOf)
    {
        foreach (Instant end in State.ClosedAfter(asOf))
        {
            deadlines.Enqueue(outcome, new(end, asOf, default, order++));
        }
    }
}
