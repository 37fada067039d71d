using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts;

/// <summary>
/// What an outcome adds to each partner's tally: one outcome, its quantity, value and measured facts, split without
/// remainder; or all of them whole, when one partner has all the credit or who is involved counts.
/// </summary>
internal readonly struct CreditSplit
{
    private readonly Tally whole;
    private readonly Tally[]? parts;

    private CreditSplit(in Tally whole, Tally[]? parts)
    {
        this.whole = whole;
        this.parts = parts;
    }

    /// <summary>Splits an outcome.</summary>
    /// <param name="clause">The clause that tallies.</param>
    /// <param name="basis">What is priced.</param>
    /// <param name="beneficiaries">The partners of the clause.</param>
    /// <param name="others">The weight of partners of other clauses.</param>
    public static CreditSplit Of(Clause clause, in Basis basis, ReadOnlySpan<Beneficiary> beneficiaries, long others)
    {
        Tally whole = WholeOf(clause, basis);
        int count = beneficiaries.Length;
        return clause.Tally.Credit == TallyCredit.Involved || (count == 1 && others == 0)
            ? new(whole, null)
            : new(whole, Split(whole, beneficiaries, others));
    }

    /// <summary>What an outcome adds to the tally of whoever has all the credit, before it is priced.</summary>
    public static Tally WholeOf(Clause clause, in Basis basis)
    {
        Tally whole = new(1, basis.Quantity, basis.Value.Quantise(), Accrual.Zero(basis.Value.Currency));
        return clause.TalliedFacts.Count > 0 ? whole with { Facts = FactsOf(clause, basis) } : whole;
    }

    /// <summary>What one partner's tally gets.</summary>
    /// <param name="index">The partner's place among the beneficiaries.</param>
    /// <param name="accrued">The partner's exact payout.</param>
    public Tally Of(int index, Accrual accrued) => (parts is null ? whole : parts[index]) with { Accrued = accrued };

    private static Tally[] Split(in Tally whole, ReadOnlySpan<Beneficiary> beneficiaries, long others)
    {
        var weights = new long[beneficiaries.Length + 1];
        for (int i = 0; i < beneficiaries.Length; i++)
        {
            weights[i] = beneficiaries[i].Weight;
        }

        weights[^1] = others;
        decimal[] counts = Share(whole.Count, weights);
        decimal[] quantities = Share(whole.Quantity, weights);
        decimal[] values = Share(whole.Value.Amount, weights);
        decimal[][] facts = new decimal[whole.Facts.Count][];
        for (int i = 0; i < facts.Length; i++)
        {
            facts[i] = Share(whole.Facts[i].Amount, weights);
        }

        var parts = new Tally[beneficiaries.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new(counts[i], quantities[i], new(values[i], whole.Value.Currency), whole.Accrued)
            {
                Facts = PartOf(whole.Facts, facts, i),
            };
        }

        return parts;
    }

    private static decimal[] Share(decimal whole, ReadOnlySpan<long> weights)
    {
        var parts = new decimal[weights.Length];
        Allocation.Split(whole, weights, parts);
        return parts;
    }

    private static ValueList<TallyFact> PartOf(ValueList<TallyFact> whole, decimal[][] amounts, int index)
    {
        var facts = new TallyFact[whole.Count];
        for (int i = 0; i < facts.Length; i++)
        {
            facts[i] = whole[i] with { Amount = amounts[i][index] };
        }

        return ValueList.Create<TallyFact>(facts);
    }

    private static ValueList<TallyFact> FactsOf(Clause clause, in Basis basis)
    {
        List<TallyFact> facts = [];
        foreach (string name in clause.TalliedFacts)
        {
            if (PayoutContext.TryMeasureFact(basis.Facts, name, basis.Value.Currency, out decimal amount))
            {
                facts.Add(new(name, amount));
            }
        }

        return facts.ToValueList();
    }
}
