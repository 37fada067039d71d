using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <content>The way of an outcome: gate, credit, contract and clause, proof, payout.</content>
public sealed partial class CampaignDecider
{
    private void Review(Work work, in Journey journey)
    {
        if (work.Known.Outcome is not { } outcome)
        {
            return;
        }

        Adjust(work, outcome);
        OutcomeState known = work.Known;
        if (IsFinal(known.Decision?.Qualification))
        {
            return;
        }

        if (Gate(work, outcome) is { } refusal)
        {
            Refuse(work, refusal);
            return;
        }

        AttributionDecision attribution = Attribute(known, outcome, journey, work.AsOf);
        if (!attribution.IsCredited)
        {
            Refuse(work, attribution.Reason ?? new(AttributionReasons.NoTouch), attribution);
            return;
        }

        List<Reason> notes = [];
        List<Leg> legs = PlanLegs(work, attribution, journey, notes);
        if (legs.Count == 0)
        {
            Refuse(work, WhyNoLeg(notes), attribution, notes);
            return;
        }

        ValueList<LegDecision> decided = [.. legs.Select(leg => DecideLeg(work, leg, outcome, attribution.Total))];
        NoteBases(legs, outcome, notes);
        ReleaseOthers(work, legs);
        Decide(work, new()
        {
            OutcomeId = outcome.Id,
            DecidedAt = work.AsOf,
            Qualification = Overall(decided),
            Attribution = attribution,
            Legs = decided,
            Notes = notes.ToValueList(),
        });
    }

    // All legs earned or were refused. What was retracted may come back, by a correction of the retraction.
    private static bool IsFinal(Qualification? qualification) => qualification is Qualification.Qualified
        || (qualification is Qualification.Rejected { Reasons: var reasons }
            && !reasons.Any(static r => r.Code == SettlementReasons.Retracted));

    private Reason? Gate(Work work, Outcome outcome)
    {
        if (outcome.IsTest)
        {
            return new(SettlementReasons.TestOutcome);
        }

        ValueList<Reason> wrong = outcome.Check();
        if (wrong.Count > 0)
        {
            return Reason.Of(SettlementReasons.Invalid, ("because", wrong[0]));
        }

        if (!CanPost(work, outcome))
        {
            return new(SettlementReasons.OutsideCalendar);
        }

        if (work.Known.Earnings.Count > 0)
        {
            // What was earned is corrected, never refused again.
            return null;
        }

        if (outcome.OrderId is { } order && work.State.FindOrder(order) is { } first && first != outcome.Id)
        {
            return Reason.Of(SettlementReasons.DuplicateOrder, ("order", order), ("first", first));
        }

        return !campaign.Flies(outcome.At) ? new(SettlementReasons.OutsideFlight)
            : campaign.RefuseOutcome(outcome) is { } outside ? outside
            : work.Truth.IsGone ? new(SettlementReasons.Retracted)
            : null;
    }

    // Whether periods are cut for the times of an entry.
    private static bool CanPost(Work work, Outcome outcome) =>
        ContractCalendar.Covers(outcome.At) && ContractCalendar.Covers(work.AsOf);

    // Once somebody earned, credits stand: a late touch never re-attributes.
    private AttributionDecision Attribute(OutcomeState known, Outcome outcome, in Journey journey, Instant asOf)
    {
        if (known is { Earnings.Count: > 0, Decision.Attribution: { } standing })
        {
            return standing;
        }

        AttributionDecision found = Attributor.Assign(
            campaign.Attribution,
            journey.Touches.Span,
            new()
            {
                At = outcome.At,
                KnownAt = asOf,
                Sequence = journey.Sequence,
                Reference = outcome.Touch,
                Previous = journey.Previous,
                IsTest = outcome.IsTest,
            },
            campaign.EligibilityAt(asOf),
            explain);
        if (known.Earnings.Count == 0)
        {
            return found;
        }

        ValueList<Credit> earned = [.. known.Earnings.Select(static e => e.Earning.Credit).Distinct()];
        return earned.All(found.Credits.Contains) ? found : new(earned, []);
    }

    private List<Leg> PlanLegs(Work work, AttributionDecision attribution, in Journey journey, List<Reason> notes)
    {
        Outcome outcome = work.Known.Outcome!;
        List<Leg> legs = [];
        foreach (Credit credit in attribution.Credits)
        {
            if (campaign.RefuseCredit(credit.Partner, outcome) is { } refusal)
            {
                notes.Add(refusal);
                continue;
            }

            bool named = false;
            VersionQuestion question = QuestionOf(work, outcome, attribution, credit.Partner);
            foreach (VersionChoice choice in campaign.Choose(question, explain == ExplainLevel.Full))
            {
                named = true;
                notes.AddRange(choice.Passed);
                if (choice.Contract is not { } contract)
                {
                    notes.Add(choice.Refusal!);
                    continue;
                }

                if (contract.FindClause(outcome.Kind, outcome.Facts, outcome.At) is not { } clause)
                {
                    notes.Add(Reason.Of(
                        SettlementReasons.NoClause, ("partner", credit.Partner), ("contract", contract.Id)));
                    continue;
                }

                if (PermittedCredit(contract, credit, attribution, journey, notes) is not { } permitted)
                {
                    continue;
                }

                Leg? leg = legs.Find(l => ReferenceEquals(l.Clause, clause));
                if (leg is null)
                {
                    legs.Add(leg = new(contract, clause));
                }

                leg.Credits.Add(permitted);
            }

            if (!named)
            {
                notes.Add(Reason.Of(SettlementReasons.PartnerNotNamed, ("partner", credit.Partner)));
            }
        }

        return legs;
    }

    private void Refuse(
        Work work, Reason reason, AttributionDecision? attribution = null, List<Reason>? notes = null)
    {
        ReleaseOthers(work, []);
        Decide(work, new()
        {
            OutcomeId = work.Id,
            DecidedAt = work.AsOf,
            Qualification = new Qualification.Rejected([reason]),
            Attribution = attribution,
            Notes = (notes ?? []).ToValueList(),
        });
    }

    // A decision that says the same as the one before adds nothing.
    private static void Decide(Work work, OutcomeDecided decided)
    {
        if (work.Known.Decision is not { } before || before with { DecidedAt = decided.DecidedAt } != decided)
        {
            work.Add(decided);
        }
    }

    private static Qualification Overall(ValueList<LegDecision> legs)
    {
        Qualification overall = legs[0].Qualification;
        foreach (LegDecision leg in legs)
        {
            if (Rank(leg.Qualification) > Rank(overall))
            {
                overall = leg.Qualification;
            }
        }

        return overall;
    }

    private static int Rank(Qualification qualification) => qualification.Match(
        qualified: static _ => 1, pending: static _ => 2, rejected: static _ => 0, disputed: static _ => 3);

    /// <summary>One contract's clause that may pay for the outcome, with the credits it pays for.</summary>
    private sealed class Leg(Contract contract, Clause clause)
    {
        public Contract Contract => contract;

        public Clause Clause => clause;

        public List<Credit> Credits { get; } = [];

        public BudgetKey KeyOf(Outcome outcome) => new(contract.Id, clause.Id, outcome.Id);
    }
}
