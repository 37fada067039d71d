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
    /// <exception cref="ArgumentException">The columns are not of one length.</exception>
    public JourneyColumns(
        ReadOnlySpan<int> customers,
        ReadOnlySpan<ushort> channels,
        ReadOnlySpan<long> ticks,
        ReadOnlySpan<bool> conversions)
    {
        if (channels.Length != customers.Length || ticks.Length != customers.Length
            || conversions.Length != customers.Length)
        {
            throw new ArgumentException("The columns have one length.", nameof(customers));
        }

        Customers = customers;
        Channels = channels;
        Ticks = ticks;
        Conversions = conversions;
    }

    /// <summary>The customers' numbers.</summary>
    public ReadOnlySpan<int> Customers { get; }

    /// <summary>The channels' places in the list of the run.</summary>
    public ReadOnlySpan<ushort> Channels { get; }

    /// <summary>When each happened, in ticks of 100 ns since the Unix epoch.</summary>
    public ReadOnlySpan<long> Ticks { get; }

    /// <summary>Whether each is an outcome too.</summary>
    public ReadOnlySpan<bool> Conversions { get; }

    /// <summary>
    /// What each outcome is worth, in minor units of one currency; empty when nothing is. Other rows do not count.
    /// </summary>
    /// <exception cref="ArgumentException">The column is not as long as the others.</exception>
    public ReadOnlySpan<long> Values
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>
    /// Ids by which touches of one customer and instant are ordered, so that the order of rows makes no difference;
    /// empty when there are none.
    /// </summary>
    /// <exception cref="ArgumentException">The column is not as long as the others.</exception>
    public ReadOnlySpan<long> Ids
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>How many touches there are.</summary>
    public int Count => Customers.Length;

    internal JourneyColumns Slice(int start, int count) => new(
        Customers.Slice(start, count),
        Channels.Slice(start, count),
        Ticks.Slice(start, count),
        Conversions.Slice(start, count))
    {
        Values = Values.IsEmpty ? default : Values.Slice(start, count),
        Ids = Ids.IsEmpty ? default : Ids.Slice(start, count),
    };

    private ReadOnlySpan<long> Checked(ReadOnlySpan<long> column) => column.IsEmpty || column.Length == Customers.Length
        ? column
        : throw new ArgumentException("The columns have one length.", nameof(column));
}
