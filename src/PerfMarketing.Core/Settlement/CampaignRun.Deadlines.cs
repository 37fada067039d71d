using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>Outcomes that time alone decides.</content>
public sealed partial class CampaignRun
{
    private readonly PriorityQueue<OutcomeId, Deadline> deadlines = new();

    // Whom decisions let go on, and nobody has decided since: children of parents, and who waits for room.
    private readonly SortedSet<Deadline> turns = [];

    // Of what time decides and of who was let go on, whatever comes first: so the order does not depend on who let
    // whom go on, which nobody knows any more who finds what a call left that broke off.
    private bool ReviewNext(Instant asOf)
    {
        if (!TryNext(out OutcomeId id, out Deadline due) || due.At > asOf)
        {
            return false;
        }

        Amend(due.At);
        Recall(due.At);
        if (!TryNext(out _, out Deadline next) || next != due)
        {
            // What was amended or counts again asks for something earlier.
            return true;
        }

        if (turns.Remove(due))
        {
            ReviewNow(id, PresentOf(id, due.At), due.Since);
            return true;
        }

        deadlines.Dequeue();
        if (State.Find(id) is { } known && IsDue(due, known))
        {
            // Whom something lets go on that came in for a closed period goes on before what came in later.
            ReviewNow(id, known.PresentAt(due.At), due.Outcome.IsUnset ? due.Since : due.At);
        }

        return true;
    }

    private Instant PresentOf(OutcomeId id, Instant asOf) => State.Find(id)?.PresentAt(asOf) ?? asOf;

    private bool TryNext(out OutcomeId id, out Deadline due)
    {
        bool isAny = deadlines.TryPeek(out id, out due);
        if (turns.Count == 0 || (isAny && due.CompareTo(turns.Min) < 0))
        {
            return isAny;
        }

        due = turns.Min;
        id = due.Outcome;
        return true;
    }

    private void LetGo(ValueList<OutcomeId> due, Instant asOf, Instant since)
    {
        for (int i = 0; i < due.Count; i++)
        {
            turns.Add(new(asOf, since, due[i], Deadline.Turn));
        }
    }

    // Decides whom an input let go on, and whom these let go on.
    private void Finish(Instant asOf)
    {
        while (turns.Count > 0 && ReviewNext(asOf))
        {
        }
    }

    // What came in for a closed period has its turn before others only when it could not be posted then: what waits for
    // something else is decided in its own turn. Who was decided again while it waited for a rate has waited since
    // then, and has asked again.
    private static bool IsDue(in Deadline due, OutcomeState known) => due.Outcome.IsUnset ? known.AwaitsClosing
        : known.IsDue(due.At) && (due.Since == due.At || due.Since == known.Decision?.DecidedAt);

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
