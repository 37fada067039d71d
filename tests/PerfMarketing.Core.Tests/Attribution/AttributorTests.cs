using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Attribution;

[SuppressMessage("Security", "CA5394", Justification = "Journeys must come out the same each time.")]
public sealed class AttributorTests
{
    // kilo-window-halfopen: github Kilo-Org/cloud@775a195 .specs/kiloclaw-referrals.md; conversion < touch + 30 · 24 h.
    // adjust-outside: https://help.adjust.com/en/article/attribution-windows
    // appsflyer-click-default: https://support.appsflyer.com/hc/en-us/articles/208338403-Lookback-windows-explained
    // converly-referral-period: https://www.converly.com/docs/post/s-conversion-points.html
    // gumroad-cookie-windows: github antiwork/gumroad app/models/{direct,global}_affiliate.rb
    [Theory]
    [InlineData("kilo-window-halfopen: 719.999 h", "30d", 2_591_996, true)]
    [InlineData("kilo-window-halfopen: 720 h", "30d", 2_592_000, false)]
    [InlineData("adjust-outside", "7d", 9 * 86_400, false)]
    [InlineData("appsflyer-click-default: click outside", "7d", (7 * 86_400) + 1, false)]
    [InlineData("appsflyer-click-default: view outside", "1d", (24 * 3_600) + 1, false)]
    [InlineData("appsflyer-click-default: view inside", "1d", (24 * 3_600) - 1, true)]
    [InlineData("converly-referral-period", "30d", (30 * 86_400) + 1, false)]
    [InlineData("gumroad-cookie-windows: direct", "30d", 29 * 86_400, true)]
    [InlineData("gumroad-cookie-windows: global", "7d", 29 * 86_400, false)]
    [InlineData("at the same instant", "1s", 0, true)]
    [InlineData("no limit", "unlimited", 2_000_000_000, true)]
    public void Windows_are_half_open(string id, string window, int elapsedSeconds, bool counts)
    {
        LastTouch rule = new() { Lookback = LookbackWindow.Parse(window) };
        JourneyTouch touch = Journeys.Touch("t", "a", 0) with
        {
            At = Journeys.Start - Duration.FromSeconds(elapsedSeconds),
        };

        AttributionDecision decision = Journeys.Assign(rule, [touch], Journeys.Conversion(0));

        decision.IsCredited.Should().Be(counts, id);
        decision.Touches[0].Reason.Should().Be(
            counts ? null : Reason.Of("attribution.outside-lookback", ("lookback", window)));
    }

    [Fact]
    public void Without_a_lookback_every_earlier_touch_counts()
    {
        new LastTouch().Lookback.Should().Be(LookbackWindow.Unlimited);
        Journeys.Assign(new LastTouch(), Journeys.Hourly("a"), Journeys.Conversion(200_000)).Text()
            .Should().Be("a 1/1");
    }

    [Fact]
    public void Every_touch_that_got_nothing_has_its_reason()
    {
        JourneyTouch[] touches =
        [
            Journeys.Touch("t0-out", "a", 0),
            Journeys.Touch("t1-cut", "a", 30),
            Journeys.Touch("t2-barred", "x", 40),
            Journeys.Touch("t3", "a", 41),
            Journeys.Touch("t4-test", "a", 42) with { IsTest = true },
            Journeys.Touch("t5-late", "a", 43) with { RecordedAt = Journeys.Hour(51) },
            Journeys.Touch("t6", "b", 44),
            Journeys.Touch("t6", "b", 45),
            Journeys.Touch("t7-after", "a", 51),
        ];
        LastTouch rule = new() { Lookback = Duration.FromHours(24), CutAtConversion = true };
        ConversionPoint conversion = Journeys.Conversion(50) with { Previous = new(Journeys.Hour(30)) };

        AttributionDecision decision = Journeys.Assign(rule, touches, conversion, new Barring("x"));

        decision.Text().Should().Be("b 1/1");
        decision.Fates().Should().Be(
            "t0-out:before-cut t1-cut:before-cut t2-barred:not-eligible t3:not-chosen t4-test:test t5-late:touch-late "
            + "t6:+ t6:duplicate t7-after:after-conversion");
        decision.Touches[2].Reason.Should().Be(
            Reason.Of("attribution.not-eligible", ("reason", "test.barred"), ("partner", "x")));
    }

    [Fact]
    public void The_standard_level_lists_only_what_won()
    {
        AttributionDecision decision =
            Attributor.Assign(new LastTouch(), Journeys.Hourly("ab"), Journeys.Conversion(9));

        decision.Touches.Should().Equal(new TouchCredit(new("t1"), Journeys.Hour(1), new("b"), 1));
    }

