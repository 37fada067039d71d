using System.Runtime.InteropServices;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>What each decision counts besides the budget: written all the time, and so in a cache line of its own.
/// </summary>
/// <remarks>
/// One atomic step by decision is what the limit costs; these sums do without one. Of two threads that count at the
/// very same time one may undo what the other counted, and one that the system holds up just then all that was counted
/// meanwhile: the pace takes the traffic of that minute for less, and the limit holds. Requests one after the other,
/// on whatever threads, are counted exactly.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct PaceTally
{
    // A sum that is smaller by up to so much was set back by a thread that was held up.
    internal const long BackMax = 1L << 61;

    /// <summary>The cost of requests of unknown worth.</summary>
    [FieldOffset(64)]
    internal long Plain;

    /// <summary>The number of all requests.</summary>
    [FieldOffset(72)]
    internal long Requests;

    /// <summary>How far the next request's turn has come, in parts of 2^32.</summary>
    [FieldOffset(80)]
    internal long Turn;

    /// <summary>Adds to a sum.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="amount">The amount; the sum may wrap around.</param>
    /// <returns>The new sum.</returns>
    internal static long Add(ref long sum, long amount)
    {
        if (!Environment.Is64BitProcess)
        {
            // Half of a number must never be seen.
            return Interlocked.Add(ref sum, amount);
        }

        long after = unchecked(Volatile.Read(ref sum) + amount);
        Volatile.Write(ref sum, after);
        return after;
    }

    /// <summary>By how much a sum has grown: 0 when it was set back since.</summary>
    /// <remarks>A sum may wrap around in a minute of the greatest requests; its growth is right all the same.</remarks>
    internal static double Growth(long now, long before)
    {
        long more = unchecked(now - before);
        return more is < 0 and >= -BackMax ? 0 : unchecked((ulong)more);
    }
}
