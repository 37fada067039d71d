using System.Collections.Frozen;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Tallies;
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
        Recheck(work, outcome);
        OutcomeState known = work.Known;
        if ((!IsFinal(known.Decision?.Qualification) && !IsOnlyHeld(known))
            || (known.Decision is { } decision && (work.Reopened is not null || IsFiltered(decision))))
        {
            DecideOpen(work, outcome, journey);
        }

        AlignRulings(work, outcome);
        AlignHolds(work);
    }

    private void DecideOpen(Work work, Outcome outcome, in Journey journey)
    {
        if (Gate(work, outcome) is { } refusal)
        {
            Refuse(work, refusal);
            return;
        }

        if (AwaitParent(work, outcome) is { } wait)
        {
            Conclude(work, wait);
            return;
        }

        AttributionDecision attribution = Attribute(work, outcome, journey);
        if (!attribution.IsCredited)
        {
            Refuse(work, attribution.Reason ?? new(AttributionReasons.NoTouch), attribution);
            return;
        }

        DecideLegs(work, outcome, attribution, journey);
    }

    private void DecideLegs(Work work, Outcome outcome, AttributionDecision attribution, in Journey journey)
    {
        work.Seen = (attribution, journey);
        List<Payment> payments = PlanPayments(work, outcome, attribution);
        if (campaign.IsLayered)
        {
            foreach (List<Payment> layer in LayersOf(payments))
            {
                DecideLayer(work, outcome, layer, attribution, journey);
            }
        }
        else
        {
            DecideLayer(work, outcome, payments, attribution, journey);
        }

        if (work.Legs.Count == 0)
        {
            if (work.TakenOrder is { } taken)
            {
                Refuse(work, taken);
                return;
            }

            Refuse(work, WhyNoLeg(work.Notes), attribution);
            return;
        }

        NoteBases(work.Legs, outcome, work.Notes);
        ValueList<LegDecision> decided = DecisionsOf(work.Legs);
        Conclude(work, Overall(decided), attribution, decided);
        AdjustAtOnce(work, outcome);
    }

    private void DecideLayer(
        Work work, Outcome outcome, List<Payment> layer, AttributionDecision attribution, in Journey journey)
    {
        List<Leg> legs = Choose(work, outcome, layer, attribution, journey);
        if (legs.Count > 0 && TakenOrder(work, outcome) is { } taken)
        {
            work.TakenOrder = taken;
            return;
        }

        int first = work.Legs.Count;
        foreach (Leg leg in InTurn(work.Known, legs))
        {
            work.Legs.Add(leg);
            leg.Decision = DecideLeg(work, leg, outcome, attribution.Total);
        }

        InPlanned(work.Legs, first, legs);
    }

    private static ValueList<LegDecision> DecisionsOf(List<Leg> legs)
    {
        if (legs.Count == 1)
        {
            return [legs[0].Decision!];
        }

        var decided = new LegDecision[legs.Count];
        for (int i = 0; i < decided.Length; i++)
        {
            decided[i] = legs[i].Decision!;
        }

        return ValueList<LegDecision>.Own(decided);
    }

    // All legs earned or were refused. What was retracted may come back, by a correction of the retraction, and a
    // parent that nobody got credit for may get some.
    internal static bool IsFinal(Qualification? qualification) => qualification is Qualification.Qualified
        || (qualification is Qualification.Rejected { Reasons: var reasons }
            && !reasons.Any(MayChange));

    // Evidence that says no may be contradicted, and a ruling too.
    private static bool MayChange(Reason reason) => reason.Code is SettlementReasons.Retracted
        or SettlementReasons.ParentNotCredited or ProofReasons.OutcomeNegative or ProofReasons.RuledOut;

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

    // Another campaign of the advertiser pays for the order, or may yet. What was earned is corrected, never refused.
    private static Reason? TakenOrder(Work work, Outcome outcome) =>
        outcome.OrderId is { } order && work.State.FindTaken(order) is { } taken && work.Known.Earnings.Count == 0
            ? Reason.Of(
                SettlementReasons.DuplicateOrder,
                ("order", order),
                ("first", taken.OutcomeId),
                ("campaign", taken.Campaign))
            : null;

    // Whether periods are cut for the times of an entry.
    private static bool CanPost(Work work, Outcome outcome) =>
        ContractCalendar.Covers(outcome.At) && ContractCalendar.Covers(work.AsOf);

    // Once somebody earned, credits stand: a late touch never re-attributes.
    private AttributionDecision Attribute(Work work, Outcome outcome, in Journey journey)
    {
        OutcomeState known = work.Known;
        if (known is { Decision.Attribution: { } standing }
            && (work.Reopened is not null || (known.Earnings.Count > 0 && !IsRecalled(known))))
        {
            return standing;
        }

        AttributionDecision found =
            InheritedCredits(work, outcome) ?? work.Found ?? Attribute(outcome, journey, AttributedAt(work));
        return known.Earnings.Count == 0 ? found : Keep(known, found);
    }

    private AttributionDecision Attribute(Outcome outcome, in Journey journey, Instant asOf) =>
        CreditFinder.Attribute(campaign, outcome, journey, asOf, explain);

    // Earnings without a decision at hand say who was credited, those of payers and of overrides aside.
    private AttributionDecision Keep(OutcomeState known, AttributionDecision found)
    {
        Earning[] earnings = [.. known.Earnings.Select(static e => e.Earning)];
        ValueList<Credit> earned = CreditsOf(earnings);
        AttributionDecision kept = Earned(earnings).All(e => IsOf(found.Credits, e)) ? found : new(earned, []);
        return kept with { Roles = KeptRoles(earnings, found.Roles, kept), Model = earnings[0].Model };
    }

    // Whether an earning is for a credit, or for the part of it that its contract permits.
    private bool IsOf(ValueList<Credit> credits, Earning earning)
    {
        Credit paid = earning.Credit;
        bool isPart = campaign.FindContract(earning.Contract, earning.Version)?.Rights.HasPermissions == true;
        return credits.Any(c => c == paid
            || (isPart && c.Partner == paid.Partner && c.Total == paid.Total && paid.Weight < c.Weight));
    }

    private void Refuse(Work work, Reason reason, AttributionDecision? attribution = null) =>
        Conclude(work, new Qualification.Rejected([reason]), attribution);

    private void Conclude(
        Work work,
        Qualification qualification,
        AttributionDecision? attribution = null,
        ValueList<LegDecision>? legs = null)
    {
        ReleaseOthers(work, work.Legs);
        Decide(work, new()
        {
            OutcomeId = work.Id,
            DecidedAt = work.AsOf,
            Qualification = qualification,
            Attribution = attribution,
            Legs = legs ?? [],
            Notes = work.Notes.ToValueList(),
        });
    }

    // A decision that says the same as the one before adds nothing.
    private static void Decide(Work work, OutcomeDecided decided)
    {
        OutcomeDecided? before = work.Known.Decision;
        if (before is null || before with { DecidedAt = decided.DecidedAt } != decided)
        {
            bool waited = before?.AwaitsParent == true;
            work.Add(decided);
            CountTraffic(work, before, decided);
            NoteWait(work, waited, decided.AwaitsParent);
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

        public List<Credit> Credits { get; } = new(1);

        // Whom the decision names, when these are not the credited partners that the contract names.
        public ValueList<Credit> Named { get; set; } = [];

        // The credits of the outcome that the leg pays for; only kept where legs measure each other.
        public ValueList<Credit> Sources { get; set; } = [];

        // The same, when the contract permits only part of them.
        public ValueList<Credit> Permitted { get; set; } = [];

        public LegDecision? Decision { get; set; }

        // Whether an earlier version of the contract pays other partners by the same clause.
        public bool IsBeside { get; set; }

        // By which version limits and budgets keep it apart; 0 when it stands alone.
        public int Apart => IsBeside ? contract.Version : 0;

        // By which what is in other currencies was converted.
        public ValueList<RateSnapshot> Rates { get; set; } = [];

        // What limits did, for whoever asks.
        public ValueList<Reason> Notes { get; set; } = [];

        // The rooms for which shares waited until their period was over.
        public IReadOnlySet<LimitKey> Ended { get; set; } = FrozenSet<LimitKey>.Empty;

        // The credits are in the order of the shares; a limit may have refused some of them.
        public Credit CreditOf(PartnerId partner, int place)
        {
            if (Credits[place].Partner == partner)
            {
                return Credits[place];
            }

            foreach (Credit credit in Credits)
            {
                if (credit.Partner == partner)
                {
                    return credit;
                }
            }

            return default;
        }

        // All partners of the leg as one.
        public Credit Whole => new(Credits[0].Partner, Credits.Sum(static c => c.Weight), Credits[0].Total);

        // Whether a budget has sent it here from another clause; that happens once.
        public bool IsSentOn { get; set; }

        // Whether a budget pays nothing for it.
        public bool IsUnpaid { get; set; }

        // What lies above the limit of a budget; null when nothing does.
        public Money? OverBudget { get; set; }

        // What proved it, once it qualified.
        public ValueList<EvidenceId> Evidence { get; set; } = [];

        // What was priced, before budgets; null for what was decided before, or never priced.
        public ValueList<PricedShare>? Shares { get; set; }

        public BudgetKey KeyOf(Outcome outcome) => new(contract.Id, clause.Id, outcome.Id, Apart);
    }
}
