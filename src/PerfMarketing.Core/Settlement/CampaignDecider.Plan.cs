using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>Which contracts pay whom for an outcome, and by which of their clauses.</content>
public sealed partial class CampaignDecider
{
    // Every contract that pays somebody: the credited partners, then the payers above them, then overrides.
    private List<Payment> PlanPayments(Work work, Outcome outcome, AttributionDecision attribution)
    {
        ValueList<Credit> credits = Accepted(work, outcome, attribution.Credits);
        List<Payment> payments = work.Payments;
        payments.Clear();
        if (!campaign.IsChained && campaign.Overriders.Count == 0)
        {
            foreach (Credit credit in credits)
            {
                PlanOwn(work, credit, null, QuestionOf(work, outcome, attribution, credit.Partner), payments);
            }

            PlanAssists(work, outcome, credits, attribution, payments);
            return payments;
        }

        List<Payee> payees = PayeesOf(work, credits, attribution);
        foreach (Payee payee in payees)
        {
            VersionQuestion question = QuestionOf(work, payee, attribution);
            PlanOwn(work, payee.Credit, payee.Sources, question, payments);
        }

        PlanOverrides(work, payees, attribution, payments);
        PlanAssists(work, outcome, credits, attribution, payments);
        return payments;
    }

    private ValueList<Credit> Accepted(Work work, Outcome outcome, ValueList<Credit> credits)
    {
        List<Credit>? accepted = null;
        for (int i = 0; i < credits.Count; i++)
        {
            if (campaign.RefuseCredit(credits[i].Partner, outcome) is { } refusal)
            {
                work.Notes.Add(refusal);
                accepted ??= [.. credits.AsSpan()[..i]];
            }
            else
            {
                accepted?.Add(credits[i]);
            }
        }

        return accepted?.ToValueList() ?? credits;
    }

    private void PlanOwn(
        Work work, Credit credit, List<Credit>? sources, in VersionQuestion question, List<Payment> payments)
    {
        bool isNamed = false;
        foreach (ContractLine line in campaign.LinesOf(question.Partner))
        {
            VersionChoice choice = line.Choose(question, explain == ExplainLevel.Full);
            if (choice is { Contract: null, Refusal: null } or { Contract.PaysCredit: false })
            {
                continue;
            }

            isNamed = true;
            if (choice.Passed.Count > 0)
            {
                work.Notes.AddRange(choice.Passed);
            }

            if (choice.Contract is { } contract)
            {
                payments.Add(new(contract, credit, sources));
            }
            else
            {
                work.Notes.Add(choice.Refusal!);
            }
        }

        if (!isNamed)
        {
            work.Notes.Add(Reason.Of(SettlementReasons.PartnerNotNamed, ("partner", credit.Partner)));
        }
    }

    private void PlanOverrides(
        Work work, List<Payee> payees, AttributionDecision attribution, List<Payment> payments)
    {
        foreach (PartnerId overrider in campaign.Overriders)
        {
            Payee asked = new(overrider);
            VersionQuestion question = QuestionOf(work, asked, attribution);
            foreach (VersionChoice choice in campaign.Choose(question))
            {
                if (choice.Contract is { IsOverride: true } contract)
                {
                    Payee payee = new(overrider);
                    foreach (Payee brought in payees.Where(p => contract.Downline.Contains(p.Partner)))
                    {
                        payee.Add(brought.Sources);
                    }

                    if (payee.Sources.Count > 0)
                    {
                        payments.Add(new(contract, payee.Credit, payee.Sources));
                    }
                }
            }
        }
    }

    // A payer further up was touched when the first of those was who led there.
    private VersionQuestion QuestionOf(Work work, Payee payee, AttributionDecision attribution)
    {
        VersionQuestion question = QuestionOf(work, work.Known.Outcome!, attribution, payee.Partner);
        if (!campaign.AsksTouches || payee.Sources.Count == 0)
        {
            return question;
        }

        Instant? first = payee.Sources.Min(s => FirstTouchOf(attribution, s.Partner));
        return question with
        {
            FirstTouch = first,
            CustomerSince = first < question.CustomerSince ? first : question.CustomerSince ?? first,
        };
    }

