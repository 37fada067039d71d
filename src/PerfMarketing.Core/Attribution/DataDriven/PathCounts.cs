using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Which ways journeys went, how often, and how they ended: what data-driven models are fitted to.</summary>
/// <remarks>
/// Immutable. Counts of days or shards are merged by adding; equal counts are equal, whatever the order in which their
/// journeys came, and have one digest. Counts are whole numbers and values exact decimals, so nothing depends on order.
/// </remarks>
public sealed class PathCounts : ITerms, IEquatable<PathCounts>
{
    /// <summary>The version of the written form.</summary>
    public const int FormatVersion = 1;

    private const int StepsPerText = 10_000;

    private readonly PathRows rows;
    private PathRows? canonical;

    internal PathCounts(PathRows rows)
    {
        this.rows = rows;
        Channels = [.. rows.Channels];
        Int128 units = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            Conversions += rows.Conversions[i];
            Nulls += rows.Nulls[i];
            units += rows.Values[i];
            ValueSize += UnitTally.SizeOf(rows.Values[i]);
        }

        Value = ExactValue.ToDecimal(units);
        _ = checked(Conversions + Nulls);
    }

    /// <summary>The channels that any path names, sorted; also those of paths without journeys.</summary>
    public ValueList<ChannelId> Channels { get; }

    /// <summary>How many journeys converted.</summary>
    public long Conversions { get; }

    /// <summary>How many journeys did not.</summary>
    public long Nulls { get; }

    /// <summary>How many journeys there are.</summary>
    public long Journeys => Conversions + Nulls;

    /// <summary>What all conversions are worth together, in units of one currency.</summary>
    public decimal Value { get; }

    /// <summary>The digest of the counts: what a fitted model cites.</summary>
    public Digest Digest => TermDigest.Of(this);

    /// <summary>The paths, each once, in the order of their channels.</summary>
    public IEnumerable<PathCount> Paths
    {
        get
        {
            PathRows all = Canonical;
            for (int i = 0; i < all.Count; i++)
            {
                yield return new(PathOf(all, i), all.Conversions[i], all.Nulls[i], ExactValue.ToDecimal(all.Values[i]));
            }
        }
    }

    /// <summary>The sizes of all values, added up: a part of the greatest value that is held.</summary>
    internal double ValueSize { get; }

    /// <summary>The rows as they came.</summary>
    internal PathRows Rows => rows;

    private PathRows Canonical => canonical ??= rows.ToCanonical();

    /// <summary>Whether two counts are the same.</summary>
    public static bool operator ==(PathCounts? left, PathCounts? right) => left?.Equals(right) ?? right is null;

    /// <summary>Whether two counts differ.</summary>
    public static bool operator !=(PathCounts? left, PathCounts? right) => !(left == right);

    /// <summary>The counts of paths.</summary>
    /// <param name="paths">The paths, in any order; a path may stand several times.</param>
    /// <exception cref="ArgumentException">A path is empty, or a count makes no sense.</exception>
    public static PathCounts Of(params IEnumerable<PathCount> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        PathCountsBuilder builder = new();
        foreach (PathCount path in paths)
        {
            builder.Add(path.Path.AsSpan(), path.Conversions, path.Nulls, path.Value);
        }

        return builder.Build();
    }

    /// <summary>Reads counts.</summary>
    /// <param name="terms">The terms.</param>
    public static PathCounts Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(FormatVersion);
        ValueList<ChannelId> channels = terms.Values<ChannelId>("channels");
        PathCountsBuilder builder = new();
        int[] numbers = new int[channels.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (channels[i].IsUnset || i >= PathCountsBuilder.ChannelCountMax)
            {
                terms.Fail("channels", TermCodes.Malformed, "These are no channels.");
                return builder.Build();
            }

            numbers[i] = builder.NumberOf(channels[i]);
        }

        terms.List("paths", path => ReadPath(path, builder, numbers));
        try
        {
            return builder.Build();
        }
        catch (OverflowException)
        {
            terms.Fail("paths", TermCodes.Malformed, "The counts add up to more than can be held.");
            return new PathCountsBuilder().Build();
        }
    }

    /// <summary>The counts of both together.</summary>
    /// <param name="other">Counts of other journeys.</param>
    /// <exception cref="OverflowException">A sum is more than can be held.</exception>
    public PathCounts Merge(PathCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        PathCountsBuilder builder = new();
        foreach (PathRows part in new[] { Canonical, other.Canonical })
        {
            int[] numbers = [.. part.Channels.Select(builder.NumberOf)];
            for (int i = 0; i < part.Count; i++)
            {
                int[] path = [.. part.Path(i).ToArray().Select(step => numbers[step])];
                builder.AddUnits(path, part.Conversions[i], part.Nulls[i], part.Values[i]);
            }
        }

        return new(builder.Build().Canonical);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        PathRows all = Canonical;
        terms.Integer("format", FormatVersion);
        terms.Values("channels", Channels);
        terms.List("paths", ValueList.Create<Row>([.. Enumerable.Range(0, all.Count).Select(i => new Row(
            StepsOf(all, i),
            all.Conversions[i],
            all.Nulls[i],
            ExactValue.ToDecimal(all.Values[i])))]));
    }

    /// <inheritdoc/>
    public bool Equals(PathCounts? other)
    {
        if (other is null || Channels != other.Channels)
        {
            return false;
        }

        (PathRows left, PathRows right) = (Canonical, other.Canonical);
        return left.Steps.AsSpan().SequenceEqual(right.Steps)
            && left.Ends.AsSpan().SequenceEqual(right.Ends)
            && left.Conversions.AsSpan().SequenceEqual(right.Conversions)
            && left.Nulls.AsSpan().SequenceEqual(right.Nulls)
            && left.Values.AsSpan().SequenceEqual(right.Values);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PathCounts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Channels, Conversions, Nulls, Value);

    private static ValueList<ChannelId> PathOf(PathRows rows, int row) =>
        [.. rows.Path(row).ToArray().Select(step => rows.Channels[step])];

    private static int ReadPath(TermReader terms, PathCountsBuilder builder, int[] numbers)
    {
        string[] steps =
            [.. terms.Values<string>("steps", 1).SelectMany(static part => part?.Split(' ') ?? [string.Empty])];
        long converted = terms.OptionalInteger("conversions") ?? 0;
        long lost = terms.OptionalInteger("nulls") ?? 0;
        decimal value = terms.Number("value", 0);
        var path = new int[steps.Length];
        for (int i = 0; i < path.Length; i++)
        {
            if (!int.TryParse(steps[i], NumberStyles.None, CultureInfo.InvariantCulture, out int place)
                || place >= numbers.Length)
            {
                terms.Fail("steps", TermCodes.Malformed, "A path is places in the list of channels, from 0.");
                return 0;
            }

            path[i] = numbers[place];
        }

        if (path.Length == 0)
        {
            terms.Fail("steps", TermCodes.Malformed, "A path has at least one step.");
            return 0;
        }

        if (converted < 0 || lost < 0 || (converted == 0 && value != 0))
        {
            terms.Fail("conversions", TermCodes.Malformed, "Counts are not negative, and only conversions have value.");
            return 0;
        }

        try
        {
            builder.Add(path, converted, lost, value);
            return 1;
        }
        catch (OverflowException)
        {
            terms.Fail("value", TermCodes.Malformed, "The value is more than can be held.");
            return 0;
        }
    }

    // A text is at most 65,536 characters long, and a step takes six: a longer path is several texts.
    private static ValueList<string> StepsOf(PathRows rows, int row) =>
    [
        .. rows.Path(row).ToArray().Chunk(StepsPerText).Select(static part =>
            string.Join(' ', part.Select(static s => s.ToString(CultureInfo.InvariantCulture)))),
    ];

    private sealed record Row(ValueList<string> Steps, long Conversions, long Nulls, decimal Value) : ITerms
    {
        public void Write(TermWriter terms)
        {
            terms.Values("steps", Steps);
            terms.Integer("conversions", Conversions == 0 ? null : Conversions);
            terms.Integer("nulls", Nulls == 0 ? null : Nulls);
            terms.Number("value", Value == 0 ? null : Value);
        }
    }
}