    [Fact]
    public void Nobody_gets_credit_without_a_touch()
    {
        Journeys.Assign(new Linear(), [], Journeys.Conversion(9)).Reason
            .Should().Be(Reason.Of("attribution.no-touch", ("touches", 0)));
    }

    [Fact]
    public void A_missing_credit_says_what_the_touches_lacked()
    {
        JourneyTouch[] touches = [.. Journeys.Hourly("abc"), Journeys.Touch("later", "d", 99)];
        Linear rule = new() { Lookback = Duration.FromHours(8) };

        AttributionDecision decision = Attributor.Assign(rule, touches, Journeys.Conversion(9), new Barring("c"));

        decision.Should().BeEquivalentTo(new { IsCredited = false, Total = 0L });
        decision.Touches.Should().BeEmpty();
        decision.Reason!.ToString().Should().Be(
            "attribution.no-touch (touches: 4, after-conversion: 1, outside-lookback: 2, not-eligible: 1)");
    }

    [Fact]
    public void A_touch_recorded_in_the_deciding_instant_is_not_late()
    {
        JourneyTouch touch = Journeys.Touch("t", "a", 0) with { RecordedAt = Journeys.Hour(20) };

        Journeys.Assign(new LastTouch(), [touch], Journeys.Conversion(9) with { KnownAt = Journeys.Hour(20) })
            .IsCredited.Should().BeTrue();
        Journeys.Assign(new LastTouch(), [touch], Journeys.Conversion(9) with { KnownAt = Journeys.Hour(19) })
            .Fates().Should().Be("t:touch-late");
    }

    [Fact]
    public void Test_touches_count_for_test_outcomes_only()
    {
        JourneyTouch touch = Journeys.Touch("t", "a", 0) with { IsTest = true };

        Journeys.Assign(new LastTouch(), [touch], Journeys.Conversion(9)).Fates().Should().Be("t:test");
        Journeys.Assign(new LastTouch(), [touch], Journeys.Conversion(9) with { IsTest = true })
            .Text().Should().Be("a 1/1");
    }

    [Fact]
    public void The_first_recorded_of_two_touches_with_one_id_counts()
    {
        JourneyTouch first = Journeys.Touch("t", "a", 5) with { RecordedAt = Journeys.Hour(6) };
        JourneyTouch again = Journeys.Touch("t", "b", 4) with { RecordedAt = Journeys.Hour(7) };

        Journeys.Assign(new Linear(), [first, again], Journeys.Conversion(9)).Text().Should().Be("a 1/1");
        Journeys.Assign(new Linear(), [again, first], Journeys.Conversion(9)).Text().Should().Be("a 1/1");
    }

    [Fact]
    public void Touches_without_ids_are_no_duplicates_and_keep_their_order_at_one_instant()
    {
        JourneyTouch[] touches =
        [
            Journeys.Touch("-", "b", 1) with { Id = default },
            Journeys.Touch("-", "a", 1) with { Id = default },
            Journeys.Touch("-", "c", 0) with { Id = default },
        ];

        Journeys.Assign(new Linear(), touches, Journeys.Conversion(9)).Text().Should().Be("c 1/3, b 1/3, a 1/3");
        Journeys.Assign(new LastTouch(), touches, Journeys.Conversion(9)).Text().Should().Be("a 1/1");
    }

    [Fact]
    public void Ties_are_broken_by_sequence_and_then_by_id()
    {
        JourneyTouch[] touches =
            [Journeys.Touch("t3", "c", 1, 7), Journeys.Touch("t2", "b", 1, 8), Journeys.Touch("t1", "a", 1, 7)];

        Journeys.Assign(new Linear(), touches, Journeys.Conversion(9)).Fates().Should().Be("t1:+ t3:+ t2:+");
    }

    [Fact]
    public void A_touch_without_a_partner_takes_part_and_nobody_earns_by_it()
    {
        JourneyTouch[] touches = [Journeys.Touch("t0", "a", 0), Journeys.Touch("t1", string.Empty, 1)];

        AttributionDecision decision = Journeys.Assign(new Linear(), touches, Journeys.Conversion(9));

        decision.Credits[0].Should().Be(new Credit(new("a"), 1, 2));
        decision.Credits[1].Partner.IsUnset.Should().BeTrue();
    }

