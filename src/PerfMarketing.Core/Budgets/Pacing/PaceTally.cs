using System.Runtime.InteropServices;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>What each decision counts besides the budget: written all the time, and so in a cache line of its own.
/// </summary>
/// <remarks>
/// One atomic step by decision is what the limit costs; these sums do without one. Two threads that count at the very
/// same time may lose one of the two counts, which moves a pace by one request and the limit not at all. Requests one
/// after the other, on whatever threads, are counted exactly.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct PaceTally
{
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
}
