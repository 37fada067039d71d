using PerfMarketing.Events;

namespace PerfMarketing.Tests.Events;

public sealed class EventOrderTests
{
    [Fact]
    public void Instant_then_kind_then_sequence_then_id()
    {
        EventOrder[] sorted =
        [
            new(Samples.Noon, EventRank.Touchpoint, null, "b"),
            new(Samples.Noon, EventRank.Touchpoint, 1, "z"),
            new(Samples.Noon, EventRank.Touchpoint, 2, "Z"),
            new(Samples.Noon, EventRank.Touchpoint, 2, "a"),
            new(Samples.Noon, EventRank.Outcome, null, "a"),
            new(Samples.Noon, EventRank.Evidence, null, "a"),
            new(Samples.Noon, EventRank.Correction, null, "a"),
            new(Samples.Hour(1), EventRank.Touchpoint, null, "a"),
        ];

        sorted.Reverse().Order().Should().Equal(sorted);
        (sorted[0] < sorted[1] && sorted[0] <= sorted[0] && sorted[7] > sorted[6] && sorted[7] >= sorted[7])
            .Should().BeTrue();
    }

    [Fact]
    public void A_batch_chooses_its_clock()
    {
        Touchpoint late = Samples.Click("a") with { RecordedAt = Samples.Hour(3) };
        Outcome sale = Samples.Sale() with { RecordedAt = Samples.Hour(1) };
        Correction correction = Samples.Retraction(hour: 2);

        Sorted(EventClock.RecordedAt).Should().Equal(EventRank.Outcome, EventRank.Correction, EventRank.Touchpoint);
        Sorted(EventClock.OccurredAt).Should().Equal(EventRank.Touchpoint, EventRank.Outcome, EventRank.Correction);

        IEnumerable<EventRank> Sorted(EventClock clock)
        {
            EventOrder[] all =
                [EventOrder.Of(late, clock), EventOrder.Of(sale, clock), EventOrder.Of(correction, clock)];
            return all.Order().Select(static e => e.Rank);
        }
    }

    [Fact]
    public void Touchpoints_of_one_instant_go_by_sequence_then_id()
    {
        Touchpoint[] sorted =
        [
            Samples.Click("b"), Samples.Click("c"), Samples.Click("z") with { Sequence = 1 },
            Samples.Click("a") with { Sequence = 2 }, Samples.Click("0") with { At = Samples.Hour(1) },
        ];

        sorted.Reverse().Order(EventOrder.Touchpoints).Should().Equal(sorted);
    }
}
