using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts;

/// <summary>Prices one outcome under one clause for all partners that the clause credits.</summary>
/// <remarks>
/// Model on the whole outcome, then the credit share, then rounding, in this order. An ordinary clause rounds the
/// outcome once and shares out whole minor units by largest remainder, so that the parts sum to the whole. A cumulative
/// clause posts round(P after) − round(P before) for each partner, so that the earnings of a period sum to the rounded
/// payout of the period at every prefix.
/// </remarks>
public sealed partial class ClausePricing
{
    private readonly PayoutSheet sheet = new();

    /// <summary>What the clause pays each partner.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="basis">What is priced.</param>
    /// <param name="beneficiaries">The partners whom this clause credits, ordered by first touch.</param>
    /// <param name="totalWeight">The total weight of the outcome's credit, including partners of other clauses.</param>
    /// <exception cref="ArgumentException">There is no beneficiary, or the weights exceed the total.</exception>
    public ValueList<PricedShare> Price(
        Clause clause, in Basis basis, ReadOnlySpan<Beneficiary> beneficiaries, long totalWeight)
    {
        ArgumentNullException.ThrowIfNull(clause);
        long others = totalWeight;
        foreach (Beneficiary beneficiary in beneficiaries)
        {
            others -= beneficiary.Weight;
        }

        if (beneficiaries.IsEmpty || others < 0)
        {
            throw new ArgumentException("Someone is credited, and never more than the whole.", nameof(beneficiaries));
        }

        if (beneficiaries.Length == 1 && others == 0 && beneficiaries[0].BeforeOutcome is null)
        {
            ref readonly Beneficiary one = ref beneficiaries[0];
            return ValueList<PricedShare>.One(
                ShareOf(
                    one,
                    Ratio.One,
                    one.Before,
                    PriceAlone(clause, basis, one.Before, one.History, one.IsPricedByOthers)));
        }

        CreditSplit counted = CreditSplit.Of(clause, basis, beneficiaries, others);
        return clause.IsCumulative
            ? PriceCumulative(clause, basis, beneficiaries, totalWeight, counted)
            : PriceOnce(clause, basis, beneficiaries, totalWeight, counted);
    }

    /// <summary>What the clause pays one partner who has all the credit.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="basis">What is priced.</param>
    /// <param name="before">What the clause has tallied for the partner so far.</param>
    /// <param name="history">What the partner has earned with the customer before.</param>
    /// <param name="isPricedByOthers">Whether others priced some of it.</param>
    internal PricedAlone PriceAlone(
        Clause clause, in Basis basis, in Tally before, in CustomerHistory history, bool isPricedByOthers = false)
    {
        Tally adds = CreditSplit.WholeOf(clause, basis);
        Accrual value = basis.Value;
        PayoutContext context = clause.IsCumulative
            ? new(value, basis.Quantity, basis.Facts, clause.Calendar, before, adds)
            {
                Lines = basis.Lines, Legs = basis.Legs, At = basis.At, IsAnonymous = basis.IsAnonymous,
                History = history, IsCumulative = true,
            }
            : ContextOf(clause, basis) with { History = history };
        clause.Pays.Compute(context, sheet);
        if (clause.IsCumulative)
        {
            return CloseCumulative(clause, before, adds, isPricedByOthers);
        }

        Accrual whole = sheet.Total;
        return Close(whole.Round(clause.Rounding.Mode), adds with { Accrued = whole.Quantise() });
    }

    private ValueList<PricedShare> PriceOnce(
        Clause clause,
        in Basis basis,
        ReadOnlySpan<Beneficiary> beneficiaries,
        long totalWeight,
        in CreditSplit counted)
    {
        if (beneficiaries.Length > 1 && HistoriesDiffer(beneficiaries))
        {
            return PriceEach(clause, basis, beneficiaries, totalWeight, counted);
        }

        PayoutContext context = ContextOf(clause, basis) with { History = beneficiaries[0].History };
        clause.Pays.Compute(context, sheet);
        Accrual whole = sheet.Total;
        Money[] posted = Post(whole, clause.Rounding.Mode, beneficiaries, totalWeight);
        var shares = new PricedShare[beneficiaries.Length];
        int modelLines = sheet.Lines.Length;
        for (int i = 0; i < shares.Length; i++)
        {
            sheet.Truncate(modelLines, whole);
            Ratio share = new(beneficiaries[i].Weight, totalWeight);
            sheet.TakeShare(whole, share);
            shares[i] = ShareOf(
                beneficiaries[i],
                share,
                beneficiaries[i].Before,
                Close(posted[i], counted.Of(i, sheet.Total.Quantise())));
        }

        return ValueList<PricedShare>.Own(shares);
    }

