using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts;

/// <summary>
/// What an outcome adds to each partner's tally: one outcome, its quantity, value and measured facts, split without
/// remainder; or all of them whole, when who is involved counts.
/// </summary>
internal sealed class CreditSplit
{
    private readonly decimal[] counts;
    private readonly decimal[] quantities;
    private readonly decimal[] values;
    private readonly ValueList<TallyFact>[] facts;
    private readonly Currency currency;

    private CreditSplit(int partners, Currency currency)
    {
        counts = new decimal[partners];
        quantities = new decimal[partners];
        values = new decimal[partners];
        facts = new ValueList<TallyFact>[partners];
        Array.Fill(facts, []);
        this.currency = currency;
    }

    /// <summary>Splits an outcome.</summary>
    /// <param name="clause">The clause that tallies.</param>
    /// <param name="basis">What is priced.</param>
    /// <param name="beneficiaries">The partners of the clause.</param>
    /// <param name="others">The weight of partners of other clauses.</param>
    public static CreditSplit Of(Clause clause, in Basis basis, ReadOnlySpan<Beneficiary> beneficiaries, long others)
    {
        int count = beneficiaries.Length;
        Span<long> weights = count < 64 ? stackalloc long[count + 1] : new long[count + 1];
        for (int i = 0; i < count; i++)
        {
            weights[i] = beneficiaries[i].Weight;
        }

        weights[count] = others;
        bool isWhole = clause.Tally.Credit == TallyCredit.Involved || (count == 1 && others == 0);
        CreditSplit split = new(count + 1, basis.Value.Currency);
        Share(1, weights, split.counts, isWhole);
        Share(basis.Quantity, weights, split.quantities, isWhole);
        Share(basis.Value.Quantise().Amount, weights, split.values, isWhole);
        split.AddFacts(clause, basis, weights, isWhole);
        return split;
    }

    /// <summary>What one partner's tally gets.</summary>
    /// <param name="index">The partner's place among the beneficiaries.</param>
    /// <param name="accrued">The partner's exact payout.</param>
    public Tally Of(int index, Accrual accrued) =>
        new(counts[index], quantities[index], new(values[index], currency), accrued) { Facts = facts[index] };

    private static void Share(decimal whole, ReadOnlySpan<long> weights, Span<decimal> parts, bool isWhole)
    {
        if (isWhole)
        {
            parts.Fill(whole);
        }
        else
        {
            Allocation.Split(whole, weights, parts);
        }
    }

    private void AddFacts(Clause clause, in Basis basis, ReadOnlySpan<long> weights, bool isWhole)
    {
        if (clause.TalliedFacts.Count == 0)
        {
            return;
        }

        var parts = new decimal[weights.Length];
        foreach (string name in clause.TalliedFacts)
        {
            if (PayoutContext.TryMeasureFact(basis.Facts, name, currency, out decimal amount))
            {
                Share(amount, weights, parts, isWhole);
                for (int i = 0; i < parts.Length; i++)
                {
                    facts[i] = facts[i].Add(new(name, parts[i]));
                }
            }
        }
    }
}
