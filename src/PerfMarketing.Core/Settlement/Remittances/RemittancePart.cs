using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>What one statement adds to a remittance, or takes from it.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Contract">The contract.</param>
/// <param name="Statement">The statement.</param>
/// <param name="To">The first instant after the statement's period.</param>
/// <param name="Amount">
/// Of a payable statement what it says is payable; of one that claims, below zero, what of it is taken from what a
/// payment before it would have brought and did not. Of a set-off what is taken because it is owed back, below zero;
/// above
/// zero what was taken before and is no longer owed back.
/// </param>
public sealed record RemittancePart(
    CampaignId Campaign, ContractId Contract, StatementId Statement, Instant To, Money Amount) : ITerms
{
    /// <summary>Reads a part.</summary>
    /// <param name="terms">The terms.</param>
    public static RemittancePart Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<CampaignId>("campaign"),
            terms.Value<ContractId>("contract"),
            terms.Value<StatementId>("statement"),
            terms.Instant("to"),
            terms.Value<Money>("amount"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("campaign", Campaign);
        terms.Value("contract", Contract);
        terms.Value("statement", Statement);
        terms.Instant("to", To);
        terms.Value("amount", Amount);
    }
}
