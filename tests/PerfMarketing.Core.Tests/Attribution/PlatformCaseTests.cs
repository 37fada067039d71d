using System.Globalization;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Attribution;

/// <summary>Worked cases of platforms: windows, priorities, splits, returning customers.</summary>
public sealed class PlatformCaseTests
{
    private static readonly FactKey<Instant> BidAt = new("bid-at");
    private static readonly FactKey<Instant> FirstInstallAt = new("first-install-at");

    private static readonly TouchFilter Views = new() { Kinds = [TouchpointKind.View] };

    // Click 7 days, view 24 hours; converly: beyond the period of 30 days rejected; gumroad: direct 30 days, global 7,
    // and the latest click among several.
    [Theory]
    [InlineData("appsflyer-click-default", "click", 167, 7, "a 1/1")]
    [InlineData("appsflyer-click-default", "click", 168, 7, "")]
    [InlineData("appsflyer-click-default", "view", 23, 7, "a 1/1")]
    [InlineData("appsflyer-click-default", "view", 24, 7, "")]
    [InlineData("adjust-outside", "click", 216, 7, "")]
    [InlineData("converly-referral-period", "click", 721, 30, "")]
    [InlineData("converly-referral-period", "click", 719, 30, "a 1/1")]
    [InlineData("kilo-window-halfopen", "click", 720, 30, "")]
    public void Windows_are_half_open_and_by_kind(string id, string kind, int hours, int days, string expected)
    {
        LastTouch rule = new()
        {
            Lookback = LookbackWindow.Days(days),
            Windows = [new(Views, LookbackWindow.Hours(24))],
        };
        JourneyTouch[] touches = [Journeys.Touch("t", "a", 0) with { Kind = kind }];

        AttributionDecision decision = Journeys.Assign(rule, touches, Journeys.Conversion(hours));

        decision.Text().Should().Be(expected, id);
        if (expected.Length == 0)
        {
            decision.Touches[0].Reason.Should().Be(
                Reason.Of("attribution.outside-lookback", ("lookback", kind == "view" ? "1d" : $"{days}d")), id);
        }
    }

    // github:antiwork/gumroad app/models/{direct,global}_affiliate.rb
    [Theory]
    [InlineData("gumroad-cookie-windows", 100, "global 1/1")]
    [InlineData("gumroad-cookie-windows", 168, "direct 1/1")]
    [InlineData("gumroad-cookie-windows", 720, "")]
    public void A_partner_may_have_a_window_of_its_own(string id, int hours, string expected)
    {
        LastTouch rule = new()
        {
            Lookback = LookbackWindow.Days(30),
            Windows = [new(new() { Partners = [new("global")] }, LookbackWindow.Days(7))],
        };
        JourneyTouch[] touches = [Journeys.Touch("t1", "direct", 0), Journeys.Touch("t2", "global", 0, 1)];

        Journeys.Assign(rule, touches, Journeys.Conversion(hours)).Text().Should().Be(expected, id);
    }

    // A bid within 24 hours of the click and an auction won within 10 days; bought at once within 24 hours.
    [Theory]
    [InlineData("ebay-auction-window", "both hold", 23, 200, "a 1/1")]
    [InlineData("ebay-auction-window", "bid too late", 24, 30, "")]
    [InlineData("ebay-auction-window", "won too late", 1, 241, "")]
    [InlineData("ebay-auction-window", "won at the end of the window", 1, 240, "a 1/1")]
    [InlineData("ebay-auction-window", "bought at once", -1, 23, "a 1/1")]
    [InlineData("ebay-auction-window", "bought at once, too late", -1, 24, "")]
    [InlineData("ebay-auction-window", "clicked after the bid", -2, 23, "")]
    public void Two_stages_have_two_windows(string id, string reason, int bid, int won, string expected)
    {
        LastTouch rule = new() { Lookback = Duration.FromHours(24), Stage = new("bid-at", LookbackWindow.Days(10)) };
        ConversionPoint conversion = Journeys.Conversion(won) with
        {
            Facts = bid == -1 ? null : [BidAt.Of(Journeys.Hour(bid))],
        };

        AttributionDecision decision = Journeys.Assign(rule, [Journeys.Touch("t", "a", 0)], conversion);

        decision.Text().Should().Be(expected, $"{id}: {reason}");
    }

    // Click inside 7 days, view inside 48 hours and later than the click: the click wins.
    [Theory]
    [InlineData("adjust-click-7d-view-48h", "click view", "click 1/1")]
    [InlineData("adjust-click-7d-view-48h", "view click", "click 1/1")]
    [InlineData("adjust-click-7d-view-48h", "view view", "view 1/1")]
    public void A_click_beats_a_later_view(string id, string kinds, string expected)
    {
        PriorityGroups rule = PriorityGroups.ClickBeforeView() with
        {
            Lookback = Duration.FromDays(7),
            Windows = [new(Views, Duration.FromHours(48))],
        };
        JourneyTouch[] touches = [.. kinds.Split(' ').Select(static (kind, i) =>
            Journeys.Touch($"t{i}", kind, i) with { Kind = kind })];

        Journeys.Assign(rule, touches, Journeys.Conversion(40)).Text().Should().Be(expected, id);
    }

