using System.Diagnostics.CodeAnalysis;
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
        Beneficiary one = new(credit.Partner, credit.Weight, TallyBefore(work, leg, key, at))
        {
            BeforeOutcome = BeforeOutcome(work.Known, contract.Id, clause, key),
            IsPricedByOthers = work.State.IsPricedByOthers(key, contract.Digest),
        };
        return customer is { } known
            ? one with { History = work.State.HistoryOf(contract.Id, clause.Id, credit.Partner, known) }
            : one;
    }

    // Another leg may have counted the outcome in a tally of all contracts, which counts it once.
    private static Tally? BeforeOutcome(OutcomeState known, ContractId contract, Clause clause, in TallyKey key) =>
        clause.Tally is { Credit: TallyCredit.Involved, Scope: TallyScope.Campaign }
            ? BeforeOutcome(known, contract, key)
            : null;

    private static Tally? BeforeOutcome(OutcomeState known, ContractId contract, TallyKey key)
    {
        EarningState? first = known.Earnings.FirstOrDefault(e => e.Standing.TallyKey == key);
        return first is null || first.Standing.Contract == contract ? null : first.Standing.Before;
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
        TallyAt(leg.Clause, work.AsOf, occurredAt);

    private static Instant TallyAt(Clause clause, Instant asOf, Instant occurredAt) =>
        clause.Tally.Clock == TallyClock.DecidedAt ? asOf : occurredAt;

    // Outcomes come mostly in order: the period of the one before is the period of the next.
    private string TallyPeriodOf(Leg leg, Instant at) =>
        leg.Clause.Tally.IsListed ? TallyKey.Listed : TallyPeriodOf(leg.Contract, leg.Clause, at).Key;

    private (CalendarPeriod Period, string Key) TallyPeriodOf(Contract contract, Clause clause, Instant at)
    {
        if (newest.TryGetValue(clause, out (CalendarPeriod Period, string Key) found) && found.Period.Contains(at))
        {
            return found;
        }

        CalendarPeriod period = contract.TallyPeriodOf(clause, at);
        return newest[clause] = (period, period.Key);
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
            bool isNet = IsReevaluated(leg.Clause);
            long paid = work.State.PaidOf(earning.TallyKey, isNet);
            Money worth = (share.Before + share.Counted).Accrued.Round(leg.Clause.Rounding.Mode);
            due = Money.FromMinor(Math.Min(paid, worth.MinorUnits) - paid, due.Currency);
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
        Money net = work.Known.StateOf(earning.Id).Net;
        (Money allowed, Money paid, Money? over) = Move(work, earning, id, (made.Amount, net), ref reason);

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
            OverBudget = over,
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

    // What a correction takes out of the tally, and what that makes of the period's price; null when that is more than
    // an amount can be.
    private Reevaluation? ReevaluationOf(
        Work work, Earning earning, Clause clause, Func<Tally> leftOf, Money? corrected)
    {
        if (corrected is not { } own)
        {
            return null;
        }

        try
        {
            Tally before = work.State.TallyOf(earning.TallyKey, earning.Amount.Currency);
            Tally left = leftOf();
            EarningState[] shared = [.. work.State.SharedBy(earning.TallyKey)];
            Reevaluation found = shared.Length > 0
                ? SharedReevaluation(shared, work.Known.StateOf(earning.Id), left, before, own)
                : OwnReevaluation(clause, work.Known.StateOf(earning.Id), left, before, own);
            _ = found.Repriced;
            return found;
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    // Of a tally that one version of the contract priced, and nobody else counted before.
    private Reevaluation OwnReevaluation(
        Clause clause, EarningState changed, in Tally left, in Tally before, Money own)
    {
        Tally change = left - changed.Counted with { Accrued = Accrual.Zero(own.Currency) };
        change = change with
        {
            Accrued = clause.Pays.UsesTally
                ? pricing.ChangeOf(clause, before, before + change)
                : AccruedBy(clause, before, left, changed.Standing) - changed.Counted.Accrued,
        };
        Accrual after = before.Accrued + change.Accrued;
        Money none = Money.Zero(own.Currency);
        RoundingMode mode = clause.Rounding.Mode;
        return clause.IsCumulative
            ? new(change, before.Accrued.Round(mode), after.Round(mode), own) { IsPriced = true }
            : new(change, none, none, none);
    }

    // Where several priced a tally, all of it is priced anew. What follows from the tally is compared; what is rounded
    // alone has its own correction.
    private Reevaluation SharedReevaluation(
        EarningState[] all, EarningState changed, in Tally left, in Tally whole, Money own)
    {
        (_, Money before) = Priced(all, changed, changed.Counted, whole);
        (Accrual accrued, Money after) = Priced(all, changed, left, whole);
        Tally change = (left - changed.Counted) with { Accrued = accrued - whole.Accrued };
        return new(change, before, after, Follows(changed) ? own : Money.Zero(own.Currency))
        {
            IsPriced = Array.Exists(all, Follows),
            IsShared = true,
        };
    }

    // Each result by its own version, in the order in which they were posted: what all accrue, and what is paid for
    // those whose pay follows from the tally.
    private (Accrual Accrued, Money Paid) Priced(
        EarningState[] all, EarningState changed, in Tally left, in Tally whole)
    {
        Tally sum = all.Aggregate(whole, static (rest, e) => rest - e.Counted);
        Money paid = Money.Zero(whole.Accrued.Currency);
        foreach (EarningState one in all)
        {
            Tally before = sum;
            Tally counted = one.Earning.Id == changed.Earning.Id ? left : one.Counted;
            Clause? clause = ClauseOf(one.Standing);
            sum += IsReevaluated(clause)
                ? counted with { Accrued = AccruedBy(clause, before, counted, one.Standing) }
                : counted;
            if (Follows(one))
            {
                RoundingMode mode = clause!.Rounding.Mode;
                paid += sum.Accrued.Round(mode) - before.Accrued.Round(mode);
            }
        }

        return (sum.Accrued, paid);
    }

    // Whether what an earning is paid follows from its tally, whatever leaves that.
    private bool Follows(EarningState earned) => ClauseOf(earned.Standing)
        is { IsCumulative: true, Tally.Corrections: TallyCorrections.Reevaluated };

    private static bool IsReevaluated([NotNullWhen(true)] Clause? clause) =>
        clause?.Tally.Corrections == TallyCorrections.Reevaluated;

    // What was paid in a tally beside what follows from it.
    private long BesideOf(Work work, in TallyKey key, Currency currency, RoundingMode mode)
    {
        EarningState[] all = [.. work.State.SharedBy(key)];
        Tally opening = all.Aggregate(work.State.TallyOf(key, currency), static (rest, e) => rest - e.Counted);
        return opening.Accrued.Round(mode).MinorUnits
            + all.Where(e => !Follows(e)).Sum(static e => (e.Net - e.Kept - e.ByHand).MinorUnits);
    }

    // What a result accrues: as it was priced when it counts as then, and where the tally stood as then if the model
    // reads it; else what is left of it is priced where the tally stands, by a model that reads no tally alone.
    private Accrual AccruedBy(Clause clause, in Tally before, in Tally left, Earning priced)
    {
        Accrual first = priced.Counted.Accrued;
        bool standsAsThen = !clause.Pays.UsesTally
            || (clause.Pays.MayReprice ? before : before with { Accrued = priced.Before.Accrued }) == priced.Before;
        return standsAsThen && left with { Accrued = first } == priced.Counted
            ? first
            : pricing.AddedBy(clause, clause.Pays.UsesTally ? before : Tally.Zero(first.Currency), left);
    }

    // What is not kept leaves the tally; what that is worth beyond the correction itself is an entry of the period.
    // Prices are compared with prices: what the period was paid follows, as far as it was paid at all.
    private void Reevaluate(
        Work work,
        in (Earning Earning, Clause Clause) leg,
        CorrectionId correction,
        Reevaluation reevaluation,
        long paidBefore)
    {
        Earning earning = leg.Earning;
        Money priced = reevaluation.Repriced;
        long paid = work.State.PaidOf(earning.TallyKey, isNet: true);
        paidBefore = leg.Clause.IsCumulative ? paidBefore : paid;
        Money amount = priced;
        if (reevaluation.IsPriced)
        {
            long due = priced.MinorUnits < 0
                ? paid
                : Math.Min(paid + priced.MinorUnits, paidBefore + reevaluation.More.MinorUnits);
            long worth = reevaluation.After.MinorUnits
                + (reevaluation.IsShared
                    ? BesideOf(work, earning.TallyKey, priced.Currency, leg.Clause.Rounding.Mode)
                    : 0);

            // A correction of its own may have taken what limits, or terms accepted late, have left of others.
            long target = Math.Max(Math.Min(due, worth), Math.Min(0, worth));
            amount = Money.FromMinor(target - paid, priced.Currency);
        }

        PayoutLine line = new(PayoutLineNames.Repricing, priced) { IsRepricing = true };
        Reprice(work, earning, correction, (amount, reevaluation.Change, WithCut([line], amount - priced)));
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

    /// <summary>What a correction makes of a tally.</summary>
    /// <param name="Change">What it takes out of the tally.</param>
    /// <param name="Before">The price of the period before.</param>
    /// <param name="After">The price of the period after.</param>
    /// <param name="Own">What of the difference is the price of the corrected outcome itself.</param>
    private readonly record struct Reevaluation(Tally Change, Money Before, Money After, Money Own)
    {
        /// <summary>Whether what is paid follows from the tally; else each outcome is rounded alone.</summary>
        public bool IsPriced { get; init; }

        /// <summary>Whether several versions of the contract, or another system, priced the tally.</summary>
        public bool IsShared { get; init; }

        /// <summary>What other results of the period are worth more or less.</summary>
        public Money Repriced => After - Before - Own;

        /// <summary>What the period is worth more.</summary>
        public Money More => Money.Max(Money.Zero(After.Currency), After - Before);
    }
}
