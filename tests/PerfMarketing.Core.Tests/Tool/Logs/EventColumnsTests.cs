using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

public sealed class EventColumnsTests
{
    private const string Header = "customer,time,interaction,conversion,channel\n";

    private static readonly string[] Rows =
    [
        "c1,2018-07-03T10:00:00Z,impression,0,Facebook",
        "c1,2018-07-01T10:00:00Z,impression,0,Paid Search",
        "c1,2018-07-01T10:00:00Z,impression,0,Paid Search",
        "c1,2018-07-01T10:00:00Z,impression,0,Instagram",
        "c1,2018-07-05T10:00:00Z,conversion,1,Facebook",
        "c1,2018-07-05T10:00:00Z,conversion,1,Facebook",
        "c1,2018-07-05T10:00:00Z,impression,0,Facebook",
        "c2,2018-07-02T10:00:00Z,conversion,1,Instagram",
        "c3,2018-07-02T10:00:00Z,impression,0,Instagram",
    ];

    [Fact]
    public void Touchpoints_are_grouped_by_customer_and_stand_in_time()
    {
        EventColumns log = Read(Rows);

        (log.Touches.Count, log.Events.Count, log.Rejected.Count).Should().Be((9, 3, 0));
        log.Touches.Tables.CustomerCount.Should().Be(3);
        Instant[] times = [.. TouchesOf(log, "c1").Select(log.Touches.At)];
        times.Should().HaveCount(7).And.BeInAscendingOrder();
        TouchesOf(log, "nobody").Should().BeEmpty();
        TouchesOf(log, "c3").Select(row => log.Touches.TouchpointOf(row).Customer.Value)
            .Should().Equal("c3");
    }

    [Fact]
    public void A_shuffled_log_gives_the_same_events_with_the_same_ids()
    {
        string expected = LogText.Describe(Read(Rows));
#pragma warning disable CA5394 // The seed makes every run the same; nothing here is secret.
        System.Random random = new(15);
        for (int i = 0; i < 50; i++)
        {
            string[] shuffled = [.. Rows];
            random.Shuffle(shuffled);
            LogText.Describe(Read(shuffled)).Should().Be(expected);
        }
#pragma warning restore CA5394
    }

    [Fact]
    public void Rows_that_say_the_same_are_two_events()
    {
        EventColumns log = Read(Rows);
        TouchpointId[] ids = [.. Enumerable.Range(0, log.Touches.Count).Select(log.Touches.IdOf)];

        ids.Should().OnlyHaveUniqueItems();
        ids[2].Value.Should().Be(ids[1].Value + "-2");
        log.Events.Select(static e => e.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_conversion_row_is_a_touchpoint_that_its_outcome_names_and_that_stands_last()
    {
        EventColumns log = Read(Rows);
        Outcome outcome = log.Events.Select(static e => (Outcome)e.Value).Single(static o => o.Customer?.Value == "c2");
        JourneyTouch touch = log.Touches.JourneyTouchOf(TouchesOf(log, "c2").Single());

        outcome.Touch.Should().Be(touch.Id);
        (touch.At, touch.Sequence, touch.Partner.Value, touch.Kind).Should()
            .Be((outcome.At, 1, "Instagram", TouchpointKind.Visit));
    }

    [Fact]
    public void Other_events_stand_by_recording_then_kind_then_id()
    {
        EventColumns log = LogText.Read("log.jsonl", """
            {"type":"correction","correction":"retraction","id":"x1","outcome":"o2","at":"2026-03-01T10:00:00Z"}
            {"type":"evidence","id":"e1","outcome":"o2","kind":"order-paid","at":"2026-03-01T10:00:00Z"}
            {"type":"outcome","id":"o2","at":"2026-03-01T10:00:00Z","kind":"sale"}
            {"type":"outcome","id":"o1","at":"2026-03-01T10:00:00Z","kind":"sale"}
            {"type":"outcome","id":"o3","at":"2026-03-01T09:00:00Z","recordedAt":"2026-03-02T09:00:00Z","kind":"sale"}
            {"type":"outcome","id":"o0","at":"2026-03-01T09:59:59Z","kind":"sale"}
            """);

        log.Events.Select(static e => e.Id).Should().Equal("o0", "o1", "o2", "e1", "x1", "o3");
    }

    [Fact]
    public void Ids_of_the_log_are_found_and_the_first_recorded_stands()
    {
        EventColumns log = LogText.Read("log.csv", """
            type,id,at,recordedAt,customer,partner
            touch,t1,2026-03-01T10:00:00Z,2026-03-05T10:00:00Z,c2,late
            touch,t1,2026-03-01T10:00:00Z,,c1,first
            touch,,2026-03-01T10:00:00Z,,c1,unnamed
            touch,t2,2026-03-01T11:00:00Z,,c1,p
            """);

        log.Touches.Find(new("t3")).Should().Be(-1);
        log.Touches.TouchpointOf(log.Touches.Find(new("t1"))).Partner.Value.Should().Be("first");
        log.Touches.TouchpointOf(log.Touches.Find(new("t2"))).Partner.Value.Should().Be("p");
    }

    private static IEnumerable<int> TouchesOf(EventColumns log, string customer) =>
        log.Touches.TouchesOf(log.Touches.Tables.FindCustomer(new(customer)));

    private static EventColumns Read(string[] rows) =>
        LogText.Read("log.csv", Header + string.Join('\n', rows), LogText.Mapping);
}
