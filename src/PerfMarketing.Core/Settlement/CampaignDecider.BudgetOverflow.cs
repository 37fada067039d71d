using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What becomes of results that budgets have no room for.</content>
public sealed partial class CampaignDecider
{
    // What budgets leave of an amount that is to be paid, or set aside; a decision when nobody is paid by this clause
    // now.
    private LegDecision? WithinBudgets(
        Work work,
        Leg leg,
        Outcome outcome,
        (Qualification Qualification, long TotalWeight) judged,
        in BudgetUse use,
        ref Money amount)
    {
        if ((amount.MinorUnits <= 0 && !countsOutcomes) || !IsBudgeted(use.Key.Contract))
        {
            return null;
        }

        bool isSure = judged.Qualification is Qualification.Qualified;
        BudgetAsk asked = AskOf(leg, leg.Shares!, amount);
        BudgetRefusal? binding = null;
        foreach (BudgetState budget in BudgetsOf(work, use))
        {
            BudgetAmount due = asked.Of(budget.Budget);
            if (due.Units <= 0)
            {
                continue;
            }

            BudgetDecision? decision = Ask(budget, use, due, isSure);
            if (RefusalOf(work, leg, budget, use, (due, decision)) is { } refusal)
            {
                binding = refusal.Or(binding);
            }
            else if (isSure)
            {
                amount = decision is BudgetDecision.Partial partial
                    ? Money.Min(amount, partial.Available.Paid)
                    : amount;
            }
        }

        return binding is { } found ? Overflow(work, leg, outcome, judged, use, found, ref amount) : null;
    }

    private LegDecision? Overflow(
        Work work,
        Leg leg,
        Outcome outcome,
        (Qualification Qualification, long TotalWeight) judged,
        in BudgetUse use,
        in BudgetRefusal refusal,
        ref Money amount)
    {
        switch (refusal.Policy)
        {
            case LimitOverflow.Hold:
                return AwaitRoom(work, leg, outcome, judged.Qualification, use, refusal, amount);
            case LimitOverflow.Divert:
                leg.IsSentOn = true;
                ClauseId to = refusal.Budget.Budget.DivertTo!.Value;
                Reason sent = OverBudget(refusal, SettlementReasons.BudgetDiverted, to);
                return Divert(work, leg, outcome, judged.TotalWeight, (to, sent));
            case LimitOverflow.PayZero:
                amount = Money.Zero(amount.Currency);
                leg.IsUnpaid = true;
                leg.Notes = leg.Notes.Add(OverBudget(refusal, SettlementReasons.BudgetUnpaid));
                return null;
            default:
                return Refuse(work, leg, outcome, OverBudget(refusal));
        }
    }

    // Why a budget grants nothing of an amount, and what it does then; null when it grants something.
    private BudgetRefusal? RefusalOf(
        Work work,
        Leg leg,
        BudgetState budget,
        in BudgetUse use,
        in (BudgetAmount Amount, BudgetDecision? Decision) asked)
    {
        if (asked.Decision is null)
        {
            // It is set aside, or was until it expired: it waits for proof, and not for room.
            return null;
        }

        ReservationId id = ReservationOf(budget, use.Key);
        bool isHeld = IsHeldBy(budget, use.Key);
        bool isLate = budget.Find(id) is { IsWaiting: true } && work.AsOf >= budget.Period.End;
        bool isBehind = !isHeld && !budget.IsInFlight(use.TouchedAt)
            && work.State.QueueOf(budget)?.IsBehind(use.OccurredAt, use.Key.Outcome, id) == true;
        if (asked.Decision is not BudgetDecision.Denied && !isLate && !isBehind)
        {
            return null;
        }

        // What is set aside already, but for nothing, neither waits nor goes elsewhere.
        LimitOverflow policy = isHeld ? LimitOverflow.Reject : budget.Budget.OnExceeded switch
        {
            LimitOverflow.Hold => CanWait(work, budget, asked.Amount) ? LimitOverflow.Hold : LimitOverflow.Reject,
            LimitOverflow.Divert => CanDivert(leg, budget) ? LimitOverflow.Divert : LimitOverflow.Reject,
            LimitOverflow.PayZero => LimitOverflow.PayZero,
            _ => LimitOverflow.Reject,
        };
        string because = isLate ? BudgetReasons.HoldEnded
            : asked.Decision is BudgetDecision.Denied denied ? denied.Reason.Code : BudgetReasons.Behind;
        return new(budget, because) { Policy = policy, Asked = asked.Amount };
    }

    private static bool CanWait(Work work, BudgetState budget, BudgetAmount amount) =>
        work.AsOf < budget.Period.End && !budget.IsNeverGranted(amount);

    // Where the contract has the other clause, which prices the same results.
    private static bool CanDivert(Leg leg, BudgetState budget) => !leg.IsSentOn
        && budget.Budget.DivertTo is { } to && to != leg.Clause.Id
        && leg.Contract.FindClause(to) is { } other && other.Outcome == leg.Clause.Outcome;

