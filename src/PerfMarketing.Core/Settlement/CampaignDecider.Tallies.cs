using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <content>What was counted before an outcome, and what crossing a tier changes.</content>
public sealed partial class CampaignDecider
{
    private readonly Dictionary<Clause, (CalendarPeriod Period, string Key)> newest = [];

    private Beneficiary BeneficiaryOf(Work work, Leg leg, Credit credit, Instant occurredAt)
    {
        (Contract contract, Clause clause) = (leg.Contract, leg.Clause);
        CustomerId? customer = clause.NeedsHistory ? work.Known.Outcome?.Customer : null;
        Instant at = TallyAt(work, leg, occurredAt);
        TallyKey key = TallyKey.Of(
            clause.Tally.Scope, contract.Id, clause.Id, credit.Partner, customer, TallyPeriodOf(leg, at));
        Beneficiary one = new(credit.Partner, credit.Weight, TallyBefore(work, leg, key, at));
        return customer is { } known
            ? one with { History = work.State.HistoryOf(contract.Id, clause.Id, credit.Partner, known) }
            : one;
    }

    private static Tally TallyBefore(Work work, Leg leg, TallyKey key, Instant at)
    {
        TallyTerms terms = leg.Clause.Tally;
        if (!terms.IsListed)
        {
            return work.State.TallyOf(key, leg.Contract.Currency);
        }

        CalendarPeriod period = leg.Contract.TallyPeriodOf(leg.Clause, at);
        return work.State.TallyOf(
            key,
            leg.Contract.Currency,
            period.Start,
            Instant.Min(at, period.End),
            terms.States == TallyStates.Payable ? work.AsOf : null);
    }

    private static Instant TallyAt(Work work, Leg leg, Instant occurredAt) =>
        leg.Clause.Tally.Clock == TallyClock.DecidedAt ? work.AsOf : occurredAt;

    // Outcomes come mostly in order: the period of the one before is the period of the next.
    private string TallyPeriodOf(Leg leg, Instant at)
    {
        if (leg.Clause.Tally.IsListed)
        {
            return TallyKey.Listed;
        }

        if (newest.TryGetValue(leg.Clause, out (CalendarPeriod Period, string Key) found) && found.Period.Contains(at))
        {
            return found.Key;
        }

        CalendarPeriod period = leg.Contract.TallyPeriodOf(leg.Clause, at);
        newest[leg.Clause] = (period, period.Key);
        return period.Key;
    }

    // A tier was crossed: what that makes of the results before is an entry of its own, within the budgets.
    private void PostRepricing(Work work, Leg leg, Outcome outcome, PricedShare share)
    {
        if (share.Repricing is not { } repricing)
        {
            return;
        }

        Earning earning = work.Known.StateOf(Earning.IdOf(
            campaign.Id, leg.Contract.Id, leg.Clause.Id, outcome.Id, share.Partner)).Earning;
        Money due = share.Repriced;
        if (due.MinorUnits < 0)
        {
            // What was never paid is not taken back.
            bool isNet = leg.Clause.Tally.Corrections == TallyCorrections.Reevaluated;
            Money paid = work.State.PaidOf(earning.TallyKey, due.Currency, isNet);
            due = Money.Min(paid, (share.Before + share.Counted).Accrued.Round(leg.Clause.Rounding.Mode)) - paid;
        }

        Reprice(work, earning, null, (due, Tally.Zero(due.Currency), WithCut(repricing.Lines, due - share.Repriced)));
    }

    private static ValueList<PayoutLine> WithCut(ValueList<PayoutLine> lines, Money cut) =>
        [.. lines, .. CutOf(PayoutLineNames.Unpaid, cut)];

