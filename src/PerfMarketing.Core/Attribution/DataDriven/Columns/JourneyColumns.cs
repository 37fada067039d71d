using NodaTime;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Touches as columns of one length, in any order; a touch may be the outcome too.</summary>
/// <remarks>
/// A customer's touches stand in the order of their ticks, then of their ids, then of the rows. A converting touch ends
/// a journey and belongs to it; what comes after is the next journey.
/// </remarks>
public readonly ref struct JourneyColumns
{
    /// <summary>Touches.</summary>
    /// <param name="customers">The customers' numbers, from 0 and close together.</param>
    /// <param name="channels">The channels' places in the list of the run.</param>
    /// <param name="ticks">When: <see cref="Instant.ToUnixTimeTicks"/>, in units of 100 ns.</param>
    /// <param name="conversions">Whether the touch is an outcome too.</param>
    /// <exception cref="InvalidColumnsException">The columns are not of one length.</exception>
    public JourneyColumns(
        ReadOnlySpan<int> customers,
        ReadOnlySpan<ushort> channels,
        ReadOnlySpan<long> ticks,
        ReadOnlySpan<bool> conversions)
    {
        CheckLengths(customers.Length, channels.Length, ticks.Length, conversions.Length);
        Customers = customers;
        Channels = channels;
        Ticks = ticks;
        Conversions = conversions;
    }

    /// <summary>Touches of customers with ids of 64 bits.</summary>
    /// <param name="customers">The customers' ids, any numbers.</param>
    /// <param name="channels">The channels' places in the list of the run.</param>
    /// <param name="ticks">When: <see cref="Instant.ToUnixTimeTicks"/>, in units of 100 ns.</param>
    /// <param name="conversions">Whether the touch is an outcome too.</param>
    /// <exception cref="InvalidColumnsException">The columns are not of one length.</exception>
    public JourneyColumns(
        ReadOnlySpan<long> customers,
        ReadOnlySpan<ushort> channels,
        ReadOnlySpan<long> ticks,
        ReadOnlySpan<bool> conversions)
    {
        CheckLengths(customers.Length, channels.Length, ticks.Length, conversions.Length);
        LargeCustomers = customers;
        HasLargeCustomers = true;
        Channels = channels;
        Ticks = ticks;
        Conversions = conversions;
    }

    /// <summary>The customers' numbers; empty when they have ids of 64 bits.</summary>
    public ReadOnlySpan<int> Customers { get; }

    /// <summary>The customers' ids of 64 bits; empty when they have numbers.</summary>
    public ReadOnlySpan<long> LargeCustomers { get; }

    /// <summary>The channels' places in the list of the run.</summary>
    public ReadOnlySpan<ushort> Channels { get; }

    /// <summary>When each happened, in ticks of 100 ns since the Unix epoch.</summary>
    public ReadOnlySpan<long> Ticks { get; }

    /// <summary>Whether each is an outcome too.</summary>
    public ReadOnlySpan<bool> Conversions { get; }

    /// <summary>
    /// What each outcome is worth, in minor units of one currency; empty when nothing is. Other rows do not count.
    /// </summary>
    /// <exception cref="InvalidColumnsException">The column is not as long as the others.</exception>
    public ReadOnlySpan<long> Values
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>
    /// Ids by which touches of one customer and instant are ordered, so that the order of rows makes no difference;
    /// empty when there are none.
    /// </summary>
    /// <exception cref="InvalidColumnsException">The column is not as long as the others.</exception>
    public ReadOnlySpan<long> Ids
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>How many touches there are.</summary>
    public int Count => Channels.Length;

    /// <summary>Whether customers have ids of 64 bits.</summary>
    internal bool HasLargeCustomers { get; }

    internal JourneyColumns Slice(int start, int count)
    {
        ReadOnlySpan<ushort> channels = Channels.Slice(start, count);
        ReadOnlySpan<long> ticks = Ticks.Slice(start, count);
        ReadOnlySpan<bool> conversions = Conversions.Slice(start, count);
        ReadOnlySpan<long> values = Values.IsEmpty ? default : Values.Slice(start, count);
        ReadOnlySpan<long> ids = Ids.IsEmpty ? default : Ids.Slice(start, count);
        return HasLargeCustomers
            ? new(LargeCustomers.Slice(start, count), channels, ticks, conversions) { Values = values, Ids = ids }
            : new(Customers.Slice(start, count), channels, ticks, conversions) { Values = values, Ids = ids };
    }

    private static void CheckLengths(int customers, int channels, int ticks, int conversions)
    {
        if (channels != customers || ticks != customers || conversions != customers)
        {
            throw new InvalidColumnsException(ColumnCodes.LengthsDiffer, "The columns have one length.");
        }
    }

    private ReadOnlySpan<long> Checked(ReadOnlySpan<long> column) => column.IsEmpty || column.Length == Count
        ? column
        : throw new InvalidColumnsException(ColumnCodes.LengthsDiffer, "The columns have one length.");
}
