using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>Collects what one group moves between the accounts of a contract and partner.</summary>
/// <remarks>Money only ever moves from one account to another, so that a group sums to zero by construction.</remarks>
internal sealed class AccountMoves
{
    /// <summary>How many kinds of account there are.</summary>
    public const int Kinds = (int)AccountKind.FxDelta + 1;

    private readonly long[] changes = new long[Kinds];
    private readonly bool[] touched = new bool[Kinds];

    /// <summary>Debits one account and credits another.</summary>
    public void Move(AccountKind from, AccountKind to, long amount)
    {
        changes[(int)from] -= amount;
        changes[(int)to] += amount;
        touched[(int)from] = true;
        touched[(int)to] = true;
    }

    /// <summary>The postings so far, applied to some balances; begins anew.</summary>
    /// <returns>
    /// One posting for each account that changes; when none does, one of nothing for each that was named.
    /// </returns>
    public ValueList<Posting> Take(Span<long> balances, Currency currency)
    {
        Span<Posting> postings = stackalloc Posting[Kinds];
        bool isNothing = !changes.AsSpan().ContainsAnyExcept(0L);
        int count = 0;
        for (int i = 0; i < Kinds; i++)
        {
            if (isNothing ? touched[i] : changes[i] != 0)
            {
                balances[i] = checked(balances[i] + changes[i]);
                postings[count++] = new((AccountKind)i, Money.FromMinor(changes[i], currency));
            }
        }

        changes.AsSpan().Clear();
        touched.AsSpan().Clear();
        return ValueList.Create<Posting>(postings[..count]);
    }
}
