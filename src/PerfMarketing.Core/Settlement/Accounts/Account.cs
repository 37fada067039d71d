using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>One account of a ledger: of a contract, partner and currency.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Partner">The partner.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Currency">The currency of its balance.</param>
public readonly record struct Account(ContractId Contract, PartnerId Partner, AccountKind Kind, Currency Currency)
{
    /// <summary>Contract, partner, kind and currency.</summary>
    public override string ToString() => $"{Contract}/{Partner}/{Kind}/{Currency}";
}
