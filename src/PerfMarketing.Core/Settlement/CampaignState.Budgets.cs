using PerfMarketing.Budgets;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>Who waits for room in budgets.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<BudgetState, BudgetQueue> queues = [];

    /// <summary>Whether anybody ever waited for a budget.</summary>
    internal bool HasQueues => queues.Count > 0;

    /// <summary>Who waits for a budget in one of its periods; null when nobody ever did.</summary>
    internal BudgetQueue? QueueOf(BudgetState budget) => queues.GetValueOrDefault(budget);

    /// <summary>Whose turn has come in the budgets in which records moved something.</summary>
    internal IEnumerable<OutcomeId> DueInBudgets(IEnumerable<CampaignRecord> records) => !HasQueues ? []
        :
        [
            .. from moved in records.OfType<BudgetMoved>()
               from budget in Campaign.Budgets
               where budget.Id == moved.Entry.Budget
               let due = DueIn(BudgetOf(budget, moved.CountsAt ?? moved.OccurredAt))
               where due is not null
               select due.Value,
        ];

    /// <summary>The same, in the budgets in which an outcome may count.</summary>
    internal IEnumerable<OutcomeId> DueInBudgets(Outcome? outcome) => !HasQueues || outcome is null ? []
        :
        [
            .. Campaign.Budgets.Where(static b => b.OnExceeded == LimitOverflow.Hold)
                .Select(b => DueIn(BudgetOf(b, outcome.At))).OfType<OutcomeId>(),
        ];

    private OutcomeId? DueIn(BudgetState budget) => QueueOf(budget)?.DueIn(budget);

    private void NoteTurn(BudgetState budget, BudgetMoved moved)
    {
        if (!queues.TryGetValue(budget, out BudgetQueue? queue))
        {
            if (moved.Entry.Kind != BudgetEntryKind.Waiting)
            {
                return;
            }

            queues.Add(budget, queue = new());
        }

        queue.Apply(moved);
    }
}
