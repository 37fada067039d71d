namespace PerfMarketing.Tool.Logs;

/// <summary>Gives every distinct text a small number, and finds it again without making a string of it.</summary>
/// <remarks>The bytes lie in one pool, each after its length; the numbers count up from 0. Not thread-safe.</remarks>
internal sealed class TextTable
{
    private readonly BytePool pool = new();
    private int[] slots = new int[1024];
    private int[] hashes = new int[512];
    private int[] offsets = new int[512];

    /// <summary>How many texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of a text.</summary>
    /// <param name="index">Its number.</param>
    public ReadOnlySpan<byte> this[int index] => pool[offsets[index]];

    /// <summary>The number of a text.</summary>
    /// <param name="text">Its bytes.</param>
    /// <returns>The number; −1 when the text is not there.</returns>
    public int Find(ReadOnlySpan<byte> text) => slots[SlotOf(text, HashOf(text))] - 1;

    /// <summary>The number of a text, which is added when it is new.</summary>
    /// <param name="text">Its bytes.</param>
    public int Add(ReadOnlySpan<byte> text)
    {
        int hash = HashOf(text);
        int slot = SlotOf(text, hash);
        if (slots[slot] > 0)
        {
            return slots[slot] - 1;
        }

        if (Count == offsets.Length)
        {
            Grow();
            slot = SlotOf(text, hash);
        }

        hashes[Count] = hash;
        offsets[Count] = pool.Add(text);
        slots[slot] = ++Count;
        return Count - 1;
    }

    private int SlotOf(ReadOnlySpan<byte> text, int hash)
    {
        int slot = hash & (slots.Length - 1);
        while (slots[slot] is > 0 and int taken && !IsAt(taken - 1, text, hash))
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }

    private bool IsAt(int index, ReadOnlySpan<byte> text, int hash) =>
        hashes[index] == hash && pool[offsets[index]].SequenceEqual(text);

    private void Grow()
    {
        Array.Resize(ref hashes, 2 * hashes.Length);
        Array.Resize(ref offsets, 2 * offsets.Length);
        slots = new int[2 * offsets.Length];
        for (int i = 0; i < Count; i++)
        {
            int slot = hashes[i] & (slots.Length - 1);
            while (slots[slot] > 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = i + 1;
        }
    }

    // HashCode is seeded anew in every process, so that nobody can write a log whose texts all collide.
    private static int HashOf(ReadOnlySpan<byte> text)
    {
        HashCode hash = default;
        hash.AddBytes(text);
        return hash.ToHashCode();
    }
}
