using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using static PerfMarketing.Settlement.DisputedLegs;

namespace PerfMarketing.Settlement;

/// <content>What evidence makes of what was earned already.</content>
public sealed partial class CampaignDecider
{
    // Evidence that contradicts what qualified holds its money; what settles it lets the money go.
    private void Recheck(Work work, Outcome outcome)
    {
        OutcomeState known = work.Known;
        if (known.Earnings.Count == 0 || known.Verdicts.Count == 0
            || known.Decision is not { Legs.Count: > 0 } decision || IsRecalled(known))
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
        EarningState[] earned = [.. EarnedBy(work.Known, leg)];
        if (earned.Length == 0 || campaign.FindContract(leg.Contract, leg.Version) is not { } contract
            || contract.FindClause(leg.Clause) is not { Proof: not NoProof } clause)
        {
            return leg;
        }

        Qualification judged =
            JudgeEarned(work, outcome, (contract, clause), [.. earned.Select(static e => e.Earning.Credit)]);
        return IsHeld(judged)
            ? leg with { Qualification = judged, Amount = Sum(earned.Select(static e => e.Net)) }
            : IsHeld(leg.Qualification) && judged is Qualification.Qualified
            ? leg with { Qualification = judged, Amount = Sum(earned.Select(static e => e.Earning.Amount)) }
            : leg;
    }

    // A person's approval settles what evidence leaves open.
    private Qualification JudgeEarned(
        Work work, Outcome outcome, (Contract Contract, Clause Clause) terms, IReadOnlyList<Credit> credits) =>
        RulingOn(work, terms.Contract, terms.Clause).Decided is Approval approval
            ? new Qualification.Qualified(Instant.Max(outcome.At, approval.At), [])
            : Judge(terms.Contract, terms.Clause, outcome, credits, work.Known.Verdicts, work.AsOf);

    // Whether nothing is open but disputes of what was earned.
    private bool IsOnlyHeld(OutcomeState known) =>
        known.Decision is { Qualification: Qualification.Disputed } decision && !IsRecalled(known)
        && decision.Legs.All(l => l.Qualification is Qualification.Qualified or Qualification.Rejected
            || EarnedBy(known, l).Any(e => !arriving.Exists(a => a.Entry.Id == e.Earning.Id)));

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
                Money change = DisputedLegs.ChangeOf(earning, leg);
                if (change.MinorUnits != 0 && work.AsOf >= work.State.ClosedThrough(leg.Contract))
                {
                    work.Add(HoldOf(work, leg, earning, change));
                }
            }
        }

        NameHeld(work);
    }

    /// <summary>Says again how much is held of an outcome of which entries of closed statements count now.</summary>
    /// <param name="state">The state, to which the decision is applied.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="asOf">The instant of the entries.</param>
    internal static Decision NameHeld(CampaignState state, OutcomeId outcome, Instant asOf)
    {
        Work work = new(state, outcome, asOf);
        NameHeld(work);
        return work.Done();
    }

    // The decision says how much is held, whatever changed the earnings.
    private static void NameHeld(Work work)
    {
        OutcomeState known = work.Known;
        if (known.Decision is not { } decision || !decision.Legs.Any(static l => IsHeld(l.Qualification)))
        {
            return;
        }

        LegDecision[] legs = [.. decision.Legs.Select(l =>
            IsHeld(l.Qualification) && EarnedBy(known, l).ToArray() is { Length: > 0 } earned
                ? l with { Amount = Sum(earned.Select(static e => e.Net)) }
                : l)];
        if (!legs.SequenceEqual(decision.Legs))
        {
            Decide(work, decision with { DecidedAt = work.AsOf, Legs = ValueList.Create<LegDecision>(legs) });
        }
    }

    // What is taken from an earning is let go first, so that it is taken from this one and no other.
    private static void LetGo(Work work, EntryId earning, Money change)
    {
        EarningState held = work.Known.StateOf(earning);
        Money back = Money.Min(-change, -held.Held);
        if (back.MinorUnits > 0)
        {
            work.Add(HoldOf(work, DisputedLegs.LegOf(work.Known, held), held, back));
        }
    }

    private static DisputeHold HoldOf(Work work, LegDecision? leg, EarningState earning, Money change)
    {
        Earning standing = earning.Standing;
        Instant payableAt = earning.Instalments.Count > 0 && change.MinorUnits > 0
            ? earning.Instalments.Max(static i => i.PayableAt)
            : standing.PayableAt;
        Reason why = leg?.Qualification switch
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
