namespace PerfMarketing.Attribution.DataDriven;

/// <summary>The states of a chain and the moves between them, as columns.</summary>
internal sealed class ChainStates(int order, int count, int edges)
{
    internal int Order => order;

    internal int Count => count;

    /// <summary>The channels of each state's window, oldest first; <see cref="Order"/> places for each.</summary>
    internal ushort[] Windows { get; } = new ushort[count * order];

    internal byte[] Lengths { get; } = new byte[count];

    internal long[] Starts { get; } = new long[count];

    internal long[] Conversions { get; } = new long[count];

    internal long[] Nulls { get; } = new long[count];

    internal Int128[] Values { get; } = new Int128[count];

    internal int[] EdgeStarts { get; } = new int[count + 1];

    internal int[] EdgeTargets { get; } = new int[edges];

    internal long[] EdgeCounts { get; } = new long[edges];

    internal ReadOnlySpan<ushort> Window(int state) => Windows.AsSpan(state * order, Lengths[state]);
}
