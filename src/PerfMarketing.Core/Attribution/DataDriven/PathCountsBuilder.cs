using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Collects journeys into a <see cref="PathCounts"/>.</summary>
/// <remarks>Not thread-safe: count in each thread by itself, and merge what was counted.</remarks>
public sealed class PathCountsBuilder
{
    /// <summary>The most channels.</summary>
    public const int ChannelCountMax = ChannelTable.CountMax;

    /// <summary>The most decimals of a value; finer ones are rounded, half to even.</summary>
    public const int ValueDecimalsMax = ExactValue.Decimals;

    /// <summary>The most touches of all paths together: 2^31 − 1 less what an array needs.</summary>
    public const int TouchCountMax = 2_147_483_591;

    // Up to so many rows there is room for four times as many next.
    private const int FewRows = 1 << 16;

    private readonly ChannelTable channels = new();
    private readonly PathText texts;
    private ushort[] steps = new ushort[256];
    private int[] ends = new int[64];
    private long[] conversions = new long[64];
    private long[] nulls = new long[64];
    private Int128[] values = new Int128[64];
    private int stepCount;
    private int rowCount;

    /// <summary>A builder without journeys.</summary>
    public PathCountsBuilder() => texts = new(channels);

    /// <summary>The number of a channel, by which journeys are added without looking its name up again.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>From 0, in the order in which channels were named first.</returns>
    public int NumberOf(ChannelId channel) => channels.NumberOf(channel.Value);

    /// <summary>Adds journeys of one path.</summary>
    /// <param name="path">The channels, from the oldest touch to the newest; at least one.</param>
    /// <param name="converted">How many of them converted.</param>
    /// <param name="lost">How many of them did not.</param>
    /// <param name="value">What the conversions are worth together; 0 when there are none.</param>
    /// <exception cref="ArgumentException">
    /// The path is empty, a count is negative, or there is a value without a conversion.
    /// </exception>
    public void Add(ReadOnlySpan<ChannelId> path, long converted, long lost, decimal value = 0)
    {
        Int128 units = ExactValue.Of(value);
        int start = Open(path.Length, converted, lost, units);
        foreach (ChannelId channel in path)
        {
            steps[stepCount++] = (ushort)channels.NumberOf(channel.Value);
        }

        Close(start, converted, lost, units);
    }

    /// <summary>Adds journeys of one path, whose channels are given by their numbers.</summary>
    /// <param name="path">Numbers that <see cref="NumberOf"/> gave; at least one.</param>
    /// <param name="converted">How many of them converted.</param>
    /// <param name="lost">How many of them did not.</param>
    /// <param name="value">What the conversions are worth together; 0 when there are none.</param>
    /// <exception cref="ArgumentException">
    /// The path is empty, a number stands for no channel, a count is negative, or there is a value without a
    /// conversion.
    /// </exception>
    public void Add(ReadOnlySpan<int> path, long converted, long lost, decimal value = 0) =>
        AddUnits(path, converted, lost, ExactValue.Of(value));

    internal void AddUnits(ReadOnlySpan<int> path, long converted, long lost, Int128 value)
    {
        int start = Open(path.Length, converted, lost, value);
        foreach (int number in path)
        {
            if (number < 0 || number >= channels.Count)
            {
                stepCount = start;
                throw new ArgumentException("A number stands for no channel.", nameof(path));
            }

            steps[stepCount++] = (ushort)number;
        }

        Close(start, converted, lost, value);
    }

    /// <summary>Adds journeys of one path as it stands in files: <c>search &gt; mail &gt; search</c>.</summary>
    /// <param name="path">
    /// The channels, parted by <c>&gt;</c>; spaces around a name do not count, and empty names are left out.
    /// </param>
    /// <param name="converted">How many of the journeys converted.</param>
    /// <param name="lost">How many of them did not.</param>
    /// <param name="value">What the conversions are worth together; 0 when there are none.</param>
    /// <returns>Whether the path has a channel; otherwise nothing was added.</returns>
    /// <exception cref="ArgumentException">A count is negative, or there is a value without a conversion.</exception>
    /// <exception cref="FormatException">A name may not be a channel.</exception>
    public bool TryAddText(ReadOnlySpan<char> path, long converted, long lost, decimal value = 0)
    {
        // Every name but the last takes at least two characters.
        Int128 units = ExactValue.Of(value);
        int start = Open(1 + (path.Length / 2), converted, lost, units);
        try
        {
            stepCount += texts.Read(path, steps.AsSpan(start));
        }
        catch
        {
            stepCount = start;
            throw;
        }

        if (stepCount == start)
        {
            return false;
        }

        Close(start, converted, lost, units);
        return true;
    }

    /// <summary>What was collected; the builder may go on.</summary>
    /// <exception cref="OverflowException">A sum is more than 64 bits, or a value more than can be held.</exception>
    public PathCounts Build()
    {
        (ChannelId[] sorted, ushort[] ranks) = channels.Sort();
        ushort[] own = GC.AllocateUninitializedArray<ushort>(stepCount);
        ref ushort rank = ref MemoryMarshal.GetArrayDataReference(ranks);
        ReadOnlySpan<ushort> numbers = steps.AsSpan(0, own.Length);
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = Unsafe.Add(ref rank, numbers[i]);
        }

        // What stands there already is never written again: the columns are not copied.
        return new(new(sorted, own, ends, conversions, nulls, values, rowCount));
    }

    // What is not filled yet is never read.
    private static void Grow<T>(ref T[] column, int count, int length)
    {
        T[] grown = GC.AllocateUninitializedArray<T>(length);
        column.AsSpan(0, count).CopyTo(grown);
        column = grown;
    }

    private int Open(int length, long converted, long lost, Int128 value)
    {
        if (length == 0)
        {
            throw new ArgumentException("A journey has at least one touch.", nameof(length));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(converted);
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        if (converted == 0 && value != 0)
        {
            throw new ArgumentException("Only conversions have a value.", nameof(value));
        }

        if (length > TouchCountMax - stepCount)
        {
            throw new InvalidOperationException($"The paths have more than {TouchCountMax} touches: merge shards.");
        }

        if (stepCount + length > steps.Length)
        {
            long grown = Math.Max(2L * steps.Length, stepCount + (long)length);
            Grow(ref steps, stepCount, (int)Math.Min(TouchCountMax, grown));
        }

        return stepCount;
    }

    private void Close(int start, long converted, long lost, Int128 value)
    {
        if (start == stepCount)
        {
            return;
        }

        if (rowCount == ends.Length)
        {
            int grown = (int)Math.Min(TouchCountMax, (rowCount < FewRows ? 4L : 2L) * rowCount);
            Grow(ref ends, rowCount, grown);
            Grow(ref conversions, rowCount, grown);
            Grow(ref nulls, rowCount, grown);
            Grow(ref values, rowCount, grown);
        }

        ends[rowCount] = stepCount;
        conversions[rowCount] = converted;
        nulls[rowCount] = lost;
        values[rowCount++] = value;
    }
}
