using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>What five rules give the channels of columns, and the counts to which a Markov model is fitted.</summary>
/// <remarks>
/// Values are in the minor units of the columns. Channels are sorted. Credits and values are, bit for bit, those that
/// <see cref="CreditTally"/> adds up of the same outcomes, attributed one at a time.
/// </remarks>
public sealed record ColumnCredits
{
    /// <summary>The most touches of a journey that is credited; a longer one gives nobody credit.</summary>
    public const int TouchCountMax = Attributor.TouchCountMax;

    /// <summary>How many conversions are credited.</summary>
    public required long Conversions { get; init; }

    /// <summary>
    /// How many conversions nobody is credited with, their journeys having more than the most touches.
    /// </summary>
    public required long TooLong { get; init; }

    /// <summary>How many touches there were.</summary>
    public required long Touches { get; init; }

    /// <summary>All to the first touch.</summary>
    public required ValueList<ChannelCredit> First { get; init; }

    /// <summary>All to the last touch.</summary>
    public required ValueList<ChannelCredit> Last { get; init; }

    /// <summary>Evenly.</summary>
    public required ValueList<ChannelCredit> Linear { get; init; }

    /// <summary>0.4 to the first, 0.4 to the last, 0.2 evenly to those between.</summary>
    public required ValueList<ChannelCredit> Position { get; init; }

    /// <summary>Half as much for each half-life before the newest touch.</summary>
    public required ValueList<ChannelCredit> TimeDecay { get; init; }

    /// <summary>
    /// The counts of order 1, which merge with those of other columns; values are in minor units. Journeys that are too
    /// long are in them too.
    /// </summary>
    public required ChainCounts Chain { get; init; }

    /// <summary>Attributes columns that are all there at once.</summary>
    /// <remarks>
    /// Columns whose customers never fall and whose ticks never fall within a customer are read where they are, without
    /// a copy, when there is no lookback.
    /// </remarks>
    /// <param name="columns">The touches.</param>
    /// <param name="options">How to attribute them.</param>
    /// <exception cref="InvalidColumnsException">A number or an option is out of range.</exception>
    /// <exception cref="InvalidOperationException">
    /// A few customers have more touches than can be held at once: about 2^31 of 8,192 customers next to each other.
    /// </exception>
    /// <exception cref="OverflowException">All outcomes are worth more than 10^23 minor units together.</exception>
    public static ColumnCredits Of(in JourneyColumns columns, ColumnOptions options)
    {
        ColumnRun run = new(options);
        run.AddWhole(columns);
        return run.Finish();
    }
}
