using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>All accounts of a book with their balances; in each currency debits and credits are equal.</summary>
/// <param name="AsOf">The instant up to which the book had come.</param>
/// <param name="Balances">The accounts that have a balance.</param>
public sealed record TrialBalance(Instant AsOf, ValueList<AccountBalance> Balances) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The sum over all accounts in each currency, by its code: always nothing.</summary>
    /// <exception cref="OverflowException">A sum is beyond the greatest amount.</exception>
    public ValueList<Money> Sums
    {
        get
        {
            SortedDictionary<string, Money> sums = new(StringComparer.Ordinal);
            foreach (AccountBalance row in Balances)
            {
                Currency currency = row.Account.Currency;
                sums[currency.Code] = sums.GetValueOrDefault(currency.Code, Money.Zero(currency)) + row.Balance;
            }

            return [.. sums.Values];
        }
    }

    /// <summary>The accounts of several campaigns: what remittances set off between them is nothing together.</summary>
    /// <param name="books">The books of the campaigns.</param>
    /// <exception cref="OverflowException">A sum is beyond the greatest amount.</exception>
    public static TrialBalance Over(IEnumerable<AccountBook> books)
    {
        ArgumentNullException.ThrowIfNull(books);
        TrialBalance[] all = [.. books.Select(static b => b.ToTrialBalance())];
        return new(
            all.Length > 0 ? all.Min(static t => t.AsOf) : Instant.MinValue,
            [
                .. all.SelectMany(static t => t.Balances).GroupBy(static b => b.Account)
                    .Select(static g => new AccountBalance(
                        g.Key,
                        g.Aggregate(Money.Zero(g.Key.Currency), static (sum, row) => sum + row.Balance)))
                    .Where(static b => b.Balance.MinorUnits != 0)
                    .OrderBy(static b => b.Account.Contract).ThenBy(static b => b.Account.Partner)
                    .ThenBy(static b => b.Account.Currency.Code, StringComparer.Ordinal)
                    .ThenBy(static b => b.Account.Kind),
            ]);
    }

    /// <summary>Reads a trial balance; one that is not balanced, or names an account twice, is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static TrialBalance Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        TrialBalance trial = new(
            terms.OptionalInstant("asOf") ?? Instant.MinValue, terms.List("balances", AccountBalance.Read));
        if (!trial.IsSound())
        {
            terms.Fail("balances", SettlementReasons.TrialUnbalanced, "Debits and credits are equal.");
        }

        return trial;
    }

    /// <summary>Whether every sum is nothing.</summary>
    public bool IsBalanced => Sums.All(static s => s.MinorUnits == 0);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Instant("asOf", AsOf == Instant.MinValue ? null : AsOf);
        terms.List("balances", Balances);
    }

    // Of a text that anybody may have written: its sums may be beyond every amount.
    private bool IsSound() => Balances.DistinctBy(static b => b.Account).Count() == Balances.Count
        && Balances.GroupBy(static b => b.Balance.Currency).All(static currency => currency
            .Aggregate(Int128.Zero, static (sum, row) => sum + row.Balance.MinorUnits) == 0);
}
