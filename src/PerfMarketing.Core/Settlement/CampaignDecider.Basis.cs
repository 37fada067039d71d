using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>The commissionable amount: what is priced, and what of it is left after corrections.</content>
public sealed partial class CampaignDecider
{
    private Basis? BasisOf(Work work, Leg leg, Outcome outcome, OutcomeTruth truth, out Reason? unpayable)
    {
        unpayable = leg.Clause.Commissionable?.LeavesNothingOf(outcome) == true
            ? new(CommissionableReasons.NothingLeft)
            : null;
        try
        {
            return unpayable is null
                ? BasisOf(work.State, leg.Clause, outcome, truth, leg.Contract.Currency, leg.Rates) with
                {
                    Legs = LegsFor(work, leg),
                }
                : null;
        }
        catch (ArithmeticException)
        {
            unpayable = new(SettlementReasons.AmountTooGreat);
            return null;
        }
    }

    // A value in another currency without a rate is not read: whoever reads it waits for one.
    private Basis BasisOf(
        CampaignState state,
        Clause clause,
        Outcome outcome,
        OutcomeTruth truth,
        Currency currency,
        ValueList<RateSnapshot> rates)
    {
        Basis basis = clause.BasisOf(outcome, truth, currency, RateFrom(rates, truth.KeptValue?.Currency));
        basis = basis.Value.Currency == currency ? basis : basis with { Value = Accrual.Zero(currency), Lines = [] };
        return campaign.AsksForOutcomeFacts
            ? basis with
            {
                Facts = OutcomeFacts.With(
                    FactsOf(state, outcome, truth), truth.KeptValue is null ? null : basis.Value.Round()),
            }
            : basis;
    }

    private static void NoteBases(List<Leg> legs, Outcome outcome, List<Reason> notes)
    {
        foreach (Leg leg in legs)
        {
            foreach (Reason note in leg.Clause.Commissionable?.NotesOn(outcome) ?? [])
            {
                notes.Add(note with { Args = [new("contract", leg.Contract.Id.Value), .. note.Args] });
            }
        }
    }

    // How much of what was priced is left: by order lines when they were priced one by one, by units when they were
    // priced and restated, by commissionable amount when there was one.
    private static Ratio KeptOf(
        Earning earning, Clause clause, Outcome outcome, OutcomeTruth truth, OutcomeState known)
    {
        if (truth.IsGone)
        {
            return Ratio.Zero;
        }

        Basis now = BasisOf(earning, clause, outcome, truth);
        if (earning.Lines.Any(static l => l.OrderLine is not null))
        {
            OutcomeTruth priced = OutcomeTruth.After(
                outcome, known.Corrections.Where(c => earning.Corrections.Contains(c.Id)));
            Basis then = BasisOf(earning, clause, outcome, priced);
            if (KeptByLine(earning, now.Lines, then.Lines) is { } byLine)
            {
                return byLine;
            }
        }

        if (truth.KeptQuantity != earning.Quantity && earning.Lines.Any(static l => l.Quantity is not null))
        {
            Ratio notReturned = truth is { KeptValue: { } kept, StatedValue: { MinorUnits: > 0 } stated }
                ? new(kept.MinorUnits, stated.MinorUnits)
                : Ratio.One;
            Ratio left = Part(truth.KeptQuantity, earning.Quantity);
            return Fraction(
                (Int128)left.Numerator * notReturned.Numerator, (Int128)left.Denominator * notReturned.Denominator);
        }

        // A value in another currency was not priced, but what is returned of it is returned.
        return truth.KeptValue is { } value && !IsPriced(earning, value.Currency) ? truth.KeptFraction
            : earning.Value.Amount != 0 && truth.KeptValue is not null
            ? Part(now.Value.Amount, earning.Value.Amount)
            : Part(truth.KeptQuantity, earning.Quantity);
    }

    // Whether a value in a currency was read when the earning was made.
    private static bool IsPriced(Earning earning, Currency currency) =>
        currency == earning.Amount.Currency || RateFrom(earning.Rates, currency) is not null;

    // Each order line is left at its own rate; what is not about one line (a cap, a share) goes with them all.
    private static Ratio? KeptByLine(
        Earning earning, ValueList<CommissionableLine> now, ValueList<CommissionableLine> then)
    {
        Accrual whole = Accrual.Zero(earning.Amount.Currency);
        Accrual kept = whole;
        foreach (PayoutLine line in earning.Lines)
        {
            if (line.OrderLine is { } place)
            {
                whole += line.Amount;
                kept += line.Amount.Share(LeftOf(line, Find(now, place), Find(then, place)));
            }
        }

        return whole.Amount > 0 ? Part(kept.Amount, whole.Amount) : null;
    }

    private static CommissionableLine? Find(ValueList<CommissionableLine> lines, int place)
    {
        foreach (CommissionableLine line in lines)
        {
            if (line.OrderLine == place)
            {
                return line;
            }
        }

        return null;
    }

    // By pieces when pieces were priced, else by amount.
    private static Ratio LeftOf(in PayoutLine line, CommissionableLine? now, CommissionableLine? then) =>
        now is null || then is null ? Ratio.Zero
        : line.Quantity is not null || then.Amount.Amount == 0 ? Part(now.Quantity, then.Quantity)
        : Part(now.Amount.Amount, then.Amount.Amount);

    // What was nothing is left as it is.
    private static Ratio Part(decimal part, decimal whole) =>
        whole == 0 ? Ratio.One : Fraction(UnitsOf(part) * decimal.Sign(whole), UnitsOf(Math.Abs(whole)));

    private static Int128 UnitsOf(decimal amount)
    {
        decimal rounded = decimal.Round(amount, Accrual.Decimals, MidpointRounding.AwayFromZero);
        Int128 digits = (Int128)(Exact.Mantissa(rounded) * Exact.PowerOfTen(Accrual.Decimals - rounded.Scale));
        return rounded < 0 ? -digits : digits;
    }

    // Exact where the reduced fraction has 64 bits, as those of posted amounts do; else without its last digits.
    private static Ratio Fraction(Int128 part, Int128 whole)
    {
        Int128 divisor = Ratio.GreatestCommonDivisor(Int128.Abs(part), whole);
        (part, whole) = (part / divisor, whole / divisor);
        while (Int128.Abs(part) > long.MaxValue || whole > long.MaxValue)
        {
            (part, whole) = (part / 10, whole / 10);
        }

        return new((long)part, (long)Int128.Max(1, whole));
    }
}
