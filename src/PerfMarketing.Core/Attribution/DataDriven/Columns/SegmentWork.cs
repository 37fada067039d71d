namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>
/// Parts rows into segments, on several threads when there are; the order of segments is that of rows.
/// </summary>
internal sealed class SegmentWork(int threads, RowLayout layout)
{
    // Fewer rows are kept until there are more.
    private const int RowsMin = 1 << 16;

    private readonly List<Task<ColumnSegment>> segments = [];
    private readonly List<(Task Work, PendingRows Rows)> busy = [];
    private readonly Stack<PendingRows> spare = [];
    private PendingRows pending = new();

    // Of few rows all threads shall have some, and what is written to at random stays in the caches; of many, the rows
    // of a block shall not be scattered over too many segments.
    private int RowsMax => segments.Count < 40 ? ColumnSegment.RowsMax / 4 : ColumnSegment.RowsMax;

    /// <summary>Adds rows, whose columns may be changed afterwards.</summary>
    internal void Add(in JourneyColumns columns)
    {
        if (!pending.IsLike(columns))
        {
            Flush();
        }

        for (int start = 0; start < columns.Count;)
        {
            int left = columns.Count - start;
            if (pending.Count == 0 && left >= RowsMin && !HasIdleThread())
            {
                int count = Math.Min(left, RowsMax);
                segments.Add(Task.FromResult(new ColumnSegment(columns.Slice(start, count), layout)));
                start += count;
                continue;
            }

            int rowsMax = RowsMax;
            start += pending.Take(columns.Slice(start, left), rowsMax);
            if (pending.Count == rowsMax)
            {
                Flush();
            }
        }
    }

    /// <summary>All segments, in the order of rows.</summary>
    internal ColumnSegment[] Finish()
    {
        Flush();
        return [.. segments.Select(static work => work.GetAwaiter().GetResult())];
    }

    // Whoever adds rows is a thread too: what no other has time for is parted here.
    private void Flush()
    {
        if (pending.Count == 0)
        {
            return;
        }

        if (!HasIdleThread())
        {
            segments.Add(Task.FromResult(new ColumnSegment(pending.Columns, layout)));
            pending.Clear();
            return;
        }

        PendingRows rows = pending;
        Task<ColumnSegment> work = Task.Run(() => new ColumnSegment(rows.Columns, layout));
        segments.Add(work);
        busy.Add((work, rows));
        pending = spare.TryPop(out PendingRows? free) ? free : new();
    }

    private bool HasIdleThread()
    {
        for (int i = busy.Count - 1; i >= 0; i--)
        {
            if (busy[i].Work.IsCompleted)
            {
                busy[i].Rows.Clear();
                spare.Push(busy[i].Rows);
                busy.RemoveAt(i);
            }
        }

        return busy.Count < threads - 1;
    }
}
