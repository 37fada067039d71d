using NodaTime;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Attributes columns that come in chunks, a customer's touches being scattered over all of them.</summary>
/// <remarks>
/// Rows are parted by blocks of customers as they come, 12 bytes each; the rest is done in <see cref="Finish"/>, block
/// by block, in memory that fits in caches. The result is the same for any chunks and number of threads. Not
/// thread-safe, and used once.
/// </remarks>
public sealed class ColumnRun
{
    private const int PendingMax = 1 << 16;

    private readonly ColumnOptions options;
    private readonly List<ColumnSegment> segments = [];
    private readonly PendingRows pending = new(PendingMax);
    private readonly ColumnTally tally;
    private bool isFinished;

    /// <summary>An empty run.</summary>
    /// <param name="options">How to attribute.</param>
    /// <exception cref="ArgumentException">The channels are none, too many, or one stands twice.</exception>
    public ColumnRun(ColumnOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int count = options.Channels.Count;
        if (count is 0 or > ColumnOptions.ChannelCountMax || options.Channels.Distinct().Count() < count)
        {
            throw new ArgumentException(
                $"A run has 1 to {ColumnOptions.ChannelCountMax} channels, each once.", nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.HalfLife, Duration.Zero, nameof(options));
        this.options = options;
        tally = new(options);
    }

    /// <summary>Adds touches.</summary>
    /// <param name="columns">The touches; they may be changed afterwards.</param>
    /// <exception cref="ArgumentException">
    /// A number is out of range, or some chunks have ids and others have none.
    /// </exception>
    public void Add(in JourneyColumns columns)
    {
        ObjectDisposedException.ThrowIf(isFinished, this);
        Check(columns);
        if (pending.TryAdd(columns))
        {
            return;
        }

        Flush();
        if (columns.Count < PendingMax)
        {
            pending.TryAdd(columns);
        }
        else
        {
            AddSegments(columns);
        }
    }

    /// <summary>Ends the run.</summary>
    public ColumnCredits Finish()
    {
        ObjectDisposedException.ThrowIf(isFinished, this);
        Flush();
        isFinished = true;
        int blocks = segments.Count == 0 ? 0 : segments.Max(static segment => segment.Blocks);
        if (options.Threads == 1 || blocks < 2)
        {
            BlockWork work = new(segments, tally);
            for (int block = 0; block < blocks; block++)
            {
                work.Do(block);
            }
        }
        else
        {
            Parallel.For(
                0,
                blocks,
                new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
                () => new BlockWork(segments, new(options)),
                static (block, _, work) =>
                {
                    work.Do(block);
                    return work;
                },
                work =>
                {
                    lock (tally)
                    {
                        tally.Add(work.Tally);
                    }
                });
        }

        return tally.ToCredits();
    }

    /// <summary>Adds columns that are all there are.</summary>
    internal void AddWhole(in JourneyColumns columns)
    {
        if (!TryAddGrouped(columns) && columns.Count > 0)
        {
            AddSegments(columns);
        }
    }

    /// <summary>Adds columns that are grouped and in order, without a copy.</summary>
    /// <returns>Whether they are; otherwise nothing was added.</returns>
    private bool TryAddGrouped(in JourneyColumns columns)
    {
        Check(columns);
        if (!IsGrouped(columns))
        {
            return false;
        }

        int start = 0;
        ReadOnlySpan<int> customers = columns.Customers;
        for (int i = 1; i <= customers.Length; i++)
        {
            if (i == customers.Length || customers[i] != customers[start])
            {
                tally.AddCustomer(new(columns, start, i - start));
                start = i;
            }
        }

        return true;
    }

    private static bool IsGrouped(in JourneyColumns columns)
    {
        ReadOnlySpan<int> customers = columns.Customers;
        ReadOnlySpan<long> ticks = columns.Ticks;
        for (int i = 1; i < customers.Length; i++)
        {
            if (customers[i] < customers[i - 1] || (customers[i] == customers[i - 1]
                && (ticks[i] < ticks[i - 1] || (ticks[i] == ticks[i - 1] && !columns.Ids.IsEmpty
                    && columns.Ids[i] < columns.Ids[i - 1]))))
            {
                return false;
            }
        }

        return true;
    }

    private void Check(in JourneyColumns columns)
    {
        int all = 0;
        foreach (int customer in columns.Customers)
        {
            all |= customer;
        }

        if (all < 0)
        {
            throw new ArgumentException("A customer's number is below 0.", nameof(columns));
        }

        if (columns.Channels.ContainsAnyExceptInRange((ushort)0, (ushort)(options.Channels.Count - 1)))
        {
            throw new ArgumentException("A touch names a channel that is not listed.", nameof(columns));
        }
    }

    private void Flush()
    {
        if (pending.Count > 0)
        {
            AddSegments(pending.Columns);
            pending.Clear();
        }
    }

    private void AddSegments(in JourneyColumns columns)
    {
        bool hasIds = !columns.Ids.IsEmpty;
        if (segments.Count > 0 && segments[0].HasIds != hasIds)
        {
            throw new ArgumentException("Either all chunks have ids or none.", nameof(columns));
        }

        segments.Add(new(columns));
    }
}
