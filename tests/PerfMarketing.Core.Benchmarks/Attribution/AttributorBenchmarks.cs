using System.Numerics;
using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Benchmarks.Attribution;

/// <summary>Fifty touches of five partners, each rule beside the obvious way to write it.</summary>
[MemoryDiagnoser]
public class AttributorBenchmarks
{
    private const int Count = 50;

    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 0, 0);

    private static readonly TimeDecay Decay = new();
    private static readonly Linear Even = new();
    private static readonly PositionBased Ends = new();
    private static readonly LastTouch Last = new();

    private readonly JourneyTouch[] touches = [.. Enumerable.Range(0, Count).Select(static i => new JourneyTouch
    {
        Id = new($"touch-{i:D4}"),
        At = Start + Duration.FromMinutes(i * 611),
        RecordedAt = Start,
        Partner = new($"partner-{i % 5}"),
    })];

    private readonly ConversionPoint conversion = new()
    {
        At = Start + Duration.FromDays(30),
        KnownAt = Start + Duration.FromDays(30),
    };

    private readonly JourneyTouch[] shuffled;

    public AttributorBenchmarks() => shuffled = [.. Enumerable.Range(0, Count).Select(i => touches[i * 37 % Count])];

    [Benchmark]
    public AttributionDecision LastTouch() => Attributor.Assign(Last, touches, conversion);

    [Benchmark]
    public AttributionDecision Linear() => Attributor.Assign(Even, touches, conversion);

    [Benchmark]
    public AttributionDecision LinearShuffled() => Attributor.Assign(Even, shuffled, conversion);

    [Benchmark]
    public AttributionDecision PositionBased() => Attributor.Assign(Ends, touches, conversion);

    [Benchmark]
    public AttributionDecision TimeDecay() => Attributor.Assign(Decay, touches, conversion);

    [Benchmark]
    public Dictionary<string, decimal> NaiveLinear()
    {
        List<JourneyTouch> eligible = NaiveEligible();
        return NaiveShares(eligible, [.. eligible.Select(static _ => BigInteger.One)]);
    }

    [Benchmark]
    public Dictionary<string, decimal> NaivePositionBased()
    {
        List<JourneyTouch> eligible = NaiveEligible();
        return NaiveShares(eligible, [.. eligible.Select((_, i) =>
            i == 0 || i == eligible.Count - 1 ? new BigInteger(4 * (eligible.Count - 2)) : new BigInteger(2))]);
    }

    [Benchmark]
    public Dictionary<string, decimal> NaiveTimeDecay()
    {
        // 2^−x to 46 bits, a bit of x at a time.
        List<JourneyTouch> eligible = NaiveEligible();
        BigInteger halfLife = Duration.FromDays(7).ToBigIntegerNanoseconds();
        return NaiveShares(eligible, [.. eligible.Select(t =>
        {
            BigInteger age = (eligible[^1].At - t.At).ToBigIntegerNanoseconds();
            BigInteger power = (BigInteger.One << 64) >> (int)(age / halfLife);
            BigInteger rest = age % halfLife;
            foreach (BigInteger root in NaiveRoots)
            {
                rest *= 2;
                if (rest >= halfLife)
                {
                    rest -= halfLife;
                    power = (power * root) >> 64;
                }
            }

            return power >> 18;
        })]);
    }

    private static readonly BigInteger[] NaiveRoots = [.. Enumerable.Range(1, 46).Select(static i =>
    {
        BigInteger root = BigInteger.One << 1023;
        for (int n = 0; n < i; n++)
        {
            root = SquareRoot(root << 1024);
        }

        return root >> 960;
    })];

    private List<JourneyTouch> NaiveEligible() => [.. touches
        .Where(t => t.At <= conversion.At && t.RecordedAt <= conversion.KnownAt && !t.IsTest)
        .DistinctBy(static t => t.Id)
        .OrderBy(static t => t.At).ThenBy(static t => t.Sequence).ThenBy(static t => t.Id)];

    private static Dictionary<string, decimal> NaiveShares(List<JourneyTouch> eligible, List<BigInteger> weights)
    {
        BigInteger total = weights.Aggregate(BigInteger.Add);
        return eligible.Zip(weights).GroupBy(static p => p.First.Partner.Value).ToDictionary(
            static g => g.Key,
            g => (decimal)g.Select(static p => p.Second).Aggregate(BigInteger.Add) / (decimal)total);
    }

    private static BigInteger SquareRoot(BigInteger value)
    {
        BigInteger root = BigInteger.One << (int)((value.GetBitLength() / 2) + 1);
        while ((root + (value / root)) >> 1 is var next && next < root)
        {
            root = next;
        }

        return root;
    }
}
