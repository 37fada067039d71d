using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Reads paths as they stand in files: <c>search &gt; mail</c>.</summary>
/// <remarks>
/// Separators are looked for 32 characters at a time. What stands between two of them, less a space at each end, is
/// one vector when it has up to eight characters, and looked up as it stands; only what is new is made a name.
/// </remarks>
internal sealed class PathText(ChannelTable channels)
{
    private const char Separator = '>';
    private const int ShortLength = 8;

    // Ones for as many characters as the place says.
    private static readonly Vector128<ushort>[] Masks = [.. Enumerable.Range(0, ShortLength + 1).Select(static length =>
        Vector128.GreaterThan(Vector128.Create((ushort)length), Vector128<ushort>.Indices))];

    private char[] text = new char[256];
    private Name[] names = new Name[64];
    private int nameCount;

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path; empty names in it are left out.</param>
    /// <param name="steps">Receives the numbers of its channels: room for one more than half of its characters.</param>
    /// <returns>How many channels it has.</returns>
    /// <exception cref="FormatException">A name may not be a channel.</exception>
    internal int Read(ReadOnlySpan<char> path, Span<ushort> steps)
    {
        Copy(path);
        ref char letters = ref MemoryMarshal.GetArrayDataReference(text);
        int length = path.Length + 2;
        int begin = 1;
        int count = 0;
        for (int part = 1; part < length; part += Vector512<ushort>.Count)
        {
            ulong separators = SeparatorsAt(part, length);
            for (; separators != 0; separators &= separators - 1)
            {
                int end = part + BitOperations.TrailingZeroCount(separators);
                int first = begin + (Unsafe.Add(ref letters, begin) == ' ' ? 1 : 0);
                int last = end - (Unsafe.Add(ref letters, end - 1) == ' ' ? 1 : 0);
                begin = end + 1;
                if (first < last && NumberOf(first, last - first) is >= 0 and int number)
                {
                    steps[count++] = (ushort)number;
                }
            }
        }

        return count;
    }

    private static int SlotOf(Vector128<ushort> key, int mask) => unchecked((int)(
        ((key.AsUInt64()[0] * 0x9E3779B97F4A7C15) ^ ((key.AsUInt64()[1] + 1) * 0xD6E8FEB86659FD93)) >> 40)) & mask;

    // A copy between two separators, with room behind it, so that a whole vector can be read from anywhere.
    private void Copy(ReadOnlySpan<char> path)
    {
        if (text.Length < path.Length + 2 + Vector512<ushort>.Count)
        {
            text = new char[2 * (path.Length + 2 + Vector512<ushort>.Count)];
        }

        text[0] = Separator;
        path.CopyTo(text.AsSpan(1));
        text[path.Length + 1] = Separator;
    }

    // A bit for each character that is a separator, of those that belong to the path.
    private ulong SeparatorsAt(int part, int length)
    {
        Vector512<ushort> letters = Vector512.LoadUnsafe(
            ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text.AsSpan(part))));
        ulong found = Vector512.Equals(letters, Vector512.Create((ushort)Separator)).ExtractMostSignificantBits();
        int own = length - part;
        return own < Vector512<ushort>.Count ? found & ((1UL << own) - 1) : found;
    }

    // Below 0 when there is nothing but spaces.
    private int NumberOf(int first, int length)
    {
        if (length > ShortLength)
        {
            return NumberOfName(first, length);
        }

        Vector128<ushort> key = Masks[length] & Vector128.LoadUnsafe(
            ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text.AsSpan(first))));
        int mask = names.Length - 1;
        int slot = SlotOf(key, mask);
        for (; names[slot].Length != 0; slot = (slot + 1) & mask)
        {
            if (names[slot].Key == key && names[slot].Length == length)
            {
                return names[slot].Number;
            }
        }

        int number = NumberOfName(first, length);
        names[slot] = new(key, length, number);
        if (4 * ++nameCount > names.Length)
        {
            Grow();
        }

        return number;
    }

    private int NumberOfName(int first, int length)
    {
        ReadOnlySpan<char> name = text.AsSpan(first, length).Trim();
        return name.IsEmpty ? -1 : channels.NumberOf(name);
    }

    private void Grow()
    {
        var grown = new Name[4 * names.Length];
        foreach (Name name in names)
        {
            if (name.Length == 0)
            {
                continue;
            }

            int slot = SlotOf(name.Key, grown.Length - 1);
            while (grown[slot].Length != 0)
            {
                slot = (slot + 1) & (grown.Length - 1);
            }

            grown[slot] = name;
        }

        names = grown;
    }

    // Of length 0 where there is none. Characters behind the name are 0 in the key, and may be so in the name.
    private readonly record struct Name(Vector128<ushort> Key, int Length, int Number);
}
