using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Settlement;

/// <content>What evidence makes of what was earned already.</content>
public sealed partial class CampaignDecider
{
    // Evidence that contradicts what qualified holds its money; what settles it lets the money go.
    private void Recheck(Work work, Outcome outcome)
    {
        OutcomeState known = work.Known;
        if (known.Earnings.Count == 0 || known.Verdicts.Count == 0
            || known.Decision is not { Legs.Count: > 0 } decision)
        {
            return;
        }

        var legs = new LegDecision[decision.Legs.Count];
        for (int i = 0; i < legs.Length; i++)
        {
            legs[i] = Recheck(work, outcome, decision.Legs[i]);
        }

        if (!legs.SequenceEqual(decision.Legs))
        {
            ValueList<LegDecision> now = ValueList.Create<LegDecision>(legs);
            Decide(work, decision with { DecidedAt = work.AsOf, Legs = now, Qualification = Overall(now) });
        }
    }

    private LegDecision Recheck(Work work, Outcome outcome, LegDecision leg)
    {
        Earning[] earned = [.. EarnedBy(work.Known, leg).Select(static e => e.Earning)];
        if (earned.Length == 0 || campaign.FindContract(leg.Contract, leg.Version) is not { } contract
            || contract.FindClause(leg.Clause) is not { Proof: not NoProof } clause)
        {
            return leg;
        }

        // A person's approval settles what evidence leaves open.
        StandingRuling ruling = RulingOn(work, contract, clause);
        Qualification judged = ruling.Decided is Approval approval
            ? new Qualification.Qualified(Instant.Max(outcome.At, approval.At), [])
            : Judge(
                contract, clause, outcome, [.. earned.Select(static e => e.Credit)], work.Known.Verdicts, work.AsOf);
        bool isHeld = IsHeld(leg.Qualification);
        if (IsHeld(judged))
        {
            Money held = Sum(EarnedBy(work.Known, leg).Select(static e => e.Net));
            return leg with { Qualification = judged, Amount = held };
        }

        return isHeld && judged is Qualification.Qualified
            ? leg with { Qualification = judged, Amount = Sum(earned.Select(static e => e.Amount)) }
            : leg;
    }

    // Disputed, or ruled out: then the money stays where it is until the outcome is retracted.
    private static bool IsHeld(Qualification qualification) => qualification is Qualification.Disputed
        || (qualification is Qualification.Rejected { Reasons: var reasons }
            && reasons.Any(static r => r.Code == ProofReasons.RuledOut));

    private static IEnumerable<EarningState> EarnedBy(OutcomeState known, LegDecision leg) => known.Earnings.Where(e =>
        e.Earning.Contract == leg.Contract && (e.Earning.Clause == leg.Clause || e.Standing.Clause == leg.Clause));

    // Whether nothing is open but disputes of what was earned.
    private static bool IsOnlyHeld(OutcomeState known) =>
        known.Decision is { Qualification: Qualification.Disputed } decision
        && decision.Legs.All(l => l.Qualification is Qualification.Qualified or Qualification.Rejected
            || EarnedBy(known, l).Any());

    // What is held of each earning is what it is worth now, as long as its leg is disputed.
    private static void AlignHolds(Work work)
    {
        OutcomeState known = work.Known;
        foreach (LegDecision leg in known.Decision?.Legs ?? [])
        {
            bool isHeld = IsHeld(leg.Qualification);
            if (!isHeld && known.Earnings.All(static e => e.Held.MinorUnits == 0))
            {
                continue;
            }

            foreach (EarningState earning in EarnedBy(known, leg).ToArray())
            {
                Money change = (isHeld ? -earning.Net : Money.Zero(earning.Net.Currency)) - earning.Held;
                if (change.MinorUnits != 0 && work.AsOf >= work.State.ClosedThrough(leg.Contract))
                {
                    work.Add(HoldOf(work, leg, earning, change));
                }
            }
        }
    }

    private static DisputeHold HoldOf(Work work, LegDecision leg, EarningState earning, Money change)
    {
        Earning standing = earning.Standing;
        Instant payableAt = standing.Instalments.Count > 0 && change.MinorUnits > 0
            ? standing.Instalments.Max(static i => i.PayableAt)
            : standing.PayableAt;
        Reason why = leg.Qualification switch
        {
            Qualification.Disputed { Reasons: { Count: > 0 } reasons } => reasons[0],
            Qualification.Rejected { Reasons: { Count: > 0 } reasons } => reasons[0],
            _ => new(SettlementReasons.DisputeSettled),
        };
        int number = earning.HoldCount + 1;
        return new()
        {
            OutcomeId = standing.OutcomeId,
            DecidedAt = work.AsOf,
            Id = DisputeHold.IdOf(earning.Earning.Id, number),
            Contract = standing.Contract,
            Version = standing.Version,
            Clause = standing.Clause,
            Partner = standing.Partner,
            Amount = change,
            OccurredAt = standing.OccurredAt,
            PayableAt = Instant.Max(work.AsOf, payableAt),
            Corrects = earning.Earning.Id,
            Number = number,
            Reason = why,
        };
    }
}
