using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Settlement;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

public sealed class LogJourneysTests
{
    private const string Lines = """
        {"type":"touch","id":"t1","at":"2026-03-01T10:00:00Z","customer":"c1","partner":"p1"}
        {"type":"touch","id":"t2","at":"2026-03-03T10:00:00Z","customer":"c1","partner":"p2"}
        {"type":"touch","id":"t3","at":"2026-03-01T10:00:00Z","customer":"c2","partner":"p3"}
        {"type":"outcome","id":"o1","at":"2026-03-02T10:00:00Z","customer":"c1","kind":"lead"}
        {"type":"outcome","id":"o2","at":"2026-03-04T10:00:00Z","customer":"c1","kind":"sale"}
        {"type":"outcome","id":"o3","at":"2026-03-04T10:00:00Z","kind":"sale","touch":"t3"}
        {"type":"outcome","id":"o4","at":"2026-03-05T10:00:00Z","customer":"c1","kind":"sale","touch":"t3"}
        {"type":"outcome","id":"o5","at":"2026-03-06T10:00:00Z","customer":"c9","kind":"sale","touch":"t9"}
        {"type":"outcome","id":"o7","at":"2026-03-01T13:00:00Z","customer":"c1","kind":"lead","isTest":true}

        """ + Late;

    private const string Late = "{\"type\":\"outcome\",\"id\":\"o6\",\"customer\":\"c1\",\"kind\":\"lead\","
        + "\"at\":\"2026-03-01T12:00:00Z\",\"recordedAt\":\"2026-03-09T00:00:00Z\"}";

    [Theory]
    [InlineData("up to the outcome", "o1", "t1", null)]
    [InlineData("after the outcome before", "o2", "t1 t2", "2026-03-02T10:00:00Z")]
    [InlineData("by reference alone", "o3", "t3", null)]
    [InlineData("by reference beside the customer's own", "o4", "t1 t2 t3", "2026-03-04T10:00:00Z")]
    [InlineData("nothing is known", "o5", "", null)]
    [InlineData("recorded late: those before it knew nothing of it", "o6", "t1", null)]
    public void Journeys_are_the_touchpoints_around_an_outcome(string reason, string id, string touches, string? cut)
    {
        (EventColumns log, LogJourneys journeys) = Read("log.jsonl", Lines);
        Journey journey = Find(log, journeys, id);

        string.Join(' ', journey.Touches.ToArray().Select(static t => t.Id.Value)).Should().Be(touches, reason);
        journey.Previous?.At.ToString().Should().Be(cut, reason);
        journey.Sequence.Should().BeNull();
    }

    [Fact]
    public void A_whole_journey_holds_what_came_later_too()
    {
        EventColumns log = LogText.Read("log.jsonl", Lines);
        new LogJourneys(log.Touches, isWhole: true).Find(Outcome(log, "o1")).Touches.Length.Should().Be(2);
    }

    [Fact]
    public void Two_conversions_of_one_instant_have_their_own_touchpoints()
    {
        (EventColumns log, LogJourneys journeys) = Read(
            "log.csv",
            """
            customer,time,interaction,conversion,channel
            c1,2018-07-01T10:00:00Z,impression,0,A
            c1,2018-07-05T10:00:00Z,conversion,1,B
            c1,2018-07-05T10:00:00Z,conversion,1,C
            """,
            LogText.Mapping);
        Outcome[] outcomes = [.. log.Events.Select(static e => (Outcome)e.Value)];
        Journey first = journeys.Find(outcomes[0]);
        first.Touches.Length.Should().Be(3);
        (first.Sequence, first.Previous).Should().Be((1, null));
        Journey second = journeys.Find(outcomes[1]);
        (second.Sequence, second.Previous?.At, second.Previous?.Sequence).Should()
            .Be((2, Instant.FromUtc(2018, 7, 5, 10, 0), 1));
    }

    // As a run does: every outcome is asked for in the order of recording.
    private static Journey Find(EventColumns log, LogJourneys journeys, string id)
    {
        foreach (Outcome outcome in log.Events.Select(static e => (Outcome)e.Value))
        {
            Journey found = journeys.Find(outcome);
            if (outcome.Id.Value == id)
            {
                return found;
            }
        }

        throw new ArgumentException("There is no such outcome.", nameof(id));
    }

    private static Outcome Outcome(EventColumns log, string id) =>
        log.Events.Select(static e => e.Value).OfType<Outcome>().Single(o => o.Id.Value == id);

    [Fact]
    public void Touches_keep_their_channel_and_facts()
    {
        (EventColumns log, LogJourneys journeys) = Read("log.csv", """
            type,id,at,customer,partner,channel,kind,facts.country
            touch,t1,2026-03-01T09:00:00Z,c1,p1,content,,DE
            touch,t2,2026-03-02T09:00:00Z,c1,p1,,,
            outcome,o1,2026-03-03T09:00:00Z,c1,,,sale,
            """);

        JourneyTouch[] touches = journeys.Find(Outcome(log, "o1")).Touches.ToArray();

        touches.Select(t => $"{t.Id} '{t.Channel}' {t.Facts}").Should().Equal("t1 'content' country: DE", "t2 '' ");
    }

    private static (EventColumns Log, LogJourneys Journeys) Read(string name, string text, string? mapping = null)
    {
        EventColumns log = LogText.Read(name, text, mapping);
        return (log, new(log.Touches));
    }
}
