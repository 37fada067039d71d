using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>One leg: proof, price, budget, posting.</content>
public sealed partial class CampaignDecider
{
    private readonly ClausePricing pricing = new();
    private Beneficiary[] scratch = new Beneficiary[4];

    private LegDecision DecideLeg(Work work, Leg leg, Outcome outcome, long totalWeight)
    {
        See(work, leg, outcome);
        if (arriving.Count > 0)
        {
            CountArrived(work, leg);
        }

        if ((TakenBy(work, leg) ?? StandingOf(work, leg, outcome)) is { } standing)
        {
            return standing;
        }

        OutcomeTruth truth = work.Truth;
        if (truth.IsGone)
        {
            return Refuse(work, leg, outcome, new Reason(SettlementReasons.Retracted));
        }

        if (RulingOn(work, leg.Contract, leg.Clause).Refusal is { } refused)
        {
            return Refuse(work, leg, outcome, refused);
        }

        if (FindRates(work, leg, outcome) is { } missing)
        {
            return Close(leg, new Qualification.Pending([], null, [missing]), Money.Zero(leg.Contract.Currency));
        }

        Qualification qualification =
            Judge(leg.Contract, leg.Clause, outcome, leg.Credits, work.Known.Verdicts, work.AsOf);
        qualification = ScreenCall(work, leg, outcome, Screen(work, leg, outcome, qualification));
        qualification = ByHand(work, leg, outcome, qualification);
        if (qualification is Qualification.Rejected)
        {
            return Refuse(work, leg, outcome, qualification);
        }

        qualification = AwaitLegs(work, leg, qualification);
        if (qualification is Qualification.Rejected)
        {
            return Refuse(work, leg, outcome, qualification);
        }

        if (BasisOf(work, leg, outcome, truth, out Reason? unpayable) is not { } basis)
        {
            return Refuse(work, leg, outcome, unpayable!);
        }

        if (Price(work, leg, leg.Credits, basis, outcome.At, totalWeight) is not { } shares)
        {
            return Refuse(work, leg, outcome, new Reason(SettlementReasons.AmountTooGreat));
        }

        if (leg.Clause.HasLimits
            && WithinLimits(work, leg, outcome, qualification, (basis, totalWeight), ref shares) is { } stopped)
        {
            return stopped;
        }

        leg.Shares = shares;
        Money due = SumOf(shares);
        return qualification is Qualification.Qualified
            ? Pay(work, leg, outcome, (qualification, totalWeight), basis, shares, due)
            : Hold(work, leg, outcome, (qualification, totalWeight), shares, due);
    }

    // What comes too late for a closed period is decided when the next one begins; it does not disturb the budgets.
    private static Qualification.Pending Waiting(Instant closed) =>
        new([], closed, [Reason.Of(SettlementReasons.PeriodClosed, ("until", closed))]);

    // A leg that earned is final. Earnings restored from a closed statement speak for a leg without a decision at hand.
    private LegDecision? StandingOf(Work work, Leg leg, Outcome outcome) =>
        work.Known is { Decision: null, Earnings.Count: 0 } ? null : StandingOf(work.Known, work, leg, outcome);

    private LegDecision? StandingOf(OutcomeState known, Work work, Leg leg, Outcome outcome)
    {
        LegDecision? decided = known.Decision?.Legs.FirstOrDefault(l => l.IsOf(leg.Contract, leg.Clause)
            || (work.WasFinal && l.Contract == leg.Contract.Id && l.Clause == leg.Clause.Id));
        if (decided is not null
            && (decided.Qualification is Qualification.Qualified || IsRefused(decided.Qualification))
            && !(work.Reopened is { } ruling && IsReopened(decided, ruling)) && !IsFiltered(decided))
        {
            return decided;
        }

        EarningState[] earned = [.. known.Earnings.Where(e => SpeaksFor(work, leg, e.Earning))];
        if (earned.Length == 0)
        {
            return null;
        }

        if (decided is not null && DisputedLegs.IsHeld(decided.Qualification) && !IsRecalled(known))
        {
            return decided;
        }

        Earning first = earned[0].Earning;
        Contract contract = campaign.FindContract(first.Contract, first.Version) ?? leg.Contract;
        Qualification judged =
            JudgeEarned(work, outcome, (contract, contract.FindClause(first.Clause) ?? leg.Clause), leg.Credits);
        bool isHeld = DisputedLegs.IsHeld(judged);
        return new(
            leg.Contract.Id,
            first.Version,
            first.Clause,
            isHeld || judged is Qualification.Qualified
                ? judged
                : new Qualification.Qualified(first.DecidedAt, first.Evidence),
            Sum(earned.Select(e => isHeld ? e.Net : e.Earning.Amount)))
        {
            Credits = leg.Named,
            IsBeside = leg.IsBeside,
            Permitted = leg.Permitted,
        };
    }