    // The credited partners as they were credited; then, by their names, the payers above them that are paid too.
    private List<Payee> PayeesOf(Work work, ValueList<Credit> credits, AttributionDecision attribution)
    {
        List<Payee> payees = [];
        foreach (Credit credit in credits)
        {
            payees.Add(new(credit.Partner));
        }

        foreach (Credit credit in credits)
        {
            Climb(work, payees, credit.Partner, credit, attribution);
        }

        return [.. payees[..credits.Count], .. payees[credits.Count..].OrderBy(static p => p.Partner)];
    }

    private void Climb(
        Work work, List<Payee> payees, PartnerId partner, Credit credit, AttributionDecision attribution)
    {
        Payee? payee = payees.Find(p => p.Partner == partner);
        if (payee is null)
        {
            payees.Add(payee = new(partner));
        }

        if (!payee.Add([credit]) || !campaign.IsChained)
        {
            return;
        }

        foreach (VersionChoice choice in campaign.Choose(QuestionOf(work, payee, attribution)))
        {
            if (choice.Contract is { PaysCredit: true } contract
                && campaign.AsPartner(contract.Payer) is { } payer)
            {
                Climb(work, payees, payer, credit, attribution);
            }
        }
    }

    // Layer by layer: what is measured or waited for comes before what measures or waits.
    private IEnumerable<List<Payment>> LayersOf(List<Payment> payments) => payments
        .GroupBy(p => campaign.LayerOf(p.Contract.Id)).OrderBy(static g => g.Key).Select(static g => g.ToList());

    // The legs of some payments: one for each clause, with all partners whom it pays.
    private List<Leg> Choose(
        Work work, Outcome outcome, List<Payment> payments, AttributionDecision attribution, in Journey journey)
    {
        List<Leg> legs = new(payments.Count);
        bool isCut = false;
        FactSet facts = FactsOf(work.State, outcome, work.Truth);
        Instant? parentAt = ParentOf(work, outcome)?.At;
        foreach (Payment payment in payments)
        {
            FactSet own = FactsFor(facts, attribution, payment.Credit.Partner);
            ClauseSubject subject = new(outcome.Kind, own, outcome.At)
            {
                Partner = payment.Credit.Partner,
                ParentAt = parentAt,
                Order = (outcome, work.Truth),
            };
            int before = work.Notes.Count;
            ValueList<Clause> winners = Choose(work, outcome, payment, subject, attribution.Total);
            if (winners.Count == 0)
            {
                work.Notes.Insert(before, About(SettlementReasons.NoClause, payment));
            }
            else if (Permitted(work, payment, attribution, journey, work.Notes) is { } permitted)
            {
                AddLegs(legs, winners, permitted);
                isCut |= permitted.Credit != payment.Credit;
            }
            else
            {
                isCut = true;
            }
        }

        foreach (Leg leg in legs)
        {
            leg.Permitted = isCut && campaign.IsLayered && leg.Contract.Rights.HasPermissions ? leg.Sources : [];
            leg.Named = NamedBy(leg, payments);
            leg.IsBeside = IsBeside(work.Known, leg, legs);
        }

        return legs;
    }

    private void AddLegs(List<Leg> legs, ValueList<Clause> winners, Payment payment)
    {
        foreach (Clause clause in winners)
        {
            Leg? leg = Find(legs, clause);
            if (leg is null)
            {
                legs.Add(leg = new(payment.Contract, clause));
            }

            leg.Credits.Add(payment.Credit);
            if (campaign.IsLayered)
            {
                leg.Sources = leg.Sources.Union(payment.Sources ?? [payment.Credit]).ToValueList();
            }
        }
    }

    private static Leg? Find(List<Leg> legs, Clause clause)
    {
        foreach (Leg leg in legs)
        {
            if (ReferenceEquals(leg.Clause, clause))
            {
                return leg;
            }
        }

        return null;
    }

