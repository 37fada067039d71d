using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Paths;

/// <summary>What was counted of one segment's journeys. Not thread-safe.</summary>
public sealed class SegmentTally
{
    internal SegmentTally(string name) => Name = name;

    /// <summary>The segment's name.</summary>
    public string Name { get; }

    /// <summary>Takes the paths of its journeys.</summary>
    public PathCountsBuilder Paths { get; } = new();

    /// <summary>Takes how long they took.</summary>
    public TimeLagTally Lags { get; } = new();

    internal SegmentReport ToReport(int topCount)
    {
        PathCounts counts = Paths.Build();
        return new(Name, counts, PathReport.Of(counts, topCount), Lags.ToLags());
    }
}

/// <summary>What the paths of one segment tell.</summary>
/// <param name="Segment">The segment's name.</param>
/// <param name="Counts">Its journeys, for models of its own.</param>
/// <param name="Paths">The report on its paths.</param>
/// <param name="Lags">How long its journeys took.</param>
public sealed record SegmentReport(
    string Segment, PathCounts Counts, PathReport Paths, ValueList<TimeLag> Lags);
