using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>What rulings on contradicting evidence make of what was earned.</content>
public sealed partial class CampaignDecider
{
    // What a ruling says did not happen is taken back like a retraction; when the ruling stands no more, it is given
    // back.
    private void AlignRulings(Work work, Outcome outcome)
    {
        OutcomeState known = work.Known;
        if (known.Earnings.Count == 0 || known.Verdicts.Count == 0 || known.Decision is not { } decision
            || !CanPost(work, outcome))
        {
            return;
        }

        foreach (LegDecision leg in decision.Legs)
        {
            bool isOut = DisputedLegs.IsRuledOut(leg.Qualification);
            if (work.AsOf < work.State.ClosedThrough(leg.Contract)
                || (!isOut && !known.Earnings.Any(static e => e.IsRuledOut)))
            {
                continue;
            }

            HashSet<EntryId> due =
            [
                .. DisputedLegs.EarnedBy(known, leg).Where(e => e.IsRuledOut != isOut)
                    .Select(static e => e.Earning.Id),
            ];
            foreach (var own in InOrder(known).Where(e => due.Contains(e.Id))
                .GroupBy(static e => (e.Version, e.Clause)))
            {
                Rule(work, outcome, leg, [.. own]);
            }
        }
    }

    private void Rule(Work work, Outcome outcome, LegDecision decided, ValueList<Earning> leg)
    {
        OutcomeState known = work.Known;
        EarningState first = known.StateOf(leg[0].Id);
        Correction[] applied = [.. known.Corrections.Where(c => first.Knows(c.Id))];
        var before = TruthFor(first, leg[0], outcome, applied);
        var now = TruthFor(first.Ruled(), leg[0], outcome, applied);
        Retraction cause = new()
        {
            Id = new(DerivedId.Of(
                "evidence-ruling",
                outcome.Id.Value,
                decided.Contract.Value,
                decided.Clause.Value,
                InvariantText.Of(first.RulingCount + 1))),
            Outcome = outcome.Id,
            At = RuledAt(known, decided.Qualification) ?? work.AsOf,
        };
        LegTargets targets = RuledTargets(work.State, leg, outcome, now, cause);
        if (targets.Reasons[0].Code is not (SettlementReasons.TermsMissing or SettlementReasons.AmountTooGreat))
        {
            Array.Fill(targets.Reasons, decided.Qualification is Qualification.Rejected { Reasons: { Count: > 0 } why }
                ? why[0]
                : new(SettlementReasons.DisputeSettled));
        }

        bool isReevaluated = IsReevaluated(ClauseOf(leg[0]));
        work.IsRuling = true;
        Adjust(
            work,
            leg,
            cause,
            now.Truth,
            targets,
            isReevaluated
                ? (PricedAt(work.State, leg, outcome, before.Truth), PricedAt(work.State, leg, outcome, now.Truth))
                : default);
        work.IsRuling = false;
    }

    // When the ruling came that the decision names; of what it gives back, when the newest came that is believed.
    private static Instant? RuledAt(OutcomeState known, Qualification judged)
    {
        string? named = judged is Qualification.Rejected { Reasons: var reasons }
            ? reasons.FirstOrDefault(static r => r.Code == ProofReasons.RuledOut)?.Args[0].Value
            : null;
        Instant? newest = null;
        foreach (EvidenceVerdict verdict in known.Verdicts)
        {
            if (verdict is { IsValid: true } && verdict.Kind == EvidenceKind.Ruling
                && (named is null || verdict.ReplayKey?.Value == named)
                && (newest is not { } at || verdict.ReceivedAt > at))
            {
                newest = verdict.ReceivedAt;
            }
        }

        return newest;
    }
}