    // What waits for room has nothing set aside. What is disputed does not wait: it comes when the dispute is over.
    private LegDecision AwaitRoom(
        Work work,
        Leg leg,
        Outcome outcome,
        Qualification qualification,
        in BudgetUse use,
        in BudgetRefusal refusal,
        Money due)
    {
        (BudgetState budget, BudgetAmount asked) = (refusal.Budget, refusal.Asked);
        LeaveRooms(work, leg, outcome);
        BudgetState[] all = BudgetsOf(work, use);
        if (qualification is Qualification.Disputed)
        {
            ReleaseIn(work, use, all);
            return Close(leg, qualification, due);
        }

        BudgetKey key = use.Key;
        ReleaseIn(work, use, [.. all.Where(b => b != budget)]);
        Spend(work, [budget], use, b => b.Wait(ReservationOf(b, key), asked));
        List<ReasonArg> args = [new("budget", budget.Budget.Id.Value), new("period", budget.Period.Key)];
        AddReset(args, budget);
        Reason held = new(SettlementReasons.BudgetHeld, args.ToValueList());
        return Close(
            leg,
            qualification is Qualification.Pending pending
                ? pending with { Until = Earlier(pending.Until, budget.NextTurn), Reasons = pending.Reasons.Add(held) }
                : new Qualification.Pending([], budget.NextTurn, [held]),
            due);
    }

    // Who is decided when a period ends waits for that, and no longer for room.
    private void LeaveQueues(Work work, in BudgetUse use)
    {
        if (work.State.HasQueues)
        {
            BudgetKey key = use.Key;
            ReleaseIn(work, use, Array.FindAll(
                BudgetsOf(work, use), b => b.Find(ReservationOf(b, key)) is { IsWaiting: true }));
        }
    }

    // The same for a closed statement: what was earned under another clause, as a budget may have sent it there, waits
    // no longer under this one.
    private void LeaveQueues(CampaignState state, OutcomeState known, in BudgetUse use, LedgerEntry entry)
    {
        foreach (LegDecision leg in state.HasQueues && known.Decision is { } decided ? decided.Legs : [])
        {
            if (leg.Contract == entry.Contract && leg.Clause != entry.Clause
                && (leg.Credits.Count == 0 || Names(leg.Credits, entry.Partner)))
            {
                BudgetKey key = use.Key with { Clause = leg.Clause };
                foreach (BudgetState budget in BudgetsOf(state, use, entry.DecidedAt))
                {
                    state.QueueOf(budget)?.Leave(entry.OccurredAt, entry.OutcomeId, ReservationOf(budget, key));
                }
            }
        }
    }

    private static void AddReset(List<ReasonArg> args, BudgetState budget)
    {
        if (budget.ResetsAt is { } resets)
        {
            args.Add(new("resets-at", InvariantText.Of(resets)));
        }
    }

    private static Reason OverBudget(
        in BudgetRefusal refusal, string code = SettlementReasons.OverBudget, ClauseId to = default)
    {
        BudgetState budget = refusal.Budget;
        List<ReasonArg> args =
        [
            new("budget", budget.Budget.Id.Value),
            new("period", budget.Period.Key),
            new("available", InvariantText.Of(budget.Available)),
            new("because", refusal.Because),
        ];
        AddReset(args, budget);
        if (refusal.Others.Count > 0)
        {
            args.Add(new("others", string.Join(' ', refusal.Others.Select(static b => b.Value))));
        }

        if (!to.IsUnset)
        {
            args.Add(new("to", to.Value));
        }

        return new(code, args.ToValueList());
    }

    /// <summary>A budget that grants nothing.</summary>
    /// <param name="Budget">The budget in its period.</param>
    /// <param name="Because">Why, one of <see cref="BudgetReasons"/>.</param>
    private readonly record struct BudgetRefusal(BudgetState Budget, string Because)
    {
        /// <summary>What the budget does with the result: reject, hold, divert or pay zero.</summary>
        public LimitOverflow Policy { get; init; }

        /// <summary>What was asked of it.</summary>
        public BudgetAmount Asked { get; init; }

        /// <summary>The budgets that grant nothing either.</summary>
        public ValueList<BudgetId> Others { get; init; } = [];

        /// <summary>Of two budgets the one that binds; of two that are alike, the earlier in the terms.</summary>
        /// <param name="earlier">A budget before this one; null when none granted nothing.</param>
        public BudgetRefusal Or(BudgetRefusal? earlier) => earlier is not { } other ? this
            : Binds(other) ? this with { Others = other.Others.Add(other.Budget.Budget.Id) }
            : other with { Others = other.Others.Add(Budget.Budget.Id) };

        private int Rank => Policy switch
        {
            LimitOverflow.Hold => 1,
            LimitOverflow.Divert => 2,
            LimitOverflow.PayZero => 3,
            _ => 0,
        };

        // Of two budgets the one with less left of what is asked of it; money and outcomes compare so too.
        private int TightnessAgainst(in BudgetRefusal other) =>
            ((Int128)Budget.Available.Units * other.Asked.Units).CompareTo(
                (Int128)other.Budget.Available.Units * Asked.Units);

        private bool Binds(in BudgetRefusal other) => Rank != other.Rank ? Rank < other.Rank
            : TightnessAgainst(other) is var least && least != 0 ? least < 0
            : (Budget.ResetsAt ?? Instant.MaxValue) > (other.Budget.ResetsAt ?? Instant.MaxValue);
    }
}