    [Fact]
    public void A_touchpoint_becomes_a_touch()
    {
        Touchpoint touchpoint = new()
        {
            Id = new("t"),
            At = Journeys.Hour(1),
            RecordedAt = Journeys.Hour(2),
            Customer = new("c"),
            Partner = new("a"),
            Sequence = 3,
            IsTest = true,
        };

        JourneyTouch.Of(touchpoint).Should().Be(Journeys.Touch("t", "a", 1, 3) with
        {
            RecordedAt = Journeys.Hour(2),
            Kind = TouchpointKind.Click,
            IsTest = true,
        });
    }

    [Fact]
    public void A_journey_beyond_the_bound_gives_nobody_credit()
    {
        JourneyTouch[] touches = new JourneyTouch[Attributor.TouchCountMax + 1];
        Array.Fill(touches, new JourneyTouch { At = Journeys.Start, Partner = new("a") });

        Attributor.Assign(new Linear(), touches, Journeys.Conversion(1)).Reason
            .Should().Be(Reason.Of("attribution.journey-too-long", ("touches", 65_537), ("max", 65_536)));
        Attributor.Assign(new Linear(), touches.AsSpan(1), Journeys.Conversion(1)).Total.Should().Be(65_536);
        Attributor.Assign(new TimeDecay(), touches.AsSpan(1), Journeys.Conversion(1)).Total.Should().Be(1L << 62);
        Attributor.Assign(new PositionBased(0.333333333m, 0.1m), touches.AsSpan(1), Journeys.Conversion(1))
            .IsCredited.Should().BeTrue();
    }

    [Fact]
    public void A_decision_allocates_nothing_but_its_result()
    {
        JourneyTouch[] touches = Journeys.Hourly(new string('a', 50));
        ConversionPoint conversion = Journeys.Conversion(60);
        LastTouch rule = new();
        AttributionDecision decision = Attributor.Assign(rule, touches, conversion);
        long before = GC.GetAllocatedBytesForCurrentThread();
        decision = Attributor.Assign(rule, touches, conversion);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The decision, two lists, one credit and one touch.
        decision.Credits.Should().HaveCount(1);
        allocated.Should().BeLessThanOrEqualTo(240);
    }

    [Fact]
    public void With_reasons_a_decision_allocates_itself_and_its_touches()
    {
        JourneyTouch[] touches = Journeys.Hourly("abcab");
        ConversionPoint conversion = Journeys.Conversion(60);
        LastTouch rule = new();
        AttributionDecision decision = Journeys.Assign(rule, touches, conversion);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var room = new TouchCredit[touches.Length];
        long ofTouches = GC.GetAllocatedBytesForCurrentThread() - before;
        decision = Journeys.Assign(rule, touches, conversion);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before - ofTouches;

        // A second object would be a list, a credit or a reason.
        decision.Touches.Should().HaveSameCount(room);
        decision.Fates().Should().Be("t0:not-chosen t1:not-chosen t2:not-chosen t3:not-chosen t4:+");
        (allocated - ofTouches).Should().BeLessThanOrEqualTo(144);
        decision.Should().Be(new AttributionDecision(decision.Credits, decision.Touches));
    }

    // Few ids are told apart by comparing them all, many by hashing each.
    [Fact]
    public void Duplicates_of_a_short_journey_are_those_of_a_long_one()
    {
        Random random = new(5);
        JourneyTouch[] others =
            [.. Enumerable.Range(0, 9).Select(static i => Journeys.Touch($"other{i}", "o", -100 + i))];
        for (int round = 0; round < 500; round++)
        {
            JourneyTouch[] touches =
            [
                .. Enumerable.Range(0, random.Next(9)).Select(_ => new JourneyTouch
                {
                    Id = random.Next(5) is > 0 and int id ? new($"t{id}") : default,
                    At = Journeys.Hour(random.Next(3)),
                    RecordedAt = Journeys.Hour(random.Next(3)),
                    Partner = new($"p{random.Next(3)}"),
                }),
            ];

            string few = Journeys.Assign(new Linear(), touches, Journeys.Conversion(5)).Fates();
            string many = Journeys.Assign(new Linear(), [.. others, .. touches], Journeys.Conversion(5)).Fates();

            many.Should().EndWith(few);
            few.Should().Be(string.Join(' ', many.Split(' ').Skip(others.Length)));
        }
    }

    private sealed class Barring(string partner) : ITouchEligibility
    {
        public Reason? Refuse(in JourneyTouch touch) =>
            touch.Partner.Value == partner ? Reason.Of("test.barred", ("partner", partner)) : null;
    }
}
