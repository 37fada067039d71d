using System.Runtime.CompilerServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>The rows of a block of customers in one segment.</summary>
internal readonly ref struct BlockRows
{
    /// <summary>The rows as <see cref="RowLayout"/> has them.</summary>
    internal required ReadOnlySpan<ulong> Rows { get; init; }

    /// <summary>The upper bits of the times; empty when there was room for all of them.</summary>
    internal ReadOnlySpan<uint> Upper { get; init; }

    /// <summary>
    /// The customers where they have ids of 64 bits, then their numbers within the block; else empty.
    /// </summary>
    internal Span<long> Customers { get; init; }

    /// <summary>Ids by which touches of one instant are ordered; empty when there are none.</summary>
    internal ReadOnlySpan<long> Ids { get; init; }

    /// <summary>What each of the outcomes is worth, one after the other; empty when nothing is.</summary>
    internal ReadOnlySpan<long> Values { get; init; }

    /// <summary>The time of the oldest row of the segment.</summary>
    internal required long Oldest { get; init; }

    /// <summary>Where the time begins in a row.</summary>
    internal required int TickShift { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int CustomerOf(int i) =>
        Customers.IsEmpty ? (int)(Rows[i] & RowLayout.CustomerMask) : (int)Customers[i];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long TicksOf(int i) => unchecked(Oldest + (long)((Rows[i] >> TickShift)
        | (Upper.IsEmpty ? 0 : (ulong)Upper[i] << (64 - TickShift))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint TagOf(int i) =>
        unchecked((uint)Rows[i] & ((1U << TickShift) - 1)) >> RowLayout.BlockBits;
}