    // Refused for good: not by evidence that other evidence may contradict.
    private static bool IsRefused(Qualification qualification) =>
        qualification is Qualification.Rejected { Reasons: var reasons }
        && !reasons.Any(static r => r.Code is ProofReasons.OutcomeNegative or ProofReasons.RuledOut);

    private static Clause? DecidedClause(Work work, Payment payment)
    {
        if (work.Known.Decision is { } before && !work.Late.Contains((payment.Contract.Id, payment.Credit.Partner)))
        {
            foreach (LegDecision leg in before.Legs)
            {
                if (leg.Contract == payment.Contract.Id && leg.Version == payment.Contract.Version
                    && leg.Qualification is Qualification.Qualified or Qualification.Rejected
                    && (leg.Credits.Count == 0 || Names(leg.Credits, payment.Credit.Partner)))
                {
                    return payment.Contract.FindClause(leg.Clause);
                }
            }
        }

        return EarnedClause(work.Known, payment);
    }

    // What was earned was earned by its clause, whatever the tallies would choose now that they count it.
    private static Clause? EarnedClause(OutcomeState known, Payment payment)
    {
        foreach (EarningState earning in known.Earnings)
        {
            Earning standing = earning.Standing;
            if (standing.Contract == payment.Contract.Id && standing.Version == payment.Contract.Version
                && standing.Partner == payment.Credit.Partner)
            {
                return payment.Contract.FindClause(standing.Clause);
            }
        }

        return null;
    }

    private static bool Names(ValueList<Credit> credits, PartnerId partner)
    {
        foreach (Credit credit in credits)
        {
            if (credit.Partner == partner)
            {
                return true;
            }
        }

        return false;
    }

    // An earning of the contract for one of the leg's partners, unless another leg made it: of another clause, or of
    // another version for other partners.
    private static bool SpeaksFor(Work work, Leg leg, Earning earning) => earning.Contract == leg.Contract.Id
        && leg.Credits.Exists(c => c.Partner == earning.Partner)
        && (earning.Clause == leg.Clause.Id
            || (leg.Contract.Precedence != Precedence.Sum
                && !work.Legs.Exists(l => l.Contract.Id == earning.Contract && l.Clause.Id == earning.Clause)));