    // Whom the customer came to at another time is paid another whole: nothing is shared out, each is rounded alone.
    private ValueList<PricedShare> PriceEach(
        Clause clause,
        in Basis basis,
        ReadOnlySpan<Beneficiary> beneficiaries,
        long totalWeight,
        in CreditSplit counted)
    {
        var shares = new PricedShare[beneficiaries.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            PayoutContext context = ContextOf(clause, basis) with { History = beneficiaries[i].History };
            clause.Pays.Compute(context, sheet);
            Ratio share = new(beneficiaries[i].Weight, totalWeight);
            sheet.TakeShare(sheet.Total, share);
            Money posted = sheet.Total.Round(clause.Rounding.Mode);
            shares[i] = ShareOf(
                beneficiaries[i],
                share,
                beneficiaries[i].Before,
                Close(posted, counted.Of(i, sheet.Total.Quantise())));
        }

        return ValueList<PricedShare>.Own(shares);
    }

    private static bool HistoriesDiffer(ReadOnlySpan<Beneficiary> beneficiaries)
    {
        foreach (ref readonly Beneficiary one in beneficiaries[1..])
        {
            if (one.History != beneficiaries[0].History)
            {
                return true;
            }
        }

        return false;
    }

    private ValueList<PricedShare> PriceCumulative(
        Clause clause,
        in Basis basis,
        ReadOnlySpan<Beneficiary> beneficiaries,
        long totalWeight,
        in CreditSplit counted)
    {
        bool isInvolved = clause.Tally.Credit == TallyCredit.Involved;
        bool isPooled = clause.Tally.Scope is TallyScope.Contract or TallyScope.Campaign;
        var shares = new PricedShare[beneficiaries.Length];
        for (int i = 0; i < beneficiaries.Length; i++)
        {
            // What all partners tally together has the partners before in it; who is involved counts there once.
            Tally before = isPooled && i > 0 ? shares[i - 1].Before + shares[i - 1].Counted : beneficiaries[i].Before;
            Tally adds = counted.Of(i, Accrual.Zero(basis.Value.Currency));
            Beneficiary first = beneficiaries[0];
            bool isCounted = isInvolved && isPooled && (i > 0 || first.BeforeOutcome is not null);
            Ratio share = new(beneficiaries[i].Weight, totalWeight);
            PayoutContext context = ContextOf(clause, basis) with
            {
                Share = isInvolved ? Ratio.One : share,
                History = beneficiaries[i].History,
                Before = isCounted ? first.BeforeOutcome ?? first.Before : before,
                Counted = adds,
                IsCumulative = true,
            };
            clause.Pays.Compute(context, sheet);
            if (isInvolved)
            {
                sheet.TakeShare(sheet.Total, share);
            }

            PricedAlone priced = CloseCumulative(
                clause,
                before,
                isCounted ? Tally.Zero(basis.Value.Currency) : adds,
                beneficiaries[i].IsPricedByOthers);
            shares[i] = ShareOf(beneficiaries[i], share, before, priced);
        }

        return ValueList<PricedShare>.Own(shares);
    }

    // The own amount is at the price that now applies; what is left of round(P after) − round(P before) re-prices.
    private PricedAlone CloseCumulative(Clause clause, in Tally before, in Tally adds, bool isPricedByOthers)
    {
        RoundingMode mode = clause.Rounding.Mode;
        Accrual own = sheet.Total.Quantise();
        Accrual repriced = sheet.Repriced.Quantise();
        Accrual unpriced = isPricedByOthers ? UnpricedOf(clause, before, adds) : Accrual.Zero(own.Currency);
        Accrual exact = own + repriced + unpriced;
        Tally counted = adds with { Accrued = exact };
        Money change = clause.Tally.IsListed
            ? exact.Round(mode)
            : (before.Accrued + exact).Round(mode) - before.Accrued.Round(mode);
        if (repriced.Amount == 0)
        {
            return Close(change, counted);
        }

        Payout lines = sheet.ToPayout(repricing: true);
        if (unpriced.Amount != 0)
        {
            lines = With(lines, PayoutLineNames.Unpriced, unpriced);
        }

        Money posted = own.Round(mode);
        Accrual rest = change - posted - lines.Total;
        return Close(posted, counted) with
        {
            Repricing = rest.Amount == 0 ? lines : With(lines, PayoutLineNames.Rounding, rest),
        };
    }

