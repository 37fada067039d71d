using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>In which periods of budgets amounts count.</content>
public sealed partial class CampaignDecider
{
    // The newest touch that has credit; null when nothing was touched.
    internal static Instant? TouchedAt(AttributionDecision? attribution)
    {
        Instant? newest = null;
        foreach (TouchCredit touch in attribution?.Touches ?? [])
        {
            if (touch.Weight > 0 && (newest is null || touch.At > newest))
            {
                newest = touch.At;
            }
        }

        return newest;
    }

    // The same of an outcome: what was earned says it where the decision does not, since it was restored.
    private static Instant? TouchedAt(OutcomeState known, AttributionDecision? attribution)
    {
        Instant? newest = TouchedAt(attribution);
        foreach (EarningState earned in newest is null && known.EarningCount > 0 ? known.Earnings : [])
        {
            newest = newest is { } before && !(earned.Earning.TouchedAt > before) ? before : earned.Earning.TouchedAt;
        }

        return newest;
    }

    private BudgetState[] BudgetsOf(Work work, in BudgetUse use) => BudgetsOf(work.State, use, work.AsOf);

    // Those of outcomes, or those of money.
    private BudgetState[] BudgetsOf(Work work, in BudgetUse use, bool isCount) => countsOutcomes
        ? Array.FindAll(BudgetsOf(work, use), b => b.Budget.Limit.IsCount == isCount)
        : isCount ? [] : BudgetsOf(work, use);

    // Those that hold by then, with their limits of then.
    private BudgetState[] BudgetsOf(CampaignState state, in BudgetUse use, Instant asOf)
    {
        ValueList<Budget> budgets = !IsBudgeted(use.Key.Contract) ? []
            : beginsLater ? [.. campaign.Budgets.Where(b => b.Since is not { } since || since <= asOf)]
            : campaign.Budgets;
        BudgetState[] states = budgets.Count == 0 ? [] : new BudgetState[budgets.Count];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = state.BudgetOf(budgets[i], use.At(budgets[i]));
            states[i].AdvanceTo(asOf);
        }

        return states;
    }

    // What a leg asks for now.
    private BudgetUse UseOf(Work work, Leg leg, Outcome outcome) => UseOf(work, leg.KeyOf(outcome), outcome);

    private BudgetUse UseOf(Work work, BudgetKey key, Outcome outcome) => IsBudgeted(key.Contract)
        ? new(key, outcome.At)
        {
            TouchedAt = TouchedAt(work.Known, work.Seen?.Attribution ?? work.Known.Decision?.Attribution) ?? outcome.At,
        }
        : new(key, outcome.At);

    // Where an earning counts, and whatever corrects it.
    private static BudgetUse UseOf(Work work, Earning earning)
    {
        EarningState? earned = EarningOf(work.Known, earning);
        Earning first = earned?.Earning ?? earning;
        int apart = earned is null ? 0 : ApartOf(work, earned);
        return UseOf(new BudgetKey(earning.Contract, first.Clause, earning.OutcomeId, apart), first);
    }

    private static BudgetUse UseOf(BudgetKey key, Earning earning) => new(key, earning.OccurredAt)
    {
        TouchedAt = earning.TouchedAt ?? earning.OccurredAt,
        ApprovedAt = earning.DecidedAt,
    };

    // What is set aside in another period than that in which it counts now: it was touched later than was known, or is
    // approved later than it occurred.
    private void LeaveElsewhere(Work work, in BudgetUse use)
    {
        if (countsElsewhere)
        {
            BudgetUse before = BeforeOf(work.Known, use);
            ReleaseIn(work, before, Elsewhere(work.State, use, before, work.AsOf));
        }
    }

    // The same for an entry of a closed statement.
    private void LeaveElsewhere(CampaignState state, OutcomeState known, in BudgetUse use, Instant decidedAt)
    {
        BudgetKey key = use.Key;
        foreach (BudgetState budget in countsElsewhere ? Elsewhere(state, use, BeforeOf(known, use), decidedAt) : [])
        {
            if (IsHeldBy(budget, key))
            {
                budget.Apply(budget.Release(ReservationOf(budget, key)).Entry!, decidedAt);
            }
        }
    }

    private static BudgetUse BeforeOf(OutcomeState known, in BudgetUse use) => new(use.Key, use.OccurredAt)
    {
        TouchedAt = TouchedAt(known, known.Decision?.Attribution) ?? use.OccurredAt,
    };

    private BudgetState[] Elsewhere(
        CampaignState state, in BudgetUse use, in BudgetUse before, Instant asOf) =>
        [.. BudgetsOf(state, before, asOf).Except(BudgetsOf(state, use, asOf))];

    /// <summary>What budgets spend on: one clause's price of one outcome.</summary>
    /// <param name="Contract">The contract.</param>
    /// <param name="Clause">The clause.</param>
    /// <param name="Outcome">The outcome.</param>
    /// <param name="Apart">The version, where an earlier one pays other partners by the same clause; else 0.</param>
    private readonly record struct BudgetKey(ContractId Contract, ClauseId Clause, OutcomeId Outcome, int Apart);

    /// <summary>What budgets spend on, and the instants by which they may count it.</summary>
    private readonly record struct BudgetUse(BudgetKey Key, Instant OccurredAt)
    {
        /// <summary>The newest touch that has credit, else when it occurred: it was admitted then.</summary>
        public Instant TouchedAt { get; init; } = OccurredAt;

        /// <summary>When it was posted; until then, when it occurred.</summary>
        public Instant ApprovedAt { get; init; } = OccurredAt;

        public Instant At(Budget budget) => budget.Recognition switch
        {
            BudgetRecognition.OnTouch => TouchedAt,
            BudgetRecognition.OnApproval => ApprovedAt,
            _ => OccurredAt,
        };
    }

    /// <summary>What became of an amount that a later entry is about.</summary>
    /// <param name="Allowed">What limits allow of it.</param>
    /// <param name="Paid">What budgets pay of that.</param>
    /// <param name="OverBudget">What of it lies above a budget; null when nothing does.</param>
    private readonly record struct MovedAmount(Money Allowed, Money Paid, Money? OverBudget);
}
