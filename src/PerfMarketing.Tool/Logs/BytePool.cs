namespace PerfMarketing.Tool.Logs;

/// <summary>Many short texts in few large arrays: a text costs its bytes and two for its length.</summary>
/// <remarks>A text is known by the number that adding it gave, never 0. Not thread-safe.</remarks>
internal sealed class BytePool
{
    /// <summary>The longest text, in bytes.</summary>
    public const int LengthMax = ushort.MaxValue;

    private const int ChunkBits = 20;
    private const int ChunkSize = 1 << ChunkBits;
    private const int HeaderSize = 2;

    // Places are counted in steps of two bytes, so that an int reaches 4 GiB.
    private const int StepBits = 1;

    private readonly List<byte[]> chunks = [];
    private int used = ChunkSize;

    /// <summary>The bytes of a text.</summary>
    /// <param name="place">What adding it gave.</param>
    public ReadOnlySpan<byte> this[int place]
    {
        get
        {
            long offset = (long)(place - 1) << StepBits;
            byte[] chunk = chunks[(int)(offset >> ChunkBits)];
            int start = (int)(offset & (ChunkSize - 1));
            return chunk.AsSpan(start + HeaderSize, chunk[start] | (chunk[start + 1] << 8));
        }
    }

    /// <summary>Adds a text.</summary>
    /// <param name="text">Its bytes.</param>
    /// <returns>Where it is, above 0.</returns>
    /// <exception cref="ArgumentException">The text is too long.</exception>
    public int Add(ReadOnlySpan<byte> text)
    {
        if (text.Length > LengthMax)
        {
            throw new ArgumentException($"A text has at most {LengthMax} bytes.", nameof(text));
        }

        if (used + HeaderSize + text.Length > ChunkSize)
        {
            chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkSize));
            used = 0;
        }

        byte[] chunk = chunks[^1];
        long offset = ((long)(chunks.Count - 1) << ChunkBits) + used;
        chunk[used] = unchecked((byte)text.Length);
        chunk[used + 1] = (byte)(text.Length >> 8);
        text.CopyTo(chunk.AsSpan(used + HeaderSize));
        used += HeaderSize + text.Length + (text.Length & 1);
        return checked((int)(offset >> StepBits) + 1);
    }
}
