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
public sealed class ClausePricing
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

        Split counted = Split.Of(basis, beneficiaries, others);
        return clause.IsCumulative
            ? PriceCumulative(clause, basis, beneficiaries, totalWeight, counted)
            : PriceOnce(clause, basis, beneficiaries, totalWeight, counted);
    }

    private ValueList<PricedShare> PriceOnce(
        Clause clause, in Basis basis, ReadOnlySpan<Beneficiary> beneficiaries, long totalWeight, Split counted)
    {
        PayoutContext context = new(basis.Value)
        {
            Quantity = basis.Quantity,
            Facts = basis.Facts,
            Lines = basis.Lines,
            At = basis.At,
            Calendar = clause.Calendar,
        };
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
            shares[i] = Close(beneficiaries[i], share, posted[i], counted.Of(i, sheet.Total.Quantise()));
        }

        return ValueList.Create<PricedShare>(shares);
    }

    private ValueList<PricedShare> PriceCumulative(
        Clause clause, in Basis basis, ReadOnlySpan<Beneficiary> beneficiaries, long totalWeight, Split counted)
    {
        var shares = new PricedShare[beneficiaries.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            Beneficiary one = beneficiaries[i];
            Ratio share = new(one.Weight, totalWeight);
            PayoutContext context = new(basis.Value)
            {
                Quantity = basis.Quantity,
                Facts = basis.Facts,
                Lines = basis.Lines,
                At = basis.At,
                Calendar = clause.Calendar,
                Share = share,
                Credited = counted.Quantity(i),
                Before = one.Before,
                IsCumulative = true,
            };
            clause.Pays.Compute(context, sheet);
            Accrual exact = sheet.Total.Quantise();
            Money before = one.Before.Accrued.Round(clause.Rounding.Mode);
            Money after = (one.Before.Accrued + exact).Round(clause.Rounding.Mode);
            shares[i] = Close(one, share, after - before, counted.Of(i, exact));
        }

        return ValueList.Create<PricedShare>(shares);
    }

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

    private PricedShare Close(Beneficiary one, Ratio share, Money posted, Tally counted)
    {
        if (posted != sheet.Total)
        {
            sheet.Add(new(PayoutLineNames.Rounding, posted - sheet.Total));
        }

        return new(one.Partner, share, sheet.ToPayout(), posted, one.Before, counted);
    }

    // What the outcome adds to each partner's tally: one outcome, its quantity and its value, split without remainder.
    private sealed class Split(decimal[] counts, decimal[] quantities, decimal[] values, Currency currency)
    {
        public static Split Of(in Basis basis, ReadOnlySpan<Beneficiary> beneficiaries, long others)
        {
            if (beneficiaries.Length == 1 && others == 0)
            {
                return new([1m], [basis.Quantity], [basis.Value.Quantise().Amount], basis.Value.Currency);
            }

            int count = beneficiaries.Length + 1;
            Span<long> weights = count <= 64 ? stackalloc long[count] : new long[count];
            for (int i = 0; i < beneficiaries.Length; i++)
            {
                weights[i] = beneficiaries[i].Weight;
            }

            weights[^1] = others;
            var parts = (new decimal[count], new decimal[count], new decimal[count]);
            Allocation.Split(1m, weights, parts.Item1);
            Allocation.Split(basis.Quantity, weights, parts.Item2);
            Allocation.Split(basis.Value.Quantise().Amount, weights, parts.Item3);
            return new(parts.Item1, parts.Item2, parts.Item3, basis.Value.Currency);
        }

        public decimal Quantity(int index) => quantities[index];

        public Tally Of(int index, Accrual accrued) =>
            new(counts[index], quantities[index], new(values[index], currency), accrued);
    }
}
