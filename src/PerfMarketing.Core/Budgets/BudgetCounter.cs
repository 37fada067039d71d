using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Budgets;

/// <summary>How much of one limit is in use, counted by many threads at once without a lock.</summary>
/// <remarks>
/// <para>
/// Amounts are whole units: minor units of a currency, or pieces. What is in use, committed and reserved together,
/// never passes the limit by <see cref="TryReserve(long)"/>, whatever the threads do at once; checking and counting
/// are one step. A result that costs more than was set aside for it is counted all the same by <see cref="Settle"/>,
/// which says so: what is owed is owed.
/// </para>
/// <para>
/// The counter knows no ids: who repeats a call counts twice. <see cref="BudgetState"/> answers every id once.
/// </para>
/// </remarks>
public sealed class BudgetCounter
{
    /// <summary>The greatest limit and the greatest amount of one call: 10^18 units.</summary>
    public const long AmountMax = 1_000_000_000_000_000_000;

    // The count has a cache line to itself, so that neighbours in memory do not slow it down.
    private Line line;

    /// <summary>An unused limit.</summary>
    /// <param name="limit">The most that may be in use; not negative.</param>
    /// <param name="used">
    /// What is in use already, such as in a stored snapshot; below zero where more came back.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is beyond <see cref="AmountMax"/>.</exception>
    public BudgetCounter(long limit, long used = 0)
    {
        Check(limit);
        ArgumentOutOfRangeException.ThrowIfLessThan(used, -AmountMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(used, AmountMax);
        line.Limit = limit;
        line.Used = used;
    }

    /// <summary>The most that may be in use.</summary>
    public long Limit => Volatile.Read(ref line.Limit);

    /// <summary>What is in use: committed and reserved.</summary>
    public long Used => Volatile.Read(ref line.Used);

    /// <summary>What may still be reserved; never negative.</summary>
    public long Available => Left(Limit, Used);

    /// <summary>
    /// Changes the limit, at any time: a higher one counts at once; a lower one than what is in use stops everything
    /// and takes nothing back.
    /// </summary>
    /// <param name="limit">The most that may be in use from now on; not negative.</param>
    public void ChangeLimit(long limit)
    {
        Check(limit);
        Volatile.Write(ref line.Limit, limit);
    }

    /// <summary>Sets an amount aside when it fits under the limit.</summary>
    /// <param name="amount">The amount; not negative.</param>
    /// <returns>Whether it fitted; else nothing changed.</returns>
    public bool TryReserve(long amount) => TryReserve(amount, long.MaxValue);

    /// <summary>Sets an amount aside when it fits under the limit and under a lower ceiling.</summary>
    /// <param name="amount">The amount; not negative.</param>
    /// <param name="ceiling">The most that may be in use for this call, such as a pace allows.</param>
    /// <returns>Whether it fitted; else nothing changed.</returns>
    public bool TryReserve(long amount, long ceiling) => TryReserve(amount, ceiling, Used);

    /// <summary>Sets an amount aside, by what was just read to be in use.</summary>
    internal bool TryReserve(long amount, long ceiling, long used)
    {
        Check(amount);
        while (amount <= Left(Math.Min(Volatile.Read(ref line.Limit), ceiling), used))
        {
            long before = Interlocked.CompareExchange(ref line.Used, used + amount, used);
            if (before == used)
            {
                return true;
            }

            used = before;
        }

        return false;
    }

    /// <summary>Frees what was set aside, or what was committed and is taken back.</summary>
    /// <param name="amount">The amount; not negative.</param>
    public void Release(long amount)
    {
        Check(amount);
        Add(-amount);
    }

    /// <summary>Puts the actual amount in the place of what was set aside for it.</summary>
    /// <param name="reserved">What was set aside; zero when nothing was.</param>
    /// <param name="actual">What the result costs; not negative. It is counted also above the limit.</param>
    /// <returns>Whether what is in use stays within the limit.</returns>
    /// <exception cref="OverflowException">More than 9 × 10^18 units would be in use; nothing changed.</exception>
    public bool Settle(long reserved, long actual)
    {
        Check(reserved);
        Check(actual);
        return Add(actual - reserved) <= Limit;
    }

    // Zero where more is in use; the difference may be beyond 64 bits with a sign, never beyond those without.
    internal static long Left(long limit, long used) =>
        limit <= used ? 0 : (long)Math.Min(unchecked((ulong)limit - (ulong)used), long.MaxValue);

    private static void Check(long amount, [CallerArgumentExpression(nameof(amount))] string? name = null)
    {
        if (unchecked((ulong)amount > AmountMax))
        {
            Refuse(amount, name);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refuse(long amount, string? name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, AmountMax, name);
    }

    // Checked, so that what is owed never wraps around.
    private long Add(long change)
    {
        long used = Volatile.Read(ref line.Used);
        while (true)
        {
            long before = Interlocked.CompareExchange(ref line.Used, used + change, used);
            if (before == used)
            {
                return used + change;
            }

            used = before;
        }
    }

    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Line
    {
        [FieldOffset(64)]
        internal long Used;

        [FieldOffset(72)]
        internal long Limit;
    }
}
