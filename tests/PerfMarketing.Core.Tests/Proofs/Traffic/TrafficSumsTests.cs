using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Proofs.Traffic;
using static PerfMarketing.Tests.Proofs.Traffic.Traffic;

namespace PerfMarketing.Tests.Proofs.Traffic;

/// <summary>Sums that are looked up are those that walking through everything gives.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The results must come in the same order each time.")]
public sealed class TrafficSumsTests
{
    private static readonly Duration Day = Duration.FromDays(1);
    private static readonly Duration Hour = Duration.FromHours(1);

    [Theory]
    [InlineData(1, 300)]
    [InlineData(2, 3_000)]
    [InlineData(3, TrafficHistory.CountMax + 700)]
    public void Sums_are_those_of_a_walk_in_any_order(int seed, int count)
    {
        Random random = new(seed);
        TrafficHistory history = new();
        for (int i = 0; i < count; i++)
        {
            // Mostly in order, sometimes late, sometimes at one instant, sometimes without a touch.
            Instant at = Noon + Duration.FromSeconds((i * 20) - (random.Next(10) == 0 ? random.Next(100_000) : 0));
            history.Add(new(new($"o{i}"), at)
            {
                TouchAt = random.Next(4) == 0 ? null : at - Duration.FromMinutes(random.Next(200)),
                Quantity = random.Next(1, 9) / 4m,
            });
            if (i % 97 == 0)
            {
                Compare(history, new(new("now"), at + Duration.FromSeconds(random.Next(-5_000, 5_000))));
            }
        }
    }

    private static void Compare(TrafficHistory history, TrafficSighting now)
    {
        TrafficSighting[] before = [.. history.Before(now, Day)];
        history.DelaysBefore(now, Day, Hour).Should().Be(
            (before.LongCount(static s => s.Delay > Hour), before.LongCount(static s => s.Delay is not null)));
        (history.OldestBefore(now, Day)?.Outcome.Value).Should()
            .Be(before.Length == 0 ? null : before[^1].Outcome.Value);
        bool isWhole = history.ForgottenUntil is { } until && until <= now.At && now.At - until < Day;
        history.QuantityUntil(now.At, Day).Should().Be(
            history.Sightings.Where(s => s.At <= now.At && now.At - s.At < Day).Sum(static s => s.Quantity)
            + (isWhole ? history.ForgottenQuantity : 0));
    }
}
