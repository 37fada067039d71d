using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>Corrections of what was earned.</content>
public sealed partial class CampaignDecider
{
    // Every correction adjusts every earning once, also by nothing. What comes into a closed period waits for its end.
    private void Adjust(Work work, Outcome outcome)
    {
        OutcomeState known = work.Known;
        if (known.Corrections.Count == 0 || known.Earnings.Count == 0 || !CanPost(work, outcome))
        {
            return;
        }

        foreach (var leg in InOrder(known).GroupBy(static e => (e.Contract, e.Version, e.Clause)))
        {
            CountAdjusted(work, leg);
            if (work.AsOf >= work.State.ClosedThrough(leg.Key.Contract))
            {
                Adjust(work, outcome, [.. leg]);
            }
        }
    }

    // By leg and credit as they were decided, whatever the order in which ledgers were read.
    private static IEnumerable<Earning> InOrder(OutcomeState known)
    {
        ValueList<LegDecision> legs = known.Decision?.Legs ?? [];
        ValueList<Credit> credits = known.Decision?.Attribution?.Credits ?? [];
        return known.Earnings.Select(static e => e.Standing)
            .OrderBy(e => legs.TakeWhile(l => l.Contract != e.Contract).Count())
            .ThenBy(e => credits.TakeWhile(c => c.Partner != e.Partner).Count())
            .ThenBy(static e => e.Contract)
            .ThenBy(static e => e.Partner);
    }

    private void Adjust(Work work, Outcome outcome, ValueList<Earning> leg)
    {
        OutcomeState known = work.Known;
        EarningState first = known.StateOf(leg[0].Id);
        Correction[] due = [.. known.Corrections.Where(c => !first.Knows(c.Id) && Concerns(c, leg[0]))];
        Clause? clause = ClauseOf(leg[0]);
        bool isReevaluated = IsReevaluated(clause);
        Money[]? before = isReevaluated && due.Length > 0
            ? PricedAt(
                work.State,
                leg,
                outcome,
                TruthFor(first, leg[0], outcome, [.. known.Corrections.Where(c => !due.Contains(c))]).Truth)
            : null;
        for (int i = 0; i < due.Length; i++)
        {
            Correction[] later = due[(i + 1)..];
            var now = TruthFor(first, leg[0], outcome, [.. known.Corrections.Where(c => !later.Contains(c))]);
            LegTargets targets = RuledTargets(work.State, leg, outcome, now, due[i]);
            Money[]? after = isReevaluated ? PricedAt(work.State, leg, outcome, now.Truth) : null;
            if (now.Truth.Refused.FirstOrDefault(r => r.Id == due[i].Id)?.Reason is { } refused)
            {
                Array.Fill(targets.Reasons, refused);
            }

            Adjust(work, leg, due[i], now.Truth, targets, (before, after));
            before = after;
        }
    }

    // By what the leg was priced at before and is now, when that moves the tally too.
    private void Adjust(
        Work work,
        ValueList<Earning> leg,
        Correction cause,
        OutcomeTruth truth,
        in LegTargets due,
        in (Money[]? Before, Money[]? After) priced)
    {
        Clause? clause = ClauseOf(leg[0]);
        for (int k = 0; k < leg.Count; k++)
        {
            Earning earning = leg[k];
            LegTarget target = due.Of(k);
            EarningState known = work.Known.StateOf(earning.Id);
            if (!IsReevaluated(clause))
            {
                Adjust(work, earning, cause, target, truth.IsGone);
                continue;
            }

            Tally Left() => known.WithoutInvalid(
                KeptIn(earning, clause, BasisOf(earning, clause, work.Known.Outcome!, truth)));
            if (ReevaluationOf(work, earning, clause, Left, Between(known, priced.Before?[k], priced.After?[k]))
                is { } change)
            {
                long paid = work.State.PaidOf(earning.TallyKey, isNet: true);
                Adjust(work, earning, cause, target, truth.IsGone);
                Reevaluate(work, (earning, clause), cause.Id, change, paid);
            }
            else
            {
                LeaveAsItStands(work, earning, cause, truth.IsGone);
            }
        }
    }

