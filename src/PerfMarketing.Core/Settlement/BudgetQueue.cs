using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <summary>Who waits for room in one period of a budget, in the order in which results occurred, then by id.</summary>
internal sealed class BudgetQueue
{
    private readonly SortedSet<(Instant At, OutcomeId Outcome, ReservationId Id)> waiting = [];

    /// <summary>Follows what was decided of an amount: it waits, or does so no more.</summary>
    public void Apply(BudgetMoved moved)
    {
        if (moved.Entry.Kind == BudgetEntryKind.Waiting)
        {
            waiting.Add((moved.OccurredAt, moved.OutcomeId, moved.Entry.Reservation));
        }
        else
        {
            Leave(moved.OccurredAt, moved.OutcomeId, moved.Entry.Reservation);
        }
    }

    /// <summary>Takes an amount out.</summary>
    public void Leave(Instant occurredAt, OutcomeId outcome, ReservationId id) =>
        waiting.Remove((occurredAt, outcome, id));

    /// <summary>Whether another amount comes before one.</summary>
    public bool IsBehind(Instant occurredAt, OutcomeId outcome, ReservationId id) =>
        waiting.Count > 0 && waiting.Min.CompareTo((occurredAt, outcome, id)) < 0;

    /// <summary>The outcome whose turn has come: the first that waits, when there is room for it; else null.</summary>
    /// <param name="budget">The budget in its period.</param>
    public OutcomeId? DueIn(BudgetState budget) =>
        waiting.Count > 0 && budget.HasRoomFor(waiting.Min.Id) ? waiting.Min.Outcome : null;
}
