using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>
/// How often each window of touches was seen, what followed it and how journeys ended there: all a Markov model needs.
/// </summary>
/// <remarks>
/// A state is a window of as many touches as the order says; a shorter journey is one state of its own length. Counts
/// are whole numbers: those of days and shards are merged by adding, in any order, and are far smaller than the paths.
/// Immutable.
/// </remarks>
public sealed class ChainCounts : ITerms, IEquatable<ChainCounts>
{
    /// <summary>The version of the written form.</summary>
    public const int FormatVersion = 1;

    internal ChainCounts(ChannelId[] channels, ChainStates states)
    {
        Channels = [.. channels];
        States = states;
        Int128 units = 0;
        for (int i = 0; i < states.Count; i++)
        {
            Conversions += states.Conversions[i];
            Nulls += states.Nulls[i];
            units += states.Values[i];
        }

        Value = ExactValue.ToDecimal(units);
    }

    /// <summary>How many touches a window has; from 1 to <see cref="MarkovOptions.OrderMax"/>.</summary>
    public int Order => States.Order;

    /// <summary>Whether journeys that did not convert were left out.</summary>
    public bool IsConvertingOnly { get; internal init; }

    /// <summary>The channels, sorted; also those that no journey has.</summary>
    public ValueList<ChannelId> Channels { get; }

    /// <summary>How many journeys converted.</summary>
    public long Conversions { get; }

    /// <summary>How many journeys did not.</summary>
    public long Nulls { get; }

    /// <summary>How many journeys there are.</summary>
    public long Journeys => Conversions + Nulls;

    /// <summary>What all conversions are worth together.</summary>
    public decimal Value { get; }

    /// <summary>How many states there are, without start, conversion and end.</summary>
    public int StateCount => States.Count;

    /// <summary>How many different moves from state to state there are, without start, conversion and end.</summary>
    public int MoveCount => States.EdgeTargets.Length;

    /// <summary>The digest of the counts.</summary>
    public Digest Digest => TermDigest.Of(this);

    internal ChainStates States { get; }

    /// <summary>Whether two counts are the same.</summary>
    public static bool operator ==(ChainCounts? left, ChainCounts? right) => left?.Equals(right) ?? right is null;

    /// <summary>Whether two counts differ.</summary>
    public static bool operator !=(ChainCounts? left, ChainCounts? right) => !(left == right);

    /// <summary>Counts the windows of paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="order">How many touches a window has; from 1 to <see cref="MarkovOptions.OrderMax"/>.</param>
    /// <param name="convertingOnly">Whether journeys that did not convert are left out.</param>
    public static ChainCounts Of(PathCounts paths, int order, bool convertingOnly = false)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, MarkovOptions.OrderMax);
        PathRows rows = paths.Rows;
        if (order == 1 && rows.Channels.Length <= FirstOrderCounts.ChannelCountMax)
        {
            return FirstOrderCounts.Of(rows, convertingOnly);
        }

        if (WindowSort.Of(rows, order, convertingOnly) is { } sorted)
        {
            return sorted;
        }

        ChainCountsBuilder builder = new(order);
        int start = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            int end = rows.Ends[i];
            builder.Add(
                rows.Steps.AsSpan(start, end - start),
                rows.Conversions[i],
                convertingOnly ? 0 : rows.Nulls[i],
                rows.Values[i]);
            start = end;
        }

        return builder.Build(rows.Channels, convertingOnly);
    }

    /// <summary>Reads counts.</summary>
    /// <param name="terms">The terms.</param>
    public static ChainCounts Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return ChainTerms.Read(terms);
    }

    /// <summary>The counts of both together.</summary>
    /// <param name="other">Counts of other journeys, of the same order.</param>
    /// <exception cref="ArgumentException">
    /// The orders differ, or only one of them leaves journeys out that did not convert.
    /// </exception>
    /// <exception cref="OverflowException">A sum is more than can be held.</exception>
    public ChainCounts Merge(ChainCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Order != Order)
        {
            throw new ArgumentException("Only counts of one order can be merged.", nameof(other));
        }

        if (other.IsConvertingOnly != IsConvertingOnly)
        {
            throw new ArgumentException("Counts of converting journeys only merge with their like.", nameof(other));
        }

        ChannelId[] channels = [.. Channels.Union(other.Channels).Order()];
        ChainCountsBuilder builder = new(Order);
        foreach (ChainCounts part in new[] { this, other })
        {
            ushort[] numbers = [.. part.Channels.Select(channel => (ushort)Array.BinarySearch(channels, channel))];
            part.AddTo(builder, numbers);
        }

        return builder.Build(channels, IsConvertingOnly);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ChainTerms.Write(this, terms);
    }

    /// <inheritdoc/>
    public bool Equals(ChainCounts? other) => other is not null && Order == other.Order && Channels == other.Channels
        && IsConvertingOnly == other.IsConvertingOnly
        && States.Windows.AsSpan().SequenceEqual(other.States.Windows)
        && States.Lengths.AsSpan().SequenceEqual(other.States.Lengths)
        && States.Starts.AsSpan().SequenceEqual(other.States.Starts)
        && States.Conversions.AsSpan().SequenceEqual(other.States.Conversions)
        && States.Nulls.AsSpan().SequenceEqual(other.States.Nulls)
        && States.Values.AsSpan().SequenceEqual(other.States.Values)
        && States.EdgeStarts.AsSpan().SequenceEqual(other.States.EdgeStarts)
        && States.EdgeTargets.AsSpan().SequenceEqual(other.States.EdgeTargets)
        && States.EdgeCounts.AsSpan().SequenceEqual(other.States.EdgeCounts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChainCounts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Order, Channels, Conversions, Nulls, Value);

    private void AddTo(ChainCountsBuilder builder, ushort[] numbers)
    {
        var window = new ushort[Order];
        for (int state = 0; state < States.Count; state++)
        {
            ReadOnlySpan<ushort> own = States.Window(state);
            for (int i = 0; i < own.Length; i++)
            {
                window[i] = numbers[own[i]];
            }

            int added = builder.StateOf(window.AsSpan(0, own.Length));
            builder.AddEnd(
                added, States.Starts[state], States.Conversions[state], States.Nulls[state], States.Values[state]);
            for (int edge = States.EdgeStarts[state]; edge < States.EdgeStarts[state + 1]; edge++)
            {
                ushort step = numbers[States.Window(States.EdgeTargets[edge])[^1]];
                builder.Follow(added, step, States.EdgeCounts[edge]);
            }
        }
    }
}
