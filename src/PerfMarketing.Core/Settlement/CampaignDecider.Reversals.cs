using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Settlement;

/// <content>How much corrections take back: the clause's schedule, then the contract's limit.</content>
public sealed partial class CampaignDecider
{
    // What was left with the partner before stays there; only what a correction takes anew is scheduled and limited.
    private Reversal Reverse(Work work, Earning earning, Correction cause, Money target, Reason reason)
    {
        EarningState standing = work.Known.StateOf(earning.Id);
        Money nothing = Money.Zero(target.Currency);
        if (work.IsAdjustedAtOnce && cause is Ruling)
        {
            // What was earned this instant is not taken back: it is worth what was decided by hand.
            return new(target - standing.Net, nothing, reason) { IsExempt = true };
        }

        if (target >= standing.Net)
        {
            bool isUnknown = reason.Code is SettlementReasons.TermsMissing or SettlementReasons.AmountTooGreat;
            return new(target - standing.Net, isUnknown ? standing.Kept : nothing, reason)
            {
                // What gives back what was exempt makes no room.
                IsExempt = target > standing.Net && cause.Replaces is { } undone
                    && work.State.IsExempt(Adjustment.IdOf(earning.Id, undone)),
            };
        }

        Money gap = standing.Net - target;
        if (gap <= standing.Kept)
        {
            return new(nothing, gap, reason);
        }

        Money asked = gap - standing.Kept;
        Contract? contract = campaign.FindContract(earning.Contract, earning.Version);
        Clause? clause = ClauseOf(earning);
        Money due = asked;
        if (contract is not null && clause?.Clawback is { } schedule)
        {
            int days = schedule.DaysOf(earning.OccurredAt, earning.PayableAt, cause.At, contract.Calendar);
            Percentage part = schedule.PartAfter(days, cause.Reason);
            due = asked.Prorate(Ratio.FromDecimal(part.Fraction), clause.Rounding.Mode);
            reason = due == asked
                ? reason
                : Reason.Of(SettlementReasons.ClawbackPart, ("days", days), ("part", part), ("of", asked));
        }

        bool isExempt = false;
        if (due > nothing && contract?.ReversalLimit is { } limit && work.State.ReversalsOf(earning.Id) is { } cohort)
        {
            (due, isExempt, reason) = Allowed(limit, cohort, (earning, cause, due), reason);
        }

        return new(-due, gap - due, reason) { IsExempt = isExempt };
    }

    private static (Money Due, bool IsExempt, Reason Reason) Allowed(
        ReversalLimit limit, ReversalCount cohort, (Earning Earning, Correction Cause, Money Due) asked, Reason reason)
    {
        Money due = asked.Due;
        if (limit.RefuseLate(asked.Earning.OccurredAt, asked.Cause.At, asked.Cause.Reason) is { } late)
        {
            return (Money.Zero(due.Currency), false, late);
        }

        if (limit.Of == ReversalBase.Amount)
        {
            ReversalDecision<Int128> answer = limit.JudgeSum(cohort.Earned, cohort.Back, due, asked.Cause.Reason);
            Money allowed = Money.FromMinor((long)answer.Allowed, due.Currency);
            return (allowed, answer.IsExempt, answer.IsRefused ? answer.Reason! : reason);
        }

        // An outcome counts once, however often it is corrected.
        long requested = cohort.IsReversed(asked.Earning.OutcomeId) ? 0 : 1;
        ReversalDecision<long> decision =
            limit.Judge(cohort.Outcomes, cohort.Reversed, requested, asked.Cause.Reason);
        return decision.IsRefused
            ? (Money.Zero(due.Currency), false, decision.Reason!)
            : (due, decision.IsExempt, reason);
    }

    /// <summary>What a correction changes, and what it leaves with the partner of what is gone.</summary>
    private readonly record struct Reversal(Money Change, Money Kept, Reason Reason)
    {
        public bool IsExempt { get; init; }

        public InvalidatedShare? Invalidated { get; init; }

        public Money? Invalid { get; init; }

        // Whether nothing is kept of the outcome.
        public bool IsGone { get; init; }

        // What stands beside the terms afterwards, where it does not follow from what is due.
        public Money? ByHand { get; init; }

        // What it should be, and what the terms alone say; null when neither changes.
        public (Money Target, Money ByTerms)? Due { get; init; }
    }
}
