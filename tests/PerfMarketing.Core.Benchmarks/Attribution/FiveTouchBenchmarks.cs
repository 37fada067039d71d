using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Benchmarks.Attribution;

/// <summary>Five touches of three partners, as most journeys are, by rules of every sort.</summary>
[MemoryDiagnoser]
public class FiveTouchBenchmarks
{
    private const int Count = 5;

    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 0, 0);

    private static readonly LastTouch Last = new() { Lookback = Duration.FromDays(30) };
    private static readonly Linear Even = new() { Lookback = Duration.FromDays(30) };
    private static readonly PriorityGroups Groups =
        PriorityGroups.ClickBeforeView() with { Lookback = Duration.FromDays(30) };

    private static readonly PositionVector Shape = PositionVector.WShape(null);
    private static readonly Participation Roles = new(0.2m, 0.3m, 0.5m);
    private static readonly LastTouch Windows = new()
    {
        Lookback = Duration.FromDays(7),
        Windows =
        [
            new(new() { Kinds = [TouchpointKind.View] }, Duration.FromDays(1)) { AfterClick = Duration.FromHours(1) },
        ],
    };

    private readonly JourneyTouch[] touches = [.. Enumerable.Range(0, Count).Select(static i => new JourneyTouch
    {
        Id = new($"touch-{i:D4}"),
        At = Start + Duration.FromHours(i * 31),
        RecordedAt = Start,
        Partner = new($"partner-{i % 3}"),
        Kind = i % 2 == 0 ? TouchpointKind.Click : TouchpointKind.View,
    })];

    private readonly ConversionPoint conversion = new()
    {
        At = Start + Duration.FromDays(6),
        KnownAt = Start + Duration.FromDays(6),
    };

    [Benchmark]
    public AttributionDecision LastTouch() => Attributor.Assign(Last, touches, conversion);

    [Benchmark]
    public AttributionDecision LastTouchWithReasons() =>
        Attributor.Assign(Last, touches, conversion, explain: ExplainLevel.Full);

    [Benchmark]
    public AttributionDecision Linear() => Attributor.Assign(Even, touches, conversion);

    [Benchmark]
    public AttributionDecision ClickBeforeView() => Attributor.Assign(Groups, touches, conversion);

    [Benchmark]
    public AttributionDecision WShape() => Attributor.Assign(Shape, touches, conversion);

    [Benchmark]
    public AttributionDecision Participation() => Attributor.Assign(Roles, touches, conversion);

    [Benchmark]
    public AttributionDecision LastTouchWindows() => Attributor.Assign(Windows, touches, conversion);

    [Benchmark]
    public Dictionary<string, decimal> NaiveLinear()
    {
        List<JourneyTouch> eligible = [.. touches
            .Where(t => t.At <= conversion.At && t.RecordedAt <= conversion.KnownAt && !t.IsTest
                && conversion.At - t.At < Duration.FromDays(30))
            .DistinctBy(static t => t.Id)
            .OrderBy(static t => t.At).ThenBy(static t => t.Sequence).ThenBy(static t => t.Id)];
        return eligible.GroupBy(static t => t.Partner.Value)
            .ToDictionary(static g => g.Key, g => (decimal)g.Count() / eligible.Count);
    }
}
