using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>What persons decide by hand: approvals, also at other amounts, rejections, grades.</content>
public sealed partial class CampaignDecider
{
    // An approval asks again for what was rejected, a grade for what was rejected because of a grade. What was decided
    // without anybody to pay stays so.
    private Ruling? Reopens(OutcomeState known, Correction correction) =>
        correction is (Approval or Graded) and Ruling ruling
        && known is { Outcome: { } outcome, Decision: { Attribution.IsCredited: true } decision }
        && decision.Legs.Any(l => IsReopened(l, ruling))
        && campaign.Contracts.All(c => c.Id != ruling.Contract || StandingRuling.Fits(ruling, c))
        && OutcomeTruth.OfValid(outcome, known.Corrections.Add(correction)).Counted.Contains(ruling.Id)
            ? ruling
            : null;

    private static bool IsReopened(LegDecision leg, Ruling ruling) =>
        leg.Qualification is Qualification.Rejected { Reasons: var reasons }
        && ruling.Concerns(leg.Contract, leg.Clause)
        && (ruling is Approval || reasons.Any(static r =>
            r.Code is RulingReasons.GradeReversed or RulingReasons.GradeHoldEnded));

    // A decision by hand on another contract's price is nothing to this one.
    private static bool Concerns(Correction correction, Earning earning) =>
        correction is not Ruling ruling || ruling.Concerns(earning.Contract, earning.Clause);

    private static StandingRuling RulingOn(Work work, Contract contract, Clause clause) =>
        work.Known.Corrections.Count == 0
            ? default
            : StandingRuling.Of(work.Known.Corrections, work.Truth, (contract, clause));

    // The proof is what a person decided, where somebody did.
    private static Qualification ByHand(Work work, Leg leg, Outcome outcome, Qualification judged)
    {
        if (work.Known.Corrections.Count == 0)
        {
            return judged;
        }

        StandingRuling ruling = RulingOn(work, leg.Contract, leg.Clause);
        Qualification decided = ruling.Decided is Approval approval
            ? new Qualification.Qualified(Instant.Max(outcome.At, approval.At), [])
            : judged;
        return !ruling.IsHeld || decided is not Qualification.Qualified ? decided
            : ruling.HeldUntil <= work.AsOf
            ? new Qualification.Rejected([Reason.Of(
                RulingReasons.GradeHoldEnded, ("ruling", ruling.Grade!.Id), ("until", ruling.HeldUntil.Value))])
            : new Qualification.Pending([], ruling.HeldUntil, [ruling.ReasonOf(ruling.Grade!)]);
    }

    // What is known when an outcome is priced is in the price; what changes the amount by hand adjusts it at once.
    private static (ValueList<CorrectionId> Known, CorrectionId? Approval) PricedIn(Work work, Leg leg)
    {
        ValueList<Correction> known = work.Known.Corrections;
        if (known.Count == 0)
        {
            return ([], null);
        }

        StandingRuling ruling = RulingOn(work, leg.Contract, leg.Clause);
        CorrectionId? approved = ruling.Amount is null ? null : ruling.Decided!.Id;
        CorrectionId? scaled = ruling.Part is null ? null : ruling.Grade!.Id;
        work.IsAdjustedAtOnce |= (approved ?? scaled) is not null;
        return (
            [.. known.Select(static c => c.Id).Where(id => id != approved && id != scaled)],
            (ruling.Decided as Approval)?.Id);
    }

    private void AdjustAtOnce(Work work, Outcome outcome)
    {
        if (work.IsAdjustedAtOnce)
        {
            Adjust(work, outcome);
        }
    }