    // What the clause pays each partner; null when that, or what is tallied then, is more than an amount can be.
    private ValueList<PricedShare>? Price(
        Work work, Leg leg, List<Credit> credits, in Basis basis, Instant occurredAt, long totalWeight)
    {
        if (scratch.Length < credits.Count)
        {
            scratch = new Beneficiary[credits.Count];
        }

        Span<Beneficiary> beneficiaries = scratch.AsSpan(0, credits.Count);
        for (int i = 0; i < beneficiaries.Length; i++)
        {
            beneficiaries[i] = BeneficiaryOf(work, leg, credits[i], occurredAt);
        }

        try
        {
            ValueList<PricedShare> shares = pricing.Price(leg.Clause, basis, beneficiaries, totalWeight);
            foreach (PricedShare share in shares)
            {
                _ = share.Before + share.Counted;
                _ = share.Repriced;
            }

            if (shares.Count > 1)
            {
                _ = Sum(shares.Select(static s => s.Amount));
            }

            return shares;
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    private LegDecision Hold(
        Work work,
        Leg leg,
        Outcome outcome,
        (Qualification Pending, long TotalWeight) judged,
        ValueList<PricedShare> shares,
        Money expected)
    {
        BudgetUse use = UseOf(work, leg, outcome);
        if (WithinBudgets(work, leg, outcome, judged, use, ref expected) is { } stopped)
        {
            return stopped;
        }

        Reserve(work, use, AskOf(leg, leg.IsUnpaid ? [] : shares, expected));
        ReserveRooms(work, leg, outcome, shares);
        return Close(
            leg,
            judged.Pending is Qualification.Pending waits && ExpiryOf(work, use) is { } expiry
                ? waits with { Until = Earlier(waits.Until, expiry) }
                : judged.Pending,
            expected);
    }

    private LegDecision Pay(
        Work work,
        Leg leg,
        Outcome outcome,
        (Qualification Qualified, long TotalWeight) judged,
        in Basis basis,
        ValueList<PricedShare> shares,
        Money due)
    {
        BudgetUse use = UseOf(work, leg, outcome) with { ApprovedAt = work.AsOf };
        Money payable = due;
        if (WithinBudgets(work, leg, outcome, judged, use, ref payable) is { } stopped)
        {
            return stopped;
        }

        if (work.State.ClosedThrough(leg.Contract.Id) is var closed && work.AsOf < closed)
        {
            LeaveQueues(work, use);
            return Close(leg, Waiting(closed), due);
        }

        ValueList<PricedShare> paid = payable < due ? Reduce(shares, due, payable)
            : leg.IsUnpaid ? Unpay(shares)
            : shares;
        Commit(work, leg, use, AskOf(leg, paid, payable));
        leg.Evidence = (judged.Qualified as Qualification.Qualified)?.Evidence ?? [];
        Post(work, leg, outcome, basis, paid);
        return Close(leg, judged.Qualified, payable);
    }

    private void Post(Work work, Leg leg, Outcome outcome, in Basis basis, ValueList<PricedShare> shares)
    {
        Contract contract = leg.Contract;
        LegName name = NameOf(contract, leg.Clause).Citing(work.Seen?.Attribution.Model);
        string period = TallyPeriodOf(leg, TallyAt(work, leg, outcome.At));
        (ValueList<CorrectionId> corrections, CorrectionId? approval) = PricedIn(work, leg);
        Instant? touchedAt = countsTouches ? TouchedAt(work.Known, work.Seen?.Attribution) : null;
        Money[]? over = OverBudgetOf(leg, shares);
        for (int i = 0; i < shares.Count; i++)
        {
            PricedShare share = shares[i];
            Instant payableAt = PayableAt(leg.Clause, outcome, work.AsOf);
            ValueList<Instalment> instalments = leg.Clause.InstalmentsOf(share.Amount, payableAt);
            ClausePricing.PricedAlone priced = new(share.Amount, share.Counted, new(share.Payout.Lines));
            Posting posting = new(leg.CreditOf(share.Partner, i), priced)
            {
                PayableAt = instalments.Count > 0 ? instalments[0].PayableAt : payableAt,
                Before = share.Before,
                Period = period,
            };
            Earning earning = WithCustomer(
                EarningOf(name, leg.Clause, outcome, work.AsOf, basis, posting),
                outcome,
                work.Seen?.Attribution,
                work.Payments);
            bool isPlain = leg.Rates.Count + corrections.Count + instalments.Count + leg.Evidence.Count == 0
                && share.History == default && over is null && touchedAt is null && approval is null;
            work.Add(isPlain ? earning : earning with
            {
                Rates = leg.Rates,
                Corrections = corrections,
                History = share.History,
                Instalments = instalments,
                Evidence = leg.Evidence,
                Approval = approval,
                OverBudget = over?[i],
                TouchedAt = touchedAt,
            });
        }

        NoteRates(work, leg);
        UseRooms(work, leg, outcome);
        foreach (PricedShare share in shares)
        {
            PostRepricing(work, leg, outcome, share);
        }
    }

    private static Instant PayableAt(Clause clause, Outcome outcome, Instant asOf) =>
        Instant.Max(asOf, clause.PayableAt(outcome.At));

    // What the budget could not pay is taken from all partners of the leg, in whole minor units.
    private static ValueList<PricedShare> Reduce(ValueList<PricedShare> shares, Money due, Money granted)
    {
        Money[] cuts = (granted - due).Allocate([.. shares.Select(static s => Math.Max(0, s.Amount.MinorUnits))]);
        return [.. shares.Select((share, i) => share with
        {
            Amount = share.Amount + cuts[i],
            Payout = share.Payout with { Lines = share.Payout.Lines.Add(new(PayoutLineNames.OverBudget, cuts[i])) },
        })];
    }

    // What is worth nothing is left unpaid too where outcomes are counted: else it would count as one.
    private static ValueList<PricedShare> Unpay(ValueList<PricedShare> shares) =>
    [
        .. shares.Select(static share => share with
        {
            Amount = Money.Zero(share.Amount.Currency),
            Payout = share.Payout with
            {
                Lines = share.Payout.Lines.Add(new(PayoutLineNames.OverBudget, -share.Amount)),
            },
        }),
    ];

    // What lies above a budget is everybody's of the leg, by what each gets.
    private static Money[]? OverBudgetOf(Leg leg, ValueList<PricedShare> shares) => leg.OverBudget is { } over
        ? over.Allocate([.. shares.Select(static s => Math.Max(0, s.Amount.MinorUnits))])
        : null;

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(static (sum, amount) => sum + amount);

    private static Money SumOf(ValueList<PricedShare> shares)
    {
        Money sum = shares[0].Amount;
        for (int i = 1; i < shares.Count; i++)
        {
            sum += shares[i].Amount;
        }

        return sum;
    }

    private LegDecision Refuse(Work work, Leg leg, Outcome outcome, Reason reason) =>
        Refuse(work, leg, outcome, new Qualification.Rejected([reason]));

    private LegDecision Refuse(Work work, Leg leg, Outcome outcome, Qualification rejected)
    {
        Release(work, UseOf(work, leg, outcome));
        LeaveRooms(work, leg, outcome);
        return Close(leg, rejected, Money.Zero(leg.Contract.Currency));
    }

    private static LegDecision Close(Leg leg, Qualification qualification, Money amount) =>
        new(leg.Contract.Id, leg.Contract.Version, leg.Clause.Id, qualification, amount)
        {
            Credits = leg.Named,
            Notes = leg.Notes,
            IsBeside = leg.IsBeside,
            Permitted = leg.Permitted,
        };
}
