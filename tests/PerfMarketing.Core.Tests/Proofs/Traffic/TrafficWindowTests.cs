using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Serialization;
using static PerfMarketing.Tests.Proofs.Traffic.Traffic;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Proofs.Traffic;

public sealed class TrafficWindowTests
{
    private static readonly TrafficRule Device = new(TrafficRuleKind.Repeated)
    {
        Of = "device-pseudonym", Within = Duration.FromSeconds(30), Max = 1, Score = 40,
    };

    private static readonly TrafficTerms Everything = Terms(
        Device,
        new TrafficRule(TrafficRuleKind.ExactIntervals) { Max = 3, Score = 10 },
        new TrafficRule(TrafficRuleKind.Velocity) { Within = Duration.FromSeconds(20), Max = 4, Score = 10 },
        new TrafficRule(TrafficRuleKind.LongTail)
        {
            Within = Duration.FromSeconds(40), After = Duration.FromSeconds(5), Max = 3, Share = 50.Percent,
        },
        new TrafficRule(TrafficRuleKind.ClickFlood) { Within = Duration.FromSeconds(60), Max = 3, Score = 10 });

    private static readonly Gen<TrafficSubject> Results =
        from number in Gen.Choose(0, 60)
        from second in Gen.Choose(0, 80)
        from partner in Gen.Elements("blog", "mail")
        from device in Gen.Elements("d1", "d2", "d3")
        from delay in Gen.Choose(0, 12)
        from isClick in Gen.Choose(0, 2)
        select Seen(
            Everything,
            Install($"i{number}-{second}-{partner}-{device}-{delay}-{isClick}", second) with
            {
                Kind = isClick == 0 ? OutcomeKind.Click : OutcomeKind.Install,
                Quantity = isClick == 0 ? 5 : 1,
                Facts = FactSet.Create(Facts.DevicePseudonym.Of(device)),
            },
            partner,
            delay);

    [Fact]
    public void Room_is_told_by_what_makes_it_and_not_by_all_the_rooms_before_it() =>
        new TrafficRoom(new("acme-2026"), "d1", 7).ToString().Should().Be("acme-2026 d1 7");

