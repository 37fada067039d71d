using PerfMarketing.Identity;

namespace PerfMarketing.Tallies;

/// <summary>What a <see cref="Tally"/> counts for.</summary>
/// <remarks>What a scope does not part by is unset: a tally of a whole contract has no partner.</remarks>
/// <param name="Contract">The contract; unset when all contracts of the campaign count together.</param>
/// <param name="Clause">The clause of the contract.</param>
/// <param name="Partner">The partner who is credited; unset when all count together.</param>
/// <param name="Period">The period's key in the contract's zone, such as <c>2026-03</c>.</param>
/// <param name="Customer">The customer; unset unless each is counted alone.</param>
public readonly record struct TallyKey(
    ContractId Contract, ClauseId Clause, PartnerId Partner, string Period, CustomerId Customer = default)
{
    /// <summary>The period of tallies that are lists: what of them counts is asked of them each time.</summary>
    public const string Listed = "listed";

    /// <summary>The key of what a scope counts together.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="clause">The clause.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="customer">The customer; null when the outcome has none.</param>
    /// <param name="period">The period's key.</param>
    public static TallyKey Of(
        TallyScope scope,
        ContractId contract,
        ClauseId clause,
        PartnerId partner,
        CustomerId? customer,
        string period) => scope switch
        {
            TallyScope.Contract => new(contract, clause, default, period),
            TallyScope.Campaign => new(default, clause, default, period),
            TallyScope.Customer => new(contract, clause, partner, period, customer ?? default),
            _ => new(contract, clause, partner, period),
        };
}
