using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Attributes columns that come in chunks, a customer's touches being scattered over all of them.</summary>
/// <remarks>
/// Rows are parted by blocks of customers as they come, 8 bytes each; the rest is done in <see cref="Finish"/>, block
/// by block, in memory that fits in caches. The result is the same for any chunks and number of threads. Not
/// thread-safe, and used once.
/// </remarks>
public sealed class ColumnRun
{
    private readonly ColumnOptions options;
    private readonly SegmentWork segments;
    private ColumnTally tally;
    private bool? hasIds;
    private bool? hasLargeCustomers;
    private bool isFinished;

    /// <summary>An empty run.</summary>
    /// <param name="options">How to attribute.</param>
    /// <exception cref="InvalidColumnsException">
    /// The channels are none, too many, or one stands twice; the half-life or the number of threads is out of range.
    /// </exception>
    public ColumnRun(ColumnOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        this.options = options;
        tally = new(options);
        segments = new(options.Threads, new(options.Channels.Count));
    }

    /// <summary>Adds touches.</summary>
    /// <param name="columns">The touches; they may be changed afterwards.</param>
    /// <exception cref="InvalidColumnsException">
    /// A number is out of range, or some chunks have ids and others have none, of touches or of customers.
    /// </exception>
    public void Add(in JourneyColumns columns)
    {
        ObjectDisposedException.ThrowIf(isFinished, this);
        Check(columns);
        if (columns.Count == 0)
        {
            return;
        }

        if ((hasIds ??= !columns.Ids.IsEmpty) == columns.Ids.IsEmpty)
        {
            throw new InvalidColumnsException(ColumnCodes.IdsMixed, "Either all chunks have ids or none.");
        }

        if ((hasLargeCustomers ??= columns.HasLargeCustomers) != columns.HasLargeCustomers)
        {
            throw new InvalidColumnsException(
                ColumnCodes.CustomersMixed, "Either all chunks number their customers or none.");
        }

        segments.Add(columns);
    }

    /// <summary>Ends the run.</summary>
    /// <exception cref="InvalidOperationException">
    /// A few customers have more touches than can be held at once: about 2^31 of 8,192 customers next to each other.
    /// </exception>
    /// <exception cref="OverflowException">All outcomes are worth more than 10^23 minor units together.</exception>
    public ColumnCredits Finish()
    {
        ObjectDisposedException.ThrowIf(isFinished, this);
        isFinished = true;
        ColumnSegment[] parts = segments.Finish();
        int blocks = parts.Length == 0 ? 0 : parts.Max(static segment => segment.Blocks);
        if (options.Threads == 1 || blocks < 2)
        {
            BlockWork work = new(parts, tally);
            for (int block = 0; block < blocks; block++)
            {
                work.Do(block);
            }
        }
        else
        {
            InParallel(parts, blocks);
        }

        Array.ForEach(parts, static segment => segment.Return());
        return tally.ToCredits();
    }

    private void InParallel(ColumnSegment[] parts, int blocks)
    {
        try
        {
            Parallel.For(
                0,
                blocks,
                new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
                () => new BlockWork(parts, new(options)),
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
        catch (AggregateException several)
        {
            // What one thread says, several say alike.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    /// <summary>Adds columns that are all there are; grouped ones without a copy.</summary>
    internal void AddWhole(in JourneyColumns columns)
    {
        if (columns.HasLargeCustomers || !tally.TakesMixed || !TryAddGrouped(columns))
        {
            Add(columns);
        }
    }

    // Part by part, so that what is looked at is still in the caches when it is counted. What was counted of columns
    // that turn out not to be grouped is forgotten.
    private bool TryAddGrouped(in JourneyColumns columns)
    {
        const int Part = 4_096;
        if (!GroupedColumns.IsGrouped(columns.Slice(0, Math.Min(Part, columns.Count))))
        {
            return false;
        }

        ColumnTally grouped = new(options);
        for (int start = 0; start < columns.Count; start += Part)
        {
            int count = Math.Min(Part, columns.Count - start);
            int before = Math.Min(start, 1);
            if (!GroupedColumns.IsGrouped(columns.Slice(start - before, count + before)))
            {
                return false;
            }

            Check(columns.Slice(start, count));
            grouped.AddGrouped(columns, start, count);
        }

        tally = grouped;
        return true;
    }

    private void Check(in JourneyColumns columns)
    {
        ReadOnlySpan<int> customers = columns.Customers;
        ref int first = ref MemoryMarshal.GetReference(customers);
        Vector256<int> some = Vector256<int>.Zero;
        int i = 0;
        for (; i <= customers.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            some |= Vector256.LoadUnsafe(ref first, (nuint)i);
        }

        int all = 0;
        for (; i < customers.Length; i++)
        {
            all |= customers[i];
        }

        if (all < 0 || Vector256.LessThanAny(some, Vector256<int>.Zero))
        {
            throw new InvalidColumnsException(ColumnCodes.CustomerNegative, "A customer's number is below 0.");
        }

        if (columns.Channels.ContainsAnyExceptInRange((ushort)0, (ushort)(options.Channels.Count - 1)))
        {
            throw new InvalidColumnsException(
                ColumnCodes.ChannelUnknown, "A touch names a channel that is not listed.");
        }

        // Columns of other programs are bytes, and some write 255 for what is true.
        if (MemoryMarshal.Cast<bool, byte>(columns.Conversions).ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            throw new InvalidColumnsException(
                ColumnCodes.ConversionInvalid, "A conversion is a byte that is neither 0 nor 1.");
        }
    }
}
