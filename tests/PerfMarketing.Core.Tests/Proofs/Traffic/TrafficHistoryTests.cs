using NodaTime;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Serialization;
using static PerfMarketing.Tests.Proofs.Traffic.Traffic;

namespace PerfMarketing.Tests.Proofs.Traffic;

public sealed class TrafficHistoryTests
{
    private const int Extra = 2_500;

    [Fact]
    public void Memory_is_bounded_and_the_newest_are_kept_whatever_the_order()
    {
        TrafficSighting[] all = [.. Enumerable.Range(0, TrafficHistory.CountMax + Extra).Select(At)];
        TrafficHistory forward = History(all);
        TrafficHistory backward = History(all.Reverse());
        TrafficHistory mixed = History(all.OrderBy(static s => s.At.ToUnixTimeSeconds() % 7));

        forward.Sightings.Should().Equal(all[Extra..]);
        foreach (TrafficHistory history in (TrafficHistory[])[forward, backward, mixed])
        {
            (history.Count, history.ForgottenCount, history.ForgottenQuantity)
                .Should().Be((TrafficHistory.CountMax, Extra, Extra * 2));
            history.ForgottenUntil.Should().Be(all[Extra - 1].At);
            history.Sightings.Should().Equal(all[Extra..]);
        }
    }

    [Fact]
    public void What_is_only_counted_counts_as_a_whole_for_whoever_looks_back_so_far()
    {
        TrafficHistory history = History(Enumerable.Range(0, TrafficHistory.CountMax + 3).Select(At));
        TrafficSighting now = At(TrafficHistory.CountMax + 3);

        history.CountBefore(now, Duration.FromDays(1)).Should().Be(TrafficHistory.CountMax + 3);
        history.CountBefore(now, Duration.FromSeconds(10)).Should().Be(9, "windows are half-open");
        history.QuantityUntil(now.At, Duration.FromDays(1)).Should().Be(2 * (TrafficHistory.CountMax + 3));
        history.CountBefore(At(1), Duration.FromDays(1)).Should().Be(0, "nothing that is kept lies before");
    }

    [Fact]
    public void Histories_of_partitions_are_merged_and_one_that_both_remember_counts_once()
    {
        TrafficSighting[] all = [.. Enumerable.Range(0, 12_000).Select(At)];
        TrafficHistory even = History(all.Where(static (_, i) => i % 2 == 0));
        TrafficHistory odd = History(all.Where(static (_, i) => i % 2 == 1).Append(all[^2]));

        even.Merge(odd);
        even.Add(all[^1] with { Quantity = 7 });

        TermJson.Write(even).Should().Be(TermJson.Write(History(all)));
    }

    [Fact]
    public void A_history_survives_being_written_and_read()
    {
        TrafficHistory history = History(Enumerable.Range(0, TrafficHistory.CountMax + 3).Select(At));

        string text = TermJson.Write(history);

        TermJson.Write(TermJson.Parse(text, TrafficHistory.Read)).Should().Be(text);
    }

    private static TrafficHistory History(IEnumerable<TrafficSighting> sightings)
    {
        TrafficHistory history = new();
        foreach (TrafficSighting sighting in sightings)
        {
            history.Add(sighting);
        }

        return history;
    }

    private static TrafficSighting At(int second) =>
        new(new($"o{second}"), Noon.Plus(Duration.FromSeconds(second))) { Quantity = 2 };
}
