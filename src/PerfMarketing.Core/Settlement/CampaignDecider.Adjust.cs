using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>Corrections of what was earned.</content>
public sealed partial class CampaignDecider
{
    private void Adjust(Work work, Correction correction)
    {
        OutcomeState known = work.Known;
        if (known.Outcome is not { } outcome || known.Earnings.Count == 0)
        {
            return;
        }

        OutcomeTruth truth = OutcomeTruth.After(outcome, known.Corrections);
        foreach (EarningState earned in InOrder(known))
        {
            if (!earned.Causes.Contains(correction.Id))
            {
                Adjust(work, outcome, correction, earned, truth);
            }
        }
    }

    // By leg and credit as they were decided, whatever the order in which ledgers were read.
    private static IEnumerable<EarningState> InOrder(OutcomeState known)
    {
        ValueList<LegDecision> legs = known.Decision?.Legs ?? [];
        ValueList<Credit> credits = known.Decision?.Attribution?.Credits ?? [];
        return known.Earnings
            .OrderBy(e => legs.TakeWhile(l => l.Contract != e.Earning.Contract).Count())
            .ThenBy(e => credits.TakeWhile(c => c.Partner != e.Earning.Partner).Count())
            .ThenBy(static e => e.Earning.Contract)
            .ThenBy(static e => e.Earning.Partner);
    }

    private void Adjust(Work work, Outcome outcome, Correction correction, EarningState earned, OutcomeTruth truth)
    {
        Earning earning = earned.Earning;
        (Money target, Reason reason) = Target(earned, outcome, truth);
        Instant decidedAt = Instant.Max(work.AsOf, work.State.ClosedThrough(earning.Contract));
        Money change = target - earned.Net;
        Adjustment adjustment = new()
        {
            OutcomeId = earning.OutcomeId,
            DecidedAt = decidedAt,
            Id = Adjustment.IdOf(earning.Id, correction.Id),
            Contract = earning.Contract,
            Version = earning.Version,
            Clause = earning.Clause,
            Partner = earning.Partner,
            Amount = change,
            OccurredAt = earning.OccurredAt,
            PayableAt = Instant.Max(decidedAt, earning.PayableAt),
            Corrects = earning.Id,
            Cause = correction.Id,
            Reason = reason,
        };
        work.Add(adjustment);
        Return(work, adjustment);
    }

    // What the earning should be now, by the policy of the clause under which it was made.
    private (Money Target, Reason Reason) Target(
        EarningState earned, Outcome outcome, OutcomeTruth truth)
    {
        Earning earning = earned.Earning;
        Contract? contract = campaign.FindContract(earning.Contract, earning.Version);
        if (contract?.FindClause(earning.Clause) is not { } clause || contract.Digest != earning.Terms)
        {
            return (earned.Net, Reason.Of(SettlementReasons.TermsMissing, ("terms", earning.Terms)));
        }

        Money nothing = Money.Zero(earning.Amount.Currency);
        return clause.Corrections switch
        {
            CorrectionPolicy.Reprice => (
                truth.IsGone ? nothing : Reprice(earning, clause, contract, outcome, truth),
                new(SettlementReasons.Repriced)),
            CorrectionPolicy.UntilFullReturn => (
                truth.IsGone || KeptOf(earning, truth) <= Ratio.Zero ? nothing : earning.Amount,
                new(SettlementReasons.UntilFullReturn)),
            _ => Proportion(earning, clause, KeptOf(earning, truth)),
        };
    }

    // What is taken back in all is the rounded part of the original, so that a full return leaves exactly nothing.
    private static (Money Target, Reason Reason) Proportion(Earning earning, Clause clause, Ratio kept)
    {
        Ratio returned = Ratio.One - kept;
        Money back = earning.Amount.Prorate(returned, clause.Rounding.Mode);
        return (earning.Amount - back, Reason.Of(SettlementReasons.Proportional, ("returned", returned)));
    }

    private Money Reprice(
        Earning earning, Clause clause, Contract contract, Outcome outcome, OutcomeTruth truth)
    {
        Beneficiary one = new(earning.Partner, earning.Credit.Weight, earning.Before);
        return pricing.Price(clause, BasisOf(truth, outcome, contract), [one], earning.Credit.Total)[0].Amount;
    }

    // How much of what was priced is left: by value when it had one, else by quantity.
    private static Ratio KeptOf(Earning earning, OutcomeTruth truth)
    {
        if (truth.IsGone)
        {
            return Ratio.Zero;
        }

        return earning.Value.Amount != 0 && truth.KeptValue is { } value
            ? Ratio.FromDecimal(((Accrual)value).Amount) / Ratio.FromDecimal(earning.Value.Amount)
            : Ratio.FromDecimal(truth.KeptQuantity) / Ratio.FromDecimal(earning.Quantity);
    }
}
