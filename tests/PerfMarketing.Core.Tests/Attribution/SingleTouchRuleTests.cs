using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution;

public sealed class SingleTouchRuleTests
{
    [Theory]
    [InlineData("one touch", "a", "a 1/1", "a 1/1")]
    [InlineData("two touches", "ab", "a 1/1", "b 1/1")]
    [InlineData("a partner comes back", "aba", "a 1/1", "a 1/1")]
    [InlineData("three partners", "abc", "a 1/1", "c 1/1")]
    public void First_and_last_touch_take_everything(string reason, string partners, string first, string last)
    {
        JourneyTouch[] touches = Journeys.Hourly(partners);

        Journeys.Assign(new FirstTouch(), touches, Journeys.Conversion(100)).Text().Should().Be(first, reason);
        Journeys.Assign(new LastTouch(), touches, Journeys.Conversion(100)).Text().Should().Be(last, reason);
    }

    [Fact]
    public void The_touch_named_by_the_outcome_takes_everything()
    {
        AttributionDecision decision = Journeys.Assign(
            new ReferencedTouch(), Journeys.Hourly("abc"), Journeys.Conversion(100) with { Reference = new("t1") });

        decision.Text().Should().Be("b 1/1");
        decision.Fates().Should().Be("t0:not-chosen t1:+ t2:not-chosen");
    }

    [Fact]
    public void An_outcome_that_names_no_touch_gives_nobody_credit()
    {
        AttributionDecision decision =
            Journeys.Assign(new ReferencedTouch(), Journeys.Hourly("ab"), Journeys.Conversion(100));

        decision.IsCredited.Should().BeFalse();
        decision.Reason.Should().Be(new Reason("attribution.no-reference"));
    }

    [Fact]
    public void A_default_reference_names_no_touch()
    {
        JourneyTouch[] touches = [Journeys.Touch("t", "a", 0) with { Id = default }];

        ConversionPoint conversion = Journeys.Conversion(1) with { Reference = default(TouchpointId) };

        Journeys.Assign(new ReferencedTouch(), touches, conversion).Reason
            .Should().Be(new Reason("attribution.no-reference"));
    }

    [Fact]
    public void A_foreign_reference_gives_nobody_credit()
    {
        ConversionPoint conversion = Journeys.Conversion(100) with { Reference = new("x") };

        Journeys.Assign(new ReferencedTouch(), Journeys.Hourly("ab"), conversion).Reason
            .Should().Be(Reason.Of("attribution.reference-unknown", ("touch", "x")));
    }

    [Fact]
    public void A_refused_reference_says_why_it_was_refused()
    {
        JourneyTouch[] touches = [Journeys.Touch("old", "a", 0), Journeys.Touch("new", "b", 40)];
        ReferencedTouch rule = new() { Lookback = NodaTime.Duration.FromHours(24) };

        Journeys.Assign(rule, touches, Journeys.Conversion(41) with { Reference = new("old") }).Reason
            .Should().Be(Reason.Of(
                "attribution.reference-unknown", ("touch", "old"), ("reason", "attribution.outside-lookback")));
    }
}