    // What a correction makes of the price of what is valid.
    private static Money? Between(EarningState known, Money? before, Money? after) =>
        after is { } now && before is { } then ? known.WithoutInvalid(now) - known.WithoutInvalid(then) : null;

    // What a budget did not pay is no part of the period's payout either: amounts are compared as they were priced.
    // Null when they are more than an amount can be.
    private Money[]? PricedAt(CampaignState state, ValueList<Earning> leg, Outcome outcome, OutcomeTruth truth)
    {
        (Money[] priced, Reason[] reasons) = Targets(state, [.. leg.Select(static e => e.Uncut)], outcome, truth);
        return reasons[0].Code == SettlementReasons.AmountTooGreat ? null : priced;
    }

    // The clause that priced an earning; null when its terms are no longer known.
    private Clause? ClauseOf(Earning earning) =>
        campaign.FindContract(earning.Contract, earning.Version) is { } contract && contract.Digest == earning.Terms
            ? contract.FindClause(earning.Clause)
            : null;

    // What was invalid stays taken beside what a correction makes of the rest.
    private void Adjust(Work work, Earning earning, Correction cause, in LegTarget due, bool isGone)
    {
        EarningState standing = work.Known.StateOf(earning.Id);
        Money target = standing.WithoutInvalid(due.Target);
        Money invalid = due.Target - target;
        Reversal reversal = Reverse(work, earning, cause, target, due.Reason);
        Post(work, earning, cause.Id, reversal with
        {
            Invalid = invalid.MinorUnits == 0 ? null : invalid,
            Due = (target, standing.WithoutInvalid(due.ByTerms)),
            IsGone = isGone,
        });
    }

    private void LeaveAsItStands(Work work, Earning earning, Correction cause, bool isGone)
    {
        EarningState standing = work.Known.StateOf(earning.Id);
        Reason tooGreat = new(SettlementReasons.AmountTooGreat);
        Reversal reversal = Reverse(work, earning, cause, standing.Net - standing.Kept, tooGreat);
        Post(work, earning, cause.Id, reversal with
        {
            Invalid = standing.Invalid.MinorUnits == 0 ? null : standing.Invalid,
            ByHand = standing.ByHand,
            IsGone = isGone,
        });
    }

    private void Post(Work work, Earning earning, CorrectionId cause, in Reversal reversal)
    {
        EarningState before = work.Known.StateOf(earning.Id);
        EntryId id = Adjustment.IdOf(earning.Id, cause);
        Reason reason = reversal.Reason;
        EarningState[] earned = EarnedBefore(work.Known);
        (_, Money change, Money? over) =
            Move(work, earning, id, (reversal.Change, before.Net + reversal.Change), ref reason);
        LetGo(work, earning.Id, change);
        work.Add(new Adjustment
        {
            OutcomeId = earning.OutcomeId,
            DecidedAt = work.AsOf,
            Id = id,
            Contract = earning.Contract,
            Version = earning.Version,
            Clause = earning.Clause,
            Partner = earning.Partner,
            Amount = change,
            OccurredAt = earning.OccurredAt,
            PayableAt = Instant.Max(work.AsOf, earning.PayableAt),
            OverBudget = over,
            Corrects = earning.Id,
            Cause = cause,
            Reason = reason,
            Kept = reversal.Kept.MinorUnits == 0 ? null : reversal.Kept,
            IsExempt = reversal.IsExempt,
            Invalidated = reversal.Invalidated,
            Invalid = reversal.Invalid,
            ByHand = ByHandOf(before, change, reversal),
            Ruling = work.IsRuling ? before.RulingCount + 1 : null,
            LeavesPlace = reversal.IsGone && before.Standing.Amount.MinorUnits == 0,
        });
        Recount(work, earned, id, earning);
        UseRooms(work, earning);
    }

    private static Money? ByHandOf(EarningState before, Money change, in Reversal reversal) =>
        reversal.Due is { } due ? ByHandOf(before.Net + change - reversal.Kept, due.Target, due.ByTerms)
        : reversal.ByHand is { MinorUnits: not 0 } byHand ? byHand
        : null;

