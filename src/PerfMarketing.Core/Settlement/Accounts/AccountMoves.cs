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
    private bool isBeyond;

    /// <summary>Refuses to go on after a balance would have been beyond the greatest amount.</summary>
    /// <exception cref="InvalidOperationException">One would have been.</exception>
    public void ThrowIfBeyond()
    {
        if (isBeyond)
        {
            throw new InvalidOperationException("A balance would have been more than an amount can be: the book ends.");
        }
    }

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
    /// <exception cref="OverflowException">
    /// A change or a balance would be beyond the greatest amount: nothing is applied, now or later.
    /// </exception>
    public ValueList<Posting> Take(Span<long> balances, Currency currency)
    {
        for (int i = 0; i < Kinds; i++)
        {
            if (changes[i] != 0 && (IsBeyond(changes[i]) || IsBeyond(balances[i] + changes[i])))
            {
                isBeyond = true;
                throw new OverflowException("A balance would be more than an amount can be.");
            }
        }

        Span<Posting> postings = stackalloc Posting[Kinds];
        bool isNothing = !changes.AsSpan().ContainsAnyExcept(0L);
        int count = 0;
        for (int i = 0; i < Kinds; i++)
        {
            if (isNothing ? touched[i] : changes[i] != 0)
            {
                balances[i] += changes[i];
                postings[count++] = new((AccountKind)i, Money.FromMinor(changes[i], currency));
            }
        }

        changes.AsSpan().Clear();
        touched.AsSpan().Clear();
        return ValueList.Create<Posting>(postings[..count]);
    }

    private static bool IsBeyond(long amount) => amount is > Money.MinorUnitsMax or < -Money.MinorUnitsMax;
}
