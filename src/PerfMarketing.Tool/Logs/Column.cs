namespace PerfMarketing.Tool.Logs;

/// <summary>One value a row, in arrays of 65,536 so that growing never copies.</summary>
internal sealed class Column<T>
    where T : unmanaged
{
    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly List<T[]> chunks = [];

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a row.</summary>
    /// <param name="row">From 0 to <see cref="Count"/> − 1.</param>
    public T this[int row] => chunks[row >> ChunkBits][row & (ChunkSize - 1)];

    /// <summary>Adds a row.</summary>
    /// <param name="value">Its value.</param>
    public void Add(T value)
    {
        int within = Count & (ChunkSize - 1);
        if (within == 0)
        {
            chunks.Add(GC.AllocateUninitializedArray<T>(ChunkSize));
        }

        chunks[^1][within] = value;
        Count++;
    }

    /// <summary>Adds a value until there are so many rows.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">How many rows there shall be.</param>
    public void FillTo(T value, int count)
    {
        while (Count < count)
        {
            Add(value);
        }
    }
}