    // Referral beats affiliate, whoever came first; the oldest touch inside a class.
    [Theory]
    [InlineData("kilo-priority-1", "affiliate referral", 10, "referral 1/1")]
    [InlineData("kilo-priority-4", "affiliate affiliate", 10, "affiliate 1/1")]
    [InlineData("kilo-priority-6", "affiliate referral", 30 * 24 + 5, "")]
    public void A_channel_beats_another(string id, string channels, int hours, string expected)
    {
        PriorityGroups rule = new()
        {
            Groups = [new() { Channels = [new("referral")] }, new() { Channels = [new("affiliate")] }],
            Of = new FirstTouch(),
            Lookback = Duration.FromDays(30),
        };
        JourneyTouch[] touches = [.. channels.Split(' ').Select(static (channel, i) =>
            Journeys.Touch($"t{i}", channel, i) with { Channel = new(channel) })];

        AttributionDecision decision = Journeys.Assign(rule, touches, Journeys.Conversion(hours));

        decision.Text().Should().Be(expected, id);
        decision.Touches.Should().OnlyContain(static t => t.Weight > 0 || t.Reason != null);
    }

    // A promo code that always gets credit against the last click of a preferred partner: the group decides first.
    [Theory]
    [InlineData("impact-credit-groups", "clicker", "clicker 1/1")]
    [InlineData("impact-credit-groups", "clicker coder", "coder 1/1")]
    public void Groups_beat_promo_codes_unless_equal(string id, string preferred, string expected)
    {
        PriorityGroups rule = new()
        {
            Claims = [ClaimBasis.Coupon],
            Groups = [new() { Partners = [.. preferred.Split(' ').Select(static p => new PartnerId(p))] }],
        };
        ConversionPoint conversion = Journeys.Conversion(5) with { Claims = [new(ClaimBasis.Coupon, new("coder"))] };

        Journeys.Assign(rule, [Journeys.Touch("t", "clicker", 1)], conversion).Text().Should().Be(expected, id);
    }

    // Bonuses for the first and the last, the rest over all.
    [Theory]
    [InlineData("pap-split-5", "100.00 EUR", "0.25", "0.5", "abcde", "30.00 5.00 5.00 5.00 55.00")]
    [InlineData("uap-split-1", "36.00 EUR", "0", "0", "abc", "12.00 12.00 12.00")]
    [InlineData("uap-split-3", "36.00 EUR", "0", "0.2", "abc", "9.60 9.60 16.80")]
    [InlineData("one alone", "36.00 EUR", "0.25", "0.5", "a", "36.00")]
    [InlineData("two", "100.00 EUR", "0.25", "0.5", "ab", "37.50 62.50")]
    public void Bonuses_come_on_top_of_an_even_split(
        string id, string commission, string first, string last, string partners, string expected)
    {
        PositionBased rule = new(
            decimal.Parse(first, CultureInfo.InvariantCulture),
            decimal.Parse(last, CultureInfo.InvariantCulture))
        { RestToAll = true };

        AttributionDecision decision = Journeys.Assign(rule, Journeys.Hourly(partners), Journeys.Conversion(99));

        long[] weights = [.. decision.Credits.Select(static c => c.Weight)];
        var parts = new long[weights.Length];
        Allocation.Split(Money.Parse(commission).MinorUnits, weights, parts);
        string.Join(" ", parts.Select(static p => (p / 100m).ToString("0.00", CultureInfo.InvariantCulture)))
            .Should().Be(expected, id);
    }

    // A reinstall inside 90 days without a touch of retargeting is nobody's.
    [Theory]
    [InlineData("appsflyer-reattribution-90d", 89, "click", "")]
    [InlineData("appsflyer-reattribution-90d", 90, "click", "a 1/1")]
    [InlineData("appsflyer-reattribution-90d", 89, "retargeting", "a 1/1")]
    public void A_reinstall_is_won_by_retargeting_alone(string id, int days, string method, string expected)
    {
        LastTouch rule = new()
        {
            Returning = new(
                "first-install-at", LookbackWindow.Days(90), new() { Fact = "method", Values = ["retargeting"] }),
        };
        JourneyTouch[] touches = [Journeys.Touch("t", "a", days * 24) with { Facts = [Facts.Method.Of(method)] }];
        ConversionPoint conversion = Journeys.Conversion(days * 24) with
        {
            Facts = [FirstInstallAt.Of(Journeys.Start)],
        };

        AttributionDecision decision = Journeys.Assign(rule, touches, conversion);

        decision.Text().Should().Be(expected, id);
        if (expected.Length == 0)
        {
            decision.Reason!.ToString().Should().Be("attribution.no-touch (touches: 1, not-retargeting: 1)");
        }
    }

    [Theory]
    [InlineData("inside", 1, "view 1/1")]
    [InlineData("after a click a view counts for two hours", 2, "click 1/1")]
    public void A_view_counts_shorter_after_a_click(string reason, int hours, string expected)
    {
        LastTouch rule = new()
        {
            Windows = [new(Views, Duration.FromHours(24)) { AfterClick = Duration.FromHours(2) }],
        };
        JourneyTouch[] touches =
        [
            Journeys.Touch("c", "click", 0) with { Kind = "click" },
            Journeys.Touch("v", "view", 1) with { Kind = "view" },
        ];

        Journeys.Assign(rule, touches, Journeys.Conversion(1 + hours)).Text().Should().Be(expected, reason);
        Journeys.Assign(rule, touches[1..], Journeys.Conversion(1 + hours)).Text().Should().Be("view 1/1", reason);
    }
}
