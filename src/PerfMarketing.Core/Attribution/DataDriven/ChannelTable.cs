using System.Runtime.InteropServices;
using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>The channels of a data set, each with the number under which it came first.</summary>
internal sealed class ChannelTable
{
    /// <summary>The most channels: a number fits in 16 bits, and one stays free.</summary>
    internal const int CountMax = 65_535;

    private ChannelId[] channels = new ChannelId[16];
    private string[] names = new string[16];
    private int[] slots = new int[64];

    /// <summary>How many channels there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The channels in the order of their numbers.</summary>
    internal ReadOnlySpan<ChannelId> Channels => channels.AsSpan(0, Count);

    /// <summary>The number of a channel, which is added when it is new.</summary>
    /// <param name="name">The channel's text.</param>
    /// <exception cref="FormatException">The text may not be a channel.</exception>
    /// <exception cref="InvalidOperationException">There are too many channels.</exception>
    internal int NumberOf(ReadOnlySpan<char> name)
    {
        int mask = slots.Length - 1;
        int slot = HashOf(name) & mask;
        for (; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int number = slots[slot] - 1;
            if (name.SequenceEqual(names[number]))
            {
                return number;
            }
        }

        return Add(new(name.ToString()), slot);
    }

    /// <summary>
    /// The channels sorted by their texts, and the place in that order of every number.
    /// </summary>
    internal (ChannelId[] Sorted, ushort[] Ranks) Sort()
    {
        // Sorting texts needs less to be compiled at first than sorting channels.
        string[] texts = names.AsSpan(0, Count).ToArray();
        var numbers = new int[Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        Array.Sort(texts, numbers, StringComparer.Ordinal);
        var sorted = new ChannelId[Count];
        var ranks = new ushort[Count];
        for (int rank = 0; rank < numbers.Length; rank++)
        {
            sorted[rank] = channels[numbers[rank]];
            ranks[numbers[rank]] = (ushort)rank;
        }

        return (sorted, ranks);
    }

    private static int HashOf(ReadOnlySpan<char> name)
    {
        unchecked
        {
            ulong hash = (ulong)name.Length * 0x9E3779B97F4A7C15;
            if (name.Length >= 4)
            {
                ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(name);
                hash ^= MemoryMarshal.Read<ulong>(bytes);
                hash *= 0xD6E8FEB86659FD93;
                hash ^= hash >> 32;
                hash ^= MemoryMarshal.Read<ulong>(bytes[^8..]);
            }
            else
            {
                foreach (char letter in name)
                {
                    hash = (hash ^ letter) * 0xD6E8FEB86659FD93;
                }
            }

            hash *= 0x9E3779B97F4A7C15;
            return (int)(hash >> 33);
        }
    }

    private int Add(ChannelId channel, int slot)
    {
        if (Count == CountMax)
        {
            throw new InvalidOperationException($"There are more than {CountMax} channels.");
        }

        if (Count == channels.Length)
        {
            Array.Resize(ref channels, 2 * Count);
            Array.Resize(ref names, 2 * Count);
        }

        channels[Count] = channel;
        names[Count] = channel.Value;
        slots[slot] = ++Count;
        if (4 * Count > slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Grow()
    {
        var grown = new int[4 * slots.Length];
        for (int number = 0; number < Count; number++)
        {
            int slot = HashOf(names[number]) & (grown.Length - 1);
            while (grown[slot] != 0)
            {
                slot = (slot + 1) & (grown.Length - 1);
            }

            grown[slot] = number + 1;
        }

        slots = grown;
    }
}
