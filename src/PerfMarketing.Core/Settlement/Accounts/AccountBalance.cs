using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>An account with its balance.</summary>
/// <param name="Account">The account.</param>
/// <param name="Balance">Credits less debits, in the account's currency.</param>
public readonly record struct AccountBalance(Account Account, Money Balance) : ITerms
{
    /// <summary>Reads a balance.</summary>
    /// <param name="terms">The terms.</param>
    public static AccountBalance Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Money balance = terms.Value<Money>("balance");
        return new(
            new(
                terms.Value<ContractId>("contract"),
                terms.Value<PartnerId>("partner"),
                terms.Enum<AccountKind>("kind"),
                balance.Currency),
            balance);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Account.Contract);
        terms.Value("partner", Account.Partner);
        terms.Enum("kind", Account.Kind);
        terms.Value("balance", Balance);
    }
}
