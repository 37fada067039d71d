using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Traffic;
using static PerfMarketing.Tests.Proofs.Traffic.Traffic;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Proofs.Traffic;

public sealed class TrafficWindowTests
{
    private static readonly TrafficTerms Everything = Terms(
        new TrafficRule(TrafficRuleKind.DuplicateOrder) { Then = TrafficAction.Reject },
        new TrafficRule(TrafficRuleKind.Repeated)
        {
            Of = "device-pseudonym", Within = Duration.FromSeconds(30), Max = 1, Score = 40,
        },
        new TrafficRule(TrafficRuleKind.ExactIntervals) { Max = 3, Score = 10 },
        new TrafficRule(TrafficRuleKind.Velocity) { Within = Duration.FromSeconds(20), Max = 4, Score = 10 },
        new TrafficRule(TrafficRuleKind.LongTail)
        {
            Within = Duration.FromSeconds(40), After = Duration.FromSeconds(5), Max = 3, Share = 50.Percent,
        },
        new TrafficRule(TrafficRuleKind.ClickFlood) { Within = Duration.FromHours(2), Max = 3, Score = 10 });

    private static readonly Gen<TrafficObservation> Results =
        from number in Gen.Choose(0, 60)
        from second in Gen.Choose(0, 80)
        from partner in Gen.Elements("blog", "mail")
        from device in Gen.Elements("d1", "d2", "d3")
        from delay in Gen.Choose(0, 12)
        select Seen(
            Install($"i{number}-{second}-{partner}-{device}-{delay}", second) with
            {
                OrderId = new OrderId($"order-{number}"),
                Facts = FactSet.Create(Facts.DevicePseudonym.Of(device)),
            },
            partner,
            delay);

    [Fact]
    public void The_same_order_under_another_id_is_found_for_good()
    {
        TrafficWindow window = new(Terms(new TrafficRule(TrafficRuleKind.DuplicateOrder)));
        Outcome first = Install("i1") with { OrderId = new("order-1") };
        window.Add(Seen(first));

        window.Judge(Seen(first)).Should().BeEmpty("it is the same result");
        window.Judge(Seen(Install("i2", 86_400 * 400) with { OrderId = new("order-1") }, "mail")).Single().Reason
            .ToString().Should().Be("traffic.duplicate-order (order: order-1, first: i1)");
        window.Judge(Seen(Install("i2", 5) with { OrderId = new("order-2") })).Should().BeEmpty();
        window.Judge(Seen(Install("i0", -5) with { OrderId = new("order-1") })).Should()
            .BeEmpty("the one that came first is no duplicate");
    }

    [Fact]
    public void One_device_may_bring_so_many_results_in_a_time_and_stays_unnamed()
    {
        TrafficWindow window = new(Everything);
        FactSet device = FactSet.Create(Facts.DevicePseudonym.Of("d1"));
        window.Add(Seen(Install("i1") with { Facts = device }));
        window.Judge(Seen(Install("i2", 7) with { Facts = device }, "mail")).Should().BeEmpty("one is allowed");
        window.Add(Seen(Install("i2", 7) with { Facts = device }, "mail"));

        window.Judge(Seen(Install("i3", 11) with { Facts = device }, "news")).Single().Reason.ToString()
            .Should().Be("traffic.repeated (of: device-pseudonym, count: 2, max: 1)");
        window.Judge(Seen(Install("i3", 30) with { Facts = device }, "news")).Should()
            .BeEmpty("the first is 30 seconds back, and the window half-open");
        window.Judge(Seen(Install("i3", 11), "news")).Should().BeEmpty("its device is not known");
    }

    [Theory]
    [InlineData("clockwork", new long[] { 0, 60, 120 }, 180, true)]
    [InlineData("a second off is not exact", new long[] { 0, 60, 121 }, 180, false)]
    [InlineData("too few", new long[] { 60, 120 }, 180, false)]
    [InlineData("a batch of one instant", new long[] { 60, 60, 60 }, 60, false)]
    public void Results_like_clockwork_are_found(string because, long[] before, long at, bool isFound)
    {
        TrafficWindow window = new(Terms(new TrafficRule(TrafficRuleKind.ExactIntervals) { Max = 4 }));
        foreach ((long second, int i) in before.Select(static (second, i) => (second, i)))
        {
            window.Add(Seen(Install($"i{i}", second)));
            window.Add(Seen(Install($"other{i}", second + 7), "mail"));
        }

        Codes(window.Judge(Seen(Install("i9", at)))).Should()
            .Equal(isFound ? [TrafficReasons.ExactIntervals] : [], because);
    }