    private static Payout With(Payout lines, string code, Accrual amount) =>
        lines with { Lines = lines.Lines.Add(new(code, amount) { IsRepricing = true }) };

    private static PayoutContext ContextOf(Clause clause, in Basis basis) => new(basis.Value)
    {
        Quantity = basis.Quantity,
        Facts = basis.Facts,
        Lines = basis.Lines,
        Legs = basis.Legs,
        At = basis.At,
        IsAnonymous = basis.IsAnonymous,
        Calendar = clause.Calendar,
    };

    /// <summary>P: the exact payout of all that a tally holds, for models that follow from the tally alone.</summary>
    /// <param name="clause">A clause whose model is order-free.</param>
    /// <param name="tally">What was counted.</param>
    public Accrual TotalOf(Clause clause, in Tally tally) => PriceOf(clause, tally, sheet).Quantise();

    /// <summary>
    /// P of one tally less P of another: what a change of the tally is worth, for models that follow from it alone.
    /// </summary>
    /// <remarks>
    /// What the tally's <see cref="Tally.Accrued"/> holds beside P, such as results that another version of the clause
    /// priced, does not matter to it. The difference is taken before it is brought to 12 decimals.
    /// </remarks>
    /// <param name="clause">A clause whose model is order-free.</param>
    /// <param name="from">What was counted before.</param>
    /// <param name="to">What is counted after.</param>
    internal Accrual ChangeOf(Clause clause, in Tally from, in Tally to) =>
        (PriceOf(clause, to, sheet) - PriceOf(clause, from, sheet)).Quantise();

    /// <summary>
    /// What a result accrues beside what others priced in a tally, with what its tier makes of the results before, for
    /// models that follow from the tally alone.
    /// </summary>
    /// <param name="clause">A clause whose model is order-free.</param>
    /// <param name="before">What was counted before, and what that accrued by whatever terms.</param>
    /// <param name="adds">What the result counts.</param>
    internal Accrual AddedBy(Clause clause, in Tally before, in Tally adds)
    {
        ArgumentNullException.ThrowIfNull(clause);
        clause.Pays.Compute(ContextOf(clause, adds) with { Before = before }, sheet);
        return (sheet.Total + sheet.Repriced).Quantise() + UnpricedOf(clause, before, adds);
    }

    private static Accrual PriceOf(Clause clause, in Tally tally, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(clause);
        clause.Pays.Compute(ContextOf(clause, tally), sheet);
        return sheet.Total + sheet.Repriced;
    }

    private static PayoutContext ContextOf(Clause clause, in Tally counted) => new(counted.Value)
    {
        Quantity = counted.Quantity,
        Calendar = clause.Calendar,
        Counted = counted,
        IsCumulative = true,
        Facts = [.. counted.Facts.Select(static f => new FactKey<decimal>(f.Name).Of(f.Amount))],
    };

    // The clause's own part of the whole is rounded alone, then shared out in whole minor units.
    private static Money[] Post(
        Accrual whole, RoundingMode mode, ReadOnlySpan<Beneficiary> beneficiaries, long totalWeight)
    {
        var weights = new long[beneficiaries.Length];
        long mine = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = beneficiaries[i].Weight;
            mine += weights[i];
        }

        Accrual part = mine == totalWeight ? whole : whole.Share(new Ratio(mine, totalWeight));
        return part.Round(mode).Allocate(weights);
    }

    private PricedAlone Close(Money posted, in Tally counted)
    {
        if (sheet.HasOne)
        {
            return new(posted, counted, new PostedLines(sheet.Lines[0]));
        }

        if (posted != sheet.Total)
        {
            sheet.Add(new(PayoutLineNames.Rounding, posted - sheet.Total));
        }

        return new(posted, counted, new PostedLines(sheet.ToLines(repricing: false)));
    }

    private static PricedShare ShareOf(in Beneficiary one, Ratio share, in Tally before, in PricedAlone priced)
    {
        Payout payout = new(priced.Amount.Currency, priced.Lines.ListOf(priced.Amount));
        return new(one.Partner, share, payout, priced.Amount, before, priced.Counted)
        {
            History = one.History,
            Repricing = priced.Repricing,
        };
    }

    /// <summary>What a clause pays one partner, without whose it is.</summary>
    internal readonly record struct PricedAlone(Money Amount, Tally Counted, PostedLines Lines)
    {
        public Payout? Repricing { get; init; }
    }
}