    // What is true of an outcome for a clause: a rejection is a retraction towards one contract, and so is a ruling
    // that the evidence is wrong.
    private (OutcomeTruth Truth, StandingRuling Ruling) TruthFor(
        EarningState known, Earning earning, Outcome outcome, Correction[] corrections)
    {
        OutcomeTruth truth = OutcomeTruth.After(outcome, corrections);
        truth = known.IsRuledOut ? truth.Gone() : truth;
        if (!Array.Exists(corrections, static c => c is Ruling)
            || campaign.FindContract(earning.Contract, earning.Version) is not { } contract
            || contract.FindClause(earning.Clause) is not { } clause)
        {
            return (truth, default);
        }

        var ruling = StandingRuling.Of([.. corrections], truth, (contract, clause));
        return (ruling.Refusal is null ? truth : truth.Gone(), ruling);
    }

    // What a correction makes of a leg, after what persons decided on it.
    private LegTargets RuledTargets(
        CampaignState state,
        ValueList<Earning> leg,
        Outcome outcome,
        in (OutcomeTruth Truth, StandingRuling Ruling) now,
        Correction? cause)
    {
        (OutcomeTruth truth, StandingRuling ruling) = now;
        (Money[] targets, Reason[] reasons) = Targets(state, leg, outcome, truth);
        bool isKnown = reasons[0].Code is not (SettlementReasons.TermsMissing or SettlementReasons.AmountTooGreat);
        if (!isKnown)
        {
            return new(targets, targets, reasons);
        }

        Money[] byTerms = [.. targets];
        if (!truth.IsGone)
        {
            Apply(state, leg, ruling, targets);
        }

        if (cause is Ruling decided && ClauseOf(leg[0]) is not null)
        {
            Contract contract = campaign.FindContract(leg[0].Contract, leg[0].Version)!;
            Reason why = StandingRuling.Fits(decided, contract)
                ? ruling.ReasonOf(decided)
                : Reason.Of(RulingReasons.Unfit, ("ruling", decided.Id));
            Array.Fill(reasons, why);
        }

        return new(targets, byTerms, reasons);
    }

    private void Apply(CampaignState state, ValueList<Earning> leg, in StandingRuling ruling, Money[] targets)
    {
        RoundingMode mode = ClauseOf(leg[0])?.Rounding.Mode ?? RoundingMode.HalfAwayFromZero;
        if (ruling.Amount is { } approved)
        {
            Money[] parts = approved.Allocate(WeightsOf(leg));
            for (int i = 0; i < targets.Length; i++)
            {
                // What came back of the outcome comes back of what was approved.
                targets[i] = leg[i].Amount.MinorUnits == 0
                    ? parts[i]
                    : parts[i].Prorate(new(targets[i].MinorUnits, leg[i].Amount.MinorUnits), mode);
            }
        }

        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = ruling.Part is { } part ? targets[i].Prorate(Ratio.FromDecimal(part.Fraction), mode)
                : ruling.IsHeld ? Money.Min(targets[i], state.Known(leg[i].OutcomeId).StateOf(leg[i].Id).Worth)
                : targets[i];
        }
    }

    // Partners share an approved amount as they shared what the terms pay; by their credit when that is nothing.
    private static long[] WeightsOf(ValueList<Earning> leg)
    {
        long[] amounts = [.. leg.Select(static e => Math.Max(0, e.Amount.MinorUnits))];
        return amounts.Any(static a => a > 0) ? amounts : [.. leg.Select(static e => e.Credit.Weight)];
    }

    // What of an earning of which so much stands is there by hand: at most as much as was decided beside the terms.
    private static Money? ByHandOf(Money stands, Money target, Money byTerms)
    {
        Money nothing = Money.Zero(stands.Currency);
        Money beside = target - byTerms;
        Money byHand = Money.Max(
            Money.Min(nothing, beside), Money.Min(Money.Max(nothing, beside), stands - byTerms));
        return byHand.MinorUnits == 0 ? null : byHand;
    }

    /// <summary>What the earnings of a leg should be, what the terms alone say, and why.</summary>
    private readonly record struct LegTargets(Money[] Targets, Money[] ByTerms, Reason[] Reasons)
    {
        public LegTarget Of(int place) => new(Targets[place], ByTerms[place], Reasons[place]);
    }

    /// <summary>The same of one earning.</summary>
    private readonly record struct LegTarget(Money Target, Money ByTerms, Reason Reason);
}