    [Fact]
    public void One_device_may_bring_so_many_results_in_a_time_and_stays_unnamed()
    {
        TrafficWindow window = new();
        TrafficTerms terms = Terms(Device);
        FactSet device = FactSet.Create(Facts.DevicePseudonym.Of("d1"));
        window.See(Seen(terms, Install("i1") with { Facts = device }));
        window.See(Seen(terms, Install("i2", 7) with { Facts = device }, "mail")).Should().BeEmpty("one is allowed");

        window.Judge(Seen(terms, Install("i3", 11) with { Facts = device }, "news")).Single().Reason.ToString()
            .Should().Be("traffic.repeated (of: device-pseudonym, count: 2, max: 1)");
        window.Judge(Seen(terms, Install("i3", 30) with { Facts = device }, "news")).Should()
            .BeEmpty("the first is 30 seconds back, and the window half-open");
        window.Judge(Seen(terms, Install("i3", 11), "news")).Should().BeEmpty("its device is not known");
        window.Rooms.Should().OnlyContain(static r => !r.Common.Contains("d1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("clockwork", 4, new long[] { 0, 60, 120 }, 180, true)]
    [InlineData("a second off is not exact", 4, new long[] { 0, 60, 121 }, 180, false)]
    [InlineData("too few", 4, new long[] { 60, 120 }, 180, false)]
    [InlineData("a batch of one instant", 4, new long[] { 60, 60, 60 }, 60, false)]
    [InlineData("thirty days back is out", 3, new long[] { 0, 1_296_000 }, 2_592_000, false)]
    public void Results_like_clockwork_are_found(
        string because, int max, long[] before, long at, bool isFound)
    {
        TrafficTerms terms = Terms(new TrafficRule(TrafficRuleKind.ExactIntervals) { Max = max });
        TrafficWindow window = new();
        foreach ((long second, int i) in before.Select(static (second, i) => (second, i)))
        {
            window.See(Seen(terms, Install($"i{i}", second)));
            window.See(Seen(terms, Install($"other{i}", second + 7), "mail"));
        }

        Codes(window.Judge(Seen(terms, Install("i9", at)))).Should()
            .Equal(isFound ? [TrafficReasons.ExactIntervals] : [], because);
    }

    [Fact]
    public void A_partner_brings_so_many_results_in_a_time_also_when_they_come_late()
    {
        TrafficTerms terms = Terms(
            new TrafficRule(TrafficRuleKind.Velocity) { Within = Duration.FromMinutes(1), Max = 3 });
        TrafficWindow window = new();
        foreach (long second in (long[])[40, 0, 20])
        {
            window.See(Seen(terms, Install($"i{second}", second))).Should().BeEmpty();
        }

        Codes(window.Judge(Seen(terms, Install("i59", 59)))).Should().Equal(TrafficReasons.Velocity);
        window.Judge(Seen(terms, Install("i60", 60))).Should().BeEmpty("the first is a minute back");
        window.Judge(Seen(terms, Install("i59", 59), "mail")).Should().BeEmpty();
        window.Judge(Seen(terms, Install("i1", 1))).Should().BeEmpty("only what occurred before counts");
    }

    [Fact]
    public void A_rule_counts_only_the_kinds_that_it_looks_at()
    {
        TrafficTerms terms = Terms(new TrafficRule(TrafficRuleKind.Velocity)
        {
            Within = Duration.FromMinutes(1), Max = 1, Outcomes = ["install"],
        });
        TrafficWindow window = new();
        window.See(Seen(terms, Install("v1") with { Kind = "visit" })).Should().BeEmpty();
        window.See(Seen(terms, Install("i1", 1))).Should().BeEmpty("visits are not counted");

        Codes(window.See(Seen(terms, Install("i2", 2)))).Should().Equal(TrafficReasons.Velocity);
    }

    [Fact]
    public void A_long_tail_and_a_flood_of_clicks_are_found()
    {
        TrafficTerms terms = Terms(
            new TrafficRule(TrafficRuleKind.LongTail)
            {
                Within = Duration.FromDays(7), After = Duration.FromHours(2), Max = 4, Share = 50.Percent,
            },
            new TrafficRule(TrafficRuleKind.ClickFlood) { Within = Duration.FromHours(24), Max = 10_000 });
        TrafficWindow window = new();
        foreach ((int number, long delay) in (IEnumerable<(int, long)>)[(1, 60), (2, 8_000), (3, 9_000)])
        {
            window.See(Seen(terms, Install($"i{number}", number), delay: delay)).Should().BeEmpty();
        }

        Outcome clicks = Install("k1") with { Kind = OutcomeKind.Click, Quantity = 40_000 };
        window.See(Seen(terms, clicks)).Should().BeEmpty("clicks are judged by results");
        window.Judge(Seen(terms, Install("i4", 60), delay: 60)).Should().BeEmpty("half of four is not more than half");
        window.See(Seen(terms, clicks with { Id = new("k2"), Quantity = 1 })).Should().BeEmpty();

        TrafficSignal[] found = window.Judge(Seen(terms, Install("i4", 60), delay: 7_201));
        Codes(found).Should().Equal(TrafficReasons.LongTail, TrafficReasons.ClickFlood);
        found[1].Reason.ToString().Should().Be("traffic.click-flood (clicks: 40001, outcomes: 4, max: 10000)");
        window.Judge(Seen(terms, Install("i5", 60), "mail", delay: 7_201)).Should().BeEmpty();
    }

    [Fact]
    public void What_was_found_stays_found_whatever_comes_later()
    {
        TrafficTerms terms = Terms(
            new TrafficRule(TrafficRuleKind.Velocity) { Within = Duration.FromMinutes(1), Max = 1 });
        TrafficWindow window = new();
        TrafficSubject late = Seen(terms, Install("i5", 5));
        window.See(late).Should().BeEmpty();
        window.See(Seen(terms, Install("i1", 1))).Should().BeEmpty();

        window.See(late).Should().BeEmpty("it was seen before the other came");
        window.FoundIn(late.Case.Outcome.Id, late.Rooms.Single())!.Should().BeEmpty();
        Codes(window.See(Seen(terms, Install("i6", 6)))).Should().Equal(TrafficReasons.Velocity);
    }

    [Fact]
    public void What_happened_is_remembered_alike_in_any_order_and_in_partitions() => Prop.ForAll(
        Results.ListOf(40).ToArbitrary(),
        static list =>
        {
            TrafficSubject[] results = [.. list.DistinctBy(static r => r.Case.Outcome.Id)];
            int cut = results.Length / 2;
            TrafficWindow whole = Window(results);
            TrafficWindow left = Window(results[..cut]);
            TrafficWindow right = Window(results[cut..]);
            TrafficWindow merged = new();
            merged.Merge(right);
            merged.Merge(left);
            left.Merge(right);
            TrafficWindow reversed = Window([.. results.Reverse()]);
            TrafficSubject[] asked = [.. results.Select(static r => r with
            {
                Case = r.Case with { Outcome = r.Case.Outcome with { Id = new($"x{r.Case.Outcome.Id}") } },
            })];
            return whole.Rooms.All(room => SameIn(room, whole, merged) && SameIn(room, whole, left)
                    && SameIn(room, whole, reversed))
                && asked.All(one => Texts(whole, one).SequenceEqual(Texts(merged, one))
                    && Texts(whole, one).SequenceEqual(Texts(reversed, one)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_260_301, 1));

    [Fact]
    public void A_window_survives_being_written_and_read() => Prop.ForAll(
        Results.ListOf(30).ToArbitrary(),
        static list =>
        {
            TrafficWindow window = Window([.. list]);
            TrafficWindow read = TermJson.Parse(TermJson.Write(window), TrafficWindow.Read);
            return TermJson.Write(read) == TermJson.Write(window)
                && list.All(one => Codes(read.Look(one).SelectMany(static f => f.Signals)).Length == 0
                    && one.Rooms.All(room => read.FoundIn(one.Case.Outcome.Id, room)
                        == window.FoundIn(one.Case.Outcome.Id, room)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50).WithReplay(20_260_301, 1));

    private static bool SameIn(TrafficRoom room, TrafficWindow one, TrafficWindow other) =>
        TermJson.Write(one.HistoryOf(room)!) == TermJson.Write(other.HistoryOf(room)!);

    private static string[] Texts(TrafficWindow window, TrafficSubject one) =>
        [.. window.Judge(one).Select(static s => s.ToString())];

    private static TrafficWindow Window(TrafficSubject[] results)
    {
        TrafficWindow window = new();
        foreach (TrafficSubject result in results)
        {
            window.See(result);
        }

        return window;
    }
}