    // What the earnings of a leg should be now, by the policy of the clause under which they were made.
    private (Money[] Targets, Reason[] Reasons) Targets(
        CampaignState state, ValueList<Earning> leg, Outcome outcome, OutcomeTruth truth)
    {
        Earning first = leg[0];
        Contract? contract = campaign.FindContract(first.Contract, first.Version);
        if (contract?.FindClause(first.Clause) is not { } clause || contract.Digest != first.Terms)
        {
            Reason missing = Reason.Of(SettlementReasons.TermsMissing, ("terms", first.Terms));
            return (Standing(state, leg), ForAll(leg, missing));
        }

        OutcomeState known = state.Known(outcome.Id);
        try
        {
            return clause.Corrections switch
            {
                CorrectionPolicy.Reprice => Repriced(state, leg, clause, contract, outcome, truth),
                CorrectionPolicy.UntilFullReturn => (
                    [.. leg.Select(e => KeptOf(e, clause, outcome, truth, known) <= Ratio.Zero
                        ? Money.Zero(e.Amount.Currency)
                        : e.Amount)],
                    ForAll(leg, new(SettlementReasons.UntilFullReturn))),

                // Nothing has no proportion: an outcome that was worth nothing is priced by what it is worth now.
                _ => first.Value.Amount == 0 && truth.KeptValue is { MinorUnits: > 0 } worth
                    && IsPriced(first, worth.Currency)
                    ? Repriced(state, leg, clause, contract, outcome, truth)
                    : Proportion(leg, clause, [.. leg.Select(e => KeptOf(e, clause, outcome, truth, known))]),
            };
        }
        catch (ArithmeticException)
        {
            return (Standing(state, leg), ForAll(leg, new(SettlementReasons.AmountTooGreat)));
        }
    }

    private static Money[] Standing(CampaignState state, ValueList<Earning> leg) =>
        [.. leg.Select(e => state.Known(e.OutcomeId).StateOf(e.Id).Worth)];

    private static Reason[] ForAll(ValueList<Earning> leg, Reason reason) => [.. leg.Select(_ => reason)];

    // What is taken back in all is the rounded part of the original, so that a full return leaves exactly nothing.
    // Partners whose lines differ keep different parts.
    private static (Money[] Targets, Reason[] Reasons) Proportion(
        ValueList<Earning> leg, Clause clause, Ratio[] kept) => (
            [.. leg.Select((e, i) => e.Amount - e.Amount.Prorate(Ratio.One - kept[i], clause.Rounding.Mode))],
            [.. kept.Select(static k => Reason.Of(SettlementReasons.Proportional, ("returned", Ratio.One - k)))]);

    // All partners of the leg are priced together again, so that the parts sum to the whole again.
    private (Money[] Targets, Reason[] Reasons) Repriced(
        CampaignState state,
        ValueList<Earning> leg,
        Clause clause,
        Contract contract,
        Outcome outcome,
        OutcomeTruth truth)
    {
        Reason[] reasons = ForAll(leg, new(SettlementReasons.Repriced));
        if (truth.IsGone)
        {
            return ([.. leg.Select(static e => Money.Zero(e.Amount.Currency))], reasons);
        }

        Beneficiary[] all = [.. leg.Select(e => new Beneficiary(e.Partner, e.Credit.Weight, e.Before)
        {
            History = e.History,
            BeforeOutcome = BeforeOutcome(state.Known(outcome.Id), e.Contract, clause, e.TallyKey),
        })];
        Basis basis = BasisOf(state, clause, outcome, truth, contract.Currency, leg[0].Rates) with
        {
            Legs = LegsFor(
                state.Known(outcome.Id), contract, clause, leg[0].Rates, leg.Select(static e => e.Partner)),
        };
        ValueList<PricedShare> shares =
            pricing.Price(clause, basis, all, leg[0].Credit.Total);
        return ([.. leg.Select((e, i) => WithoutCuts(e, shares[i].Amount))], reasons);
    }

    // What budgets and limits did not pay at first is not paid because of a correction, but what is worth more is.
    private static Money WithoutCuts(Earning earning, Money repriced)
    {
        Money priced = earning.Priced;
        return repriced <= priced
            ? Money.Min(repriced, earning.Amount)
            : earning.Amount + (repriced - priced);
    }
}
