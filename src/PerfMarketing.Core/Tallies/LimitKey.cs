using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tallies;

/// <summary>One room of a limit: of a period and a member of its scope.</summary>
/// <remarks>What a limit does not part by is unset.</remarks>
/// <param name="Contract">The contract.</param>
/// <param name="Clause">The clause; unset for a limit of the contract as a whole.</param>
/// <param name="Limit">The limit's name.</param>
/// <param name="Partner">The partner; unset when partners share the room.</param>
/// <param name="Customer">The customer; unset when customers share the room.</param>
/// <param name="Period">The period's key in the contract's zone, such as <c>2026-03</c>.</param>
public readonly record struct LimitKey(
    ContractId Contract, ClauseId Clause, LimitId Limit, PartnerId Partner, CustomerId Customer, string Period) : ITerms
{
    /// <summary>Reads a key.</summary>
    /// <param name="terms">The terms.</param>
    public static LimitKey Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<ContractId>("contract"),
            terms.Value<ClauseId>("clause", default),
            terms.Value<LimitId>("limit"),
            terms.Value<PartnerId>("partner", default),
            terms.Value<CustomerId>("customer", default),
            terms.Text("period"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Contract);
        terms.Value("clause", Clause, default);
        terms.Value("limit", Limit);
        terms.Value("partner", Partner, default);
        terms.Value("customer", Customer, default);
        terms.Value("period", Period);
    }
}
