using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Reads paths as they stand in files: <c>search &gt; mail</c>.</summary>
/// <remarks>
/// A name of up to eight characters is two numbers, looked up and compared without a loop. Any other, and
/// what has spaces elsewhere than around a name, goes the long way.
/// </remarks>
internal sealed class PathText(ChannelTable channels)
{
    private const char Separator = '>';
    private const int Room = 2 * ShortLength;
    private const int ShortLength = 8;

    // Ones for as many characters as the place says.
    private static readonly Vector128<ushort>[] Masks = [.. Enumerable.Range(0, ShortLength + 1).Select(static length =>
        Vector128.GreaterThan(Vector128.Create((ushort)length), Vector128<ushort>.Indices))];

    private char[] text = new char[256];
    private (ulong First, ulong Second, int Number)[] names = new (ulong, ulong, int)[64];
    private int nameCount;

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path; empty names in it are left out.</param>
    /// <param name="steps">Receives the numbers of its channels: room for one more than half of its characters.</param>
    /// <returns>How many channels it has.</returns>
    /// <exception cref="FormatException">A name may not be a channel.</exception>
    internal int Read(ReadOnlySpan<char> path, Span<ushort> steps)
    {
        if (text.Length < path.Length + Room)
        {
            text = new char[2 * (path.Length + Room)];
        }

        // A copy with something behind it, so that eight characters can be read from anywhere.
        path.CopyTo(text);
        text[path.Length] = Separator;
        ref ushort letters = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text.AsSpan()));
        int count = 0;
        for (int at = 0; at <= path.Length;)
        {
            at += text[at] == ' ' ? 1 : 0;
            Vector128<ushort> name = Vector128.LoadUnsafe(ref letters, (nuint)at);
            int length = BitOperations.TrailingZeroCount(Vector128.ExtractMostSignificantBits(Stops(name)) | 1 << 8);
            char after = text[at + length];
            int next = at + length + 1;
            if (after == ' ' && text[next] == Separator)
            {
                next++;
            }
            else if (after != Separator)
            {
                next = ReadLong(path, at, steps, ref count);
                at = next;
                continue;
            }

            if (length > 0)
            {
                Vector128<ulong> key = (name & Masks[length]).AsUInt64();
                steps[count++] = (ushort)NumberOf(key[0], key[1], length, at);
            }

            at = next;
        }

        return count;
    }

    // Spaces, separators and whatever is not in ASCII.
    private static Vector128<ushort> Stops(Vector128<ushort> letters) =>
        Vector128.LessThanOrEqual(letters, Vector128.Create((ushort)' '))
        | Vector128.Equals(letters, Vector128.Create((ushort)Separator))
        | Vector128.GreaterThan(letters, Vector128.Create((ushort)0x7F));

    private static int SlotOf(ulong first, ulong second, int mask) => unchecked(
        (int)(((first * 0x9E3779B97F4A7C15) ^ ((second + 1) * 0xD6E8FEB86659FD93)) >> 40)) & mask;

    private int ReadLong(ReadOnlySpan<char> path, int at, Span<ushort> steps, ref int count)
    {
        ReadOnlySpan<char> rest = path[Math.Min(at, path.Length)..];
        int end = rest.IndexOf(Separator);
        ReadOnlySpan<char> name = (end < 0 ? rest : rest[..end]).Trim();
        if (!name.IsEmpty)
        {
            steps[count++] = (ushort)channels.NumberOf(name);
        }

        return end < 0 ? path.Length + 1 : at + end + 1;
    }

    private int NumberOf(ulong first, ulong second, int length, int at)
    {
        int mask = names.Length - 1;
        int slot = SlotOf(first, second, mask);
        for (; names[slot].Number != 0; slot = (slot + 1) & mask)
        {
            if (names[slot].First == first && names[slot].Second == second)
            {
                return names[slot].Number - 1;
            }
        }

        int number = channels.NumberOf(text.AsSpan(at, length));
        names[slot] = (first, second, number + 1);
        if (4 * ++nameCount > names.Length)
        {
            Grow();
        }

        return number;
    }

    private void Grow()
    {
        var grown = new (ulong First, ulong Second, int Number)[4 * names.Length];
        foreach ((ulong First, ulong Second, int Number) name in names)
        {
            if (name.Number == 0)
            {
                continue;
            }

            int slot = SlotOf(name.First, name.Second, grown.Length - 1);
            while (grown[slot].Number != 0)
            {
                slot = (slot + 1) & (grown.Length - 1);
            }

            grown[slot] = name;
        }

        names = grown;
    }
}
