using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>A part of a budget that one thread has to itself: taking from it is a plain addition.</summary>
/// <remarks>
/// The part is one reservation of a ledger. When it is used up or over, commit under its id what was used; what was not
/// is free again. Not thread-safe: each thread has its own.
/// </remarks>
public sealed class LeasedBudget
{
    private long left;

    /// <summary>A part that was set aside.</summary>
    /// <param name="lease">The reservation.</param>
    /// <param name="amount">What was set aside, in minor units or pieces; not negative.</param>
    /// <param name="expires">Until when; its owner uses it no more from then on.</param>
    public LeasedBudget(ReservationId lease, long amount, Instant expires)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Lease = lease;
        Amount = amount;
        Expires = expires;
        left = amount;
    }

    /// <summary>The reservation.</summary>
    public ReservationId Lease { get; }

    /// <summary>What was set aside.</summary>
    public long Amount { get; }

    /// <summary>From when on it is set aside no more.</summary>
    public Instant Expires { get; }

    /// <summary>What may still be taken.</summary>
    public long Left => left;

    /// <summary>What was taken and not given back: what to commit.</summary>
    public long Used => Amount - left;

    /// <summary>Takes an amount when there is as much.</summary>
    /// <param name="amount">The amount; one below zero is refused.</param>
    public bool TryReserve(long amount)
    {
        if (unchecked((ulong)amount > (ulong)left))
        {
            return false;
        }

        left -= amount;
        return true;
    }

    /// <summary>Gives back what was taken and is not needed.</summary>
    /// <param name="amount">The amount; from zero to <see cref="Used"/>.</param>
    public void Release(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Used);
        left += amount;
    }
}