    // The payment for the part of the credit that the contract permits; null when that is nothing.
    private Payment? Permitted(
        Work work,
        Payment payment,
        AttributionDecision attribution,
        in Journey journey,
        List<Reason> notes)
    {
        Contract contract = payment.Contract;
        if (InheritsCredits(work.Known.Outcome!))
        {
            return payment;
        }

        if (contract.Assists)
        {
            return PermittedAssist(work, payment, journey, notes);
        }

        if (payment.Sources is null || !contract.Rights.HasPermissions)
        {
            return PermittedCredit(contract, payment.Credit, attribution, journey, notes) is { } own
                ? payment with { Credit = own }
                : null;
        }

        Payee permitted = new(payment.Credit.Partner);
        foreach (Credit source in payment.Sources)
        {
            if (PermittedCredit(contract, source, attribution, journey, notes) is { } part)
            {
                permitted.Add([part]);
            }
        }

        return permitted.Sources.Count > 0 ? new(contract, permitted.Credit, permitted.Sources) : null;
    }

    // What was decided under a contract stands; else the contract's precedence chooses.
    private ValueList<Clause> Choose(
        Work work, Outcome outcome, Payment payment, ClauseSubject subject, long totalWeight)
    {
        Contract contract = payment.Contract;
        if (contract.Precedence != Precedence.Sum && DecidedClause(work, payment) is { } decided)
        {
            return [decided];
        }

        if (contract.Precedence == Precedence.FirstMatch && explain == ExplainLevel.Standard)
        {
            return contract.FindClause(subject)?.Alone ?? [];
        }

        return ChooseAmong(work, outcome, payment, subject, totalWeight);
    }

    private ValueList<Clause> ChooseAmong(
        Work work, Outcome outcome, Payment payment, ClauseSubject subject, long totalWeight)
    {
        Contract contract = payment.Contract;
        var choice = ClauseChoice.Make(
            contract, subject, clause => WorthOf(work, outcome, payment, clause, totalWeight), explain);
        foreach (ClauseCandidate loser in choice.Losers)
        {
            work.Notes.Add(About(loser.Reason.Code, payment, loser.Reason.Args));
        }

        return choice.Winners;
    }

    // What a clause would pay one partner, exact; null when it cannot be priced as things stand.
    private Accrual? WorthOf(Work work, Outcome outcome, Payment payment, Clause clause, long totalWeight)
    {
        Contract contract = payment.Contract;
        Leg leg = new(contract, clause);
        leg.Credits.Add(payment.Credit);
        leg.Sources = (payment.Sources ?? [payment.Credit]).ToValueList();
        if (FindRates(work, leg, outcome) is not null)
        {
            return null;
        }

        return BasisOf(work, leg, outcome, work.Truth, out _) is { } basis
            ? Price(work, leg, leg.Credits, basis, outcome.At, totalWeight)?[0].Counted.Accrued
            : Accrual.Zero(contract.Currency);
    }

    // Whom the leg pays, when that does not follow from the contract and the credits.
    private ValueList<Credit> NamedBy(Leg leg, List<Payment> payments)
    {
        bool isOrdinary = !campaign.IsChained && leg.Contract.PaysCredit;
        int all = 0;
        foreach (Payment payment in payments)
        {
            all += ReferenceEquals(payment.Contract, leg.Contract) ? 1 : 0;
        }

        return isOrdinary && all == leg.Credits.Count ? [] : leg.Credits.ToValueList();
    }

    private static Reason About(string code, Payment payment, ValueList<ReasonArg>? args = null) => new(
        code,
        [
            new("partner", payment.Credit.Partner.ToString()),
            new("contract", payment.Contract.Id.ToString()),
            .. args ?? [],
        ]);

    /// <summary>One contract's partner who is to be paid, with the part of the credit.</summary>
    private readonly record struct Payment(Contract Contract, Credit Credit, List<Credit>? Sources);

    /// <summary>Somebody who is paid for an outcome, with the credits that led there.</summary>
    private sealed class Payee(PartnerId partner)
    {
        public PartnerId Partner => partner;

        public List<Credit> Sources { get; } = [];

        public Credit Credit => new(partner, Sources.Sum(static s => s.Weight), Sources[0].Total);

        // Whether any of the credits is new.
        public bool Add(IEnumerable<Credit> credits)
        {
            int before = Sources.Count;
            Sources.AddRange(credits.Where(c => !Sources.Contains(c)).ToList());
            return Sources.Count > before;
        }
    }
}