    [Fact]
    public void A_partner_brings_so_many_results_in_a_time()
    {
        TrafficWindow window = new(Terms(
            new TrafficRule(TrafficRuleKind.Velocity) { Within = Duration.FromMinutes(1), Max = 3 }));
        foreach (long second in (long[])[0, 20, 40])
        {
            window.Judge(Seen(Install($"i{second}", second))).Should().BeEmpty();
            window.Add(Seen(Install($"i{second}", second)));
        }

        Codes(window.Judge(Seen(Install("i59", 59)))).Should().Equal(TrafficReasons.Velocity);
        window.Judge(Seen(Install("i60", 60))).Should().BeEmpty("the first is a minute back");
        window.Judge(Seen(Install("i59", 59), "mail")).Should().BeEmpty();
    }

    [Fact]
    public void A_long_tail_and_a_flood_of_clicks_are_found()
    {
        TrafficWindow window = new(Terms(
            new TrafficRule(TrafficRuleKind.LongTail)
            {
                Within = Duration.FromDays(7), After = Duration.FromHours(2), Max = 4, Share = 50.Percent,
            },
            new TrafficRule(TrafficRuleKind.ClickFlood) { Within = Duration.FromHours(24), Max = 10_000 }));
        foreach ((int number, long delay) in (IEnumerable<(int, long)>)[(1, 60), (2, 8_000), (3, 9_000)])
        {
            window.Add(Seen(Install($"i{number}", number), delay: delay));
        }

        window.AddClicks(new("blog"), Noon, 40_000);
        window.Judge(Seen(Install("i4", 60), delay: 60)).Should().BeEmpty("half of four is not more than half");
        window.AddClicks(new("blog"), Noon, 1);

        Codes(window.Judge(Seen(Install("i4", 60), delay: 7_201))).Should()
            .Equal(TrafficReasons.LongTail, TrafficReasons.ClickFlood);
        window.Judge(Seen(Install("i5", 60), "mail", delay: 7_201)).Should().BeEmpty();
    }

    [Fact]
    public void Partitions_that_are_merged_find_what_one_window_finds() => Prop.ForAll(
        Results.ListOf(40).ToArbitrary(),
        static list =>
        {
            TrafficObservation[] results = [.. list];
            TrafficWindow whole = Windowed(results);
            TrafficWindow left = Windowed(results[..17]);
            TrafficWindow right = Windowed(results[17..]);
            TrafficWindow merged = Windowed([]);
            merged.Merge(right);
            merged.Merge(left);
            left.Merge(right);
            return results.All(result =>
            {
                ValueList<TrafficSignal> found = whole.Judge(result);
                return found == merged.Judge(result) && found == Windowed([.. results.Reverse()]).Judge(result);
            }) && merged.Observations.SequenceEqual(left.Observations);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_260_301, 1));

    [Fact]
    public void Memory_is_bounded_and_the_newest_are_kept_whatever_the_order() => Prop.ForAll(
        Results.ListOf(60).ToArbitrary(),
        static list =>
        {
            TrafficObservation[] results = [.. list];
            TrafficWindow window = Windowed(results, 10);
            TrafficObservation[] kept =
                [.. results.Distinct().OrderDescending().Take(10).Where(r => r.At >= results.Max(static x => x.At)
                    - Duration.FromDays(36_525)).Order()];
            return window.Count <= 10 && window.Observations.SequenceEqual(kept)
                && Windowed([.. results.Reverse()], 10).Observations.SequenceEqual(kept);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_260_301, 1));

    [Fact]
    public void What_is_older_than_any_rule_looks_is_forgotten()
    {
        TrafficWindow window = new(Terms(
            new TrafficRule(TrafficRuleKind.Velocity) { Within = Duration.FromMinutes(1), Max = 3 }));
        window.Add(Seen(Install("i1")));
        window.Add(Seen(Install("i2", 61)));
        window.Add(Seen(Install("i0", -10)));

        window.Observations.Select(static o => o.Id.Value).Should().Equal("i2");
    }

    private static TrafficWindow Windowed(TrafficObservation[] results, int capacity = 1_000)
    {
        TrafficWindow window = new(Everything, capacity);
        foreach (TrafficObservation result in results)
        {
            window.Add(result);
        }

        return window;
    }
}