    private void Reprice(
        Work work,
        Earning earning,
        CorrectionId? correction,
        (Money Amount, Tally Counted, ValueList<PayoutLine> Lines) made)
    {
        EntryId id = Repricing.IdOf(earning.Id, correction);
        Reason reason = new(SettlementReasons.Repriced);
        (Money allowed, Money paid) = Move(work, earning, id, made.Amount, ref reason);

        work.Add(new Repricing
        {
            OutcomeId = earning.OutcomeId,
            DecidedAt = work.AsOf,
            Id = id,
            Contract = earning.Contract,
            Version = earning.Version,
            Clause = earning.Clause,
            Partner = earning.Partner,
            Amount = paid,
            OccurredAt = earning.OccurredAt,
            PayableAt = Instant.Max(work.AsOf, earning.PayableAt),
            CausedBy = earning.Id,
            Correction = correction,
            TallyPeriod = earning.TallyPeriod,
            Counted = made.Counted,
            Lines =
            [
                .. made.Lines,
                .. CutOf(PayoutLineNames.OverLimit, allowed - made.Amount),
                .. CutOf(PayoutLineNames.OverBudget, paid - allowed),
            ],
        });
        UseRooms(work, earning);
    }

    private static PayoutLine[] CutOf(string name, Money cut) =>
        cut.MinorUnits == 0 ? [] : [new(name, cut) { IsRepricing = true }];

    // What is not kept leaves the tally; what that is worth beyond the correction itself is an entry of the period.
    // Prices are compared with prices: what the period was paid follows, as far as it was paid at all.
    private void Reevaluate(
        Work work,
        Earning earning,
        Clause clause,
        (CorrectionId Id, OutcomeTruth Truth, Money Corrected, Money PaidBefore) correction)
    {
        Tally now = work.Known.StateOf(earning.Id).Counted;
        Tally before = work.State.TallyOf(earning.TallyKey, earning.Amount.Currency);
        Basis kept = BasisOf(earning, clause, work.Known.Outcome!, correction.Truth);
        Tally change = KeptIn(earning, clause, kept) - now with { Accrued = Accrual.Zero(earning.Amount.Currency) };
        Accrual after = pricing.TotalOf(clause, before + change);
        change = change with { Accrued = after - before.Accrued };
        (Money priced, Money due) = clause.IsCumulative
            ? RepricedBy(work, earning, clause.Rounding.Mode, (before.Accrued, after), correction)
            : (Money.Zero(after.Currency), Money.Zero(after.Currency));
        PayoutLine line = new(PayoutLineNames.Repricing, priced) { IsRepricing = true };
        Reprice(work, earning, correction.Id, (due, change, WithCut([line], due - priced)));
    }

    // What a correction makes of other results as they are priced, and what of that is due.
    private static (Money Priced, Money Due) RepricedBy(
        Work work,
        Earning earning,
        RoundingMode mode,
        (Accrual Before, Accrual After) total,
        (CorrectionId Id, OutcomeTruth Truth, Money Corrected, Money PaidBefore) correction)
    {
        (Money before, Money after) = (total.Before.Round(mode), total.After.Round(mode));
        Money priced = after - before - correction.Corrected;
        Money paid = work.State.PaidOf(earning.TallyKey, after.Currency, isNet: true);
        Money most = correction.PaidBefore + Money.Max(Money.Zero(after.Currency), after - before);
        Money due = priced.MinorUnits < 0 ? paid : Money.Min(paid + priced, most);
        return (priced, Money.Min(due, after) - paid);
    }

    // What a corrected outcome counts: nothing when it is gone, else by its quantity and value as they are kept.
    private static Tally KeptIn(Earning earning, Clause clause, in Basis kept)
    {
        Tally first = earning.Counted with { Accrued = Accrual.Zero(earning.Amount.Currency) };
        if (kept.Quantity == 0)
        {
            return Tally.Zero(earning.Amount.Currency);
        }

        if (clause.Corrections == CorrectionPolicy.UntilFullReturn
            && (kept.Value.Amount != 0 || earning.Value.Amount == 0))
        {
            return first;
        }

        Ratio quantity = Part(kept.Quantity, earning.Quantity);
        return first with
        {
            Quantity = new Accrual(first.Quantity, earning.Amount.Currency).Share(quantity).Amount,
            Value = earning.Value.Amount != 0
                ? first.Value.Share(Part(kept.Value.Amount, earning.Value.Amount))
                : first.Value,
        };
    }
}
