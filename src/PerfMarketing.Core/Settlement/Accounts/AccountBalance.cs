using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>An account with its balance.</summary>
/// <param name="Account">The account.</param>
/// <param name="Balance">Credits less debits.</param>
public readonly record struct AccountBalance(Account Account, Money Balance);
