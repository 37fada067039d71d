using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Reads paths as they stand in files: <c>search &gt; mail</c>.</summary>
/// <remarks>
/// Separators are looked for 64 characters at a time. What stands between two of them, less a space at each end, is
/// one vector when it has up to eight characters, and looked up as it stands; only what is new is made a name.
/// </remarks>
internal sealed class PathText(ChannelTable channels)
{
    private const char Separator = '>';
    private const int ShortLength = 8;

    // So many characters are searched at once, two vectors.
    private const int PartLength = 64;

    private static ReadOnlySpan<ushort> Masks =>
    [
        ushort.MaxValue, ushort.MaxValue, ushort.MaxValue, ushort.MaxValue,
        ushort.MaxValue, ushort.MaxValue, ushort.MaxValue, ushort.MaxValue,
        0, 0, 0, 0, 0, 0, 0, 0,
    ];

    private char[] text = new char[256];
    private Name[] names = new Name[256];
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
        for (int part = 1; part < length; part += PartLength)
        {
            ulong separators = SeparatorsAt(ref Unsafe.Add(ref letters, part), length - part);
            for (; separators != 0; separators &= separators - 1)
            {
                int end = part + BitOperations.TrailingZeroCount(separators);
                int first = begin + (Unsafe.Add(ref letters, begin) == ' ' ? 1 : 0);
                int last = end - (Unsafe.Add(ref letters, end - 1) == ' ' ? 1 : 0);
                begin = end + 1;
                if (first >= last)
                {
                    continue;
                }

                int number = NumberOf(ref Unsafe.Add(ref letters, first), first, last - first);
                if (number >= 0)
                {
                    steps[count++] = (ushort)number;
                }
            }
        }

        return count;
    }

    private static int SlotOf(Vector128<ushort> key, int mask) => unchecked((int)(
        ((key.AsUInt64()[0] * 0x9E3779B97F4A7C15) ^ ((key.AsUInt64()[1] + 1) * 0xD6E8FEB86659FD93)) >> 40)) & mask;

    // A copy between two separators, with room behind it, so that whole vectors can be read from anywhere.
    private void Copy(ReadOnlySpan<char> path)
    {
        if (text.Length < path.Length + 2 + PartLength)
        {
            text = new char[2 * (path.Length + 2 + PartLength)];
        }

        text[0] = Separator;
        path.CopyTo(text.AsSpan(1));
        text[path.Length + 1] = Separator;
    }

    // A bit for each character that is a separator, of those that belong to the path.
    private static ulong SeparatorsAt(ref char letters, int own)
    {
        ref ushort numbers = ref Unsafe.As<char, ushort>(ref letters);
        Vector512<ushort> separator = Vector512.Create((ushort)Separator);
        ulong low = Vector512.Equals(Vector512.LoadUnsafe(ref numbers), separator).ExtractMostSignificantBits();
        ulong high = Vector512.Equals(
            Vector512.LoadUnsafe(ref numbers, (nuint)Vector512<ushort>.Count), separator).ExtractMostSignificantBits();
        ulong found = low | (high << (PartLength / 2));
        return own < PartLength ? found & ((1UL << own) - 1) : found;
    }

    // Below 0 when there is nothing but spaces.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NumberOf(ref char letters, int first, int length)
    {
        if (length > ShortLength)
        {
            return NumberOfName(first, length);
        }

        // Ones for as many characters as there are.
        Vector128<ushort> own = Vector128.LoadUnsafe(
            ref MemoryMarshal.GetReference(Masks), (nuint)(uint)(ShortLength - length));
        Vector128<ushort> key = own & Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref letters));
        int slot = SlotOf(key, names.Length - 1);
        ref Name name = ref names[slot];
        return name.Length == length && name.Key == key ? name.Number : NumberOfShort(key, slot, first, length);
    }

    private int NumberOfShort(Vector128<ushort> key, int slot, int first, int length)
    {
        int mask = names.Length - 1;
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
