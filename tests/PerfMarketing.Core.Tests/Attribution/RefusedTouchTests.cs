using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;

namespace PerfMarketing.Tests.Attribution;

/// <summary>Touches that may not earn take nothing from those that may; capitals are refused touches.</summary>
public sealed class RefusedTouchTests
{
    [Theory]
    [InlineData("A", OwnerCondition.Always, "a 1/1")]
    [InlineData("bA", OwnerCondition.Always, "a 1/1")]
    [InlineData("bA", OwnerCondition.IfInvolved, "nobody 1/1")]
    [InlineData("baA", OwnerCondition.IfInvolved, "a 1/1")]
    [InlineData("Ab", OwnerCondition.IfInvolved, "b 1/1")]
    public void An_owner_is_not_involved_by_them(string partners, OwnerCondition when, string expected)
    {
        OwnerFirst rule = new() { Claims = [ClaimBasis.Coupon], When = when, Ineligible = IneligibleShare.Nobody };

        Assign(rule, partners, owner: "a").Should().Be(expected);
    }

    [Theory]
    [InlineData(TouchCounting.EachTouch, "aAb", "a 1/3, nobody 1/3, b 1/3")]
    [InlineData(TouchCounting.FirstOfPartner, "Aaab", "nobody 1/3, a 1/3, b 1/3")]
    [InlineData(TouchCounting.LastOfPartner, "aaAb", "a 1/3, nobody 1/3, b 1/3")]
    public void They_take_the_place_of_no_eligible_touch(TouchCounting counting, string partners, string expected) =>
        Assign(new Linear { Counting = counting, Ineligible = IneligibleShare.Nobody }, partners)
            .Should().Be(expected);

    [Theory]
    [InlineData("Aba", "nobody 1/5, b 3/10, a 1/2")]
    [InlineData("abA", "a 1/5, b 3/10, nobody 1/2")]
    [InlineData("aba", "b 3/10, a 7/10")]
    public void They_give_nobody_a_role(string partners, string expected) =>
        Assign(new Participation(0.2m, 0.3m, 0.5m) { Ineligible = IneligibleShare.Nobody }, partners)
            .Should().Be(expected);

    // The same id twice, unlike in what rules read: the copies may come in any order.
    [Fact]
    public void Copies_that_differ_are_told_apart_by_their_content()
    {
        JourneyTouch search = Journeys.Touch("t1", "a", 1) with
        {
            Channel = new("google"),
            Facts = [Facts.Country.Of("DE")],
        };
        JourneyTouch mail = search with { Channel = new("mail") };
        JourneyTouch other = search with { Facts = [Facts.Country.Of("AT")] };
        CustomWeights rule = new()
        {
            Weights =
            [
                new(new() { Channels = [new("mail")] }, 1), new(new() { Channels = [new("google")] }, 3),
            ],
        };
        JourneyTouch last = Journeys.Touch("t2", "b", 2) with { Channel = new("mail") };

        string[] texts = [.. Orders([search, mail, other, last])
            .Select(order => Journeys.Assign(rule, order, Journeys.Conversion(99)).Text())];

        texts.Distinct().Should().ContainSingle().Which.Should().Be("a 3/4, b 1/4");
    }

    [Fact]
    public void No_touch_comes_after_a_claim()
    {
        JourneyTouch late = Journeys.Touch("t1", "b", 9) with { Sequence = long.MaxValue };
        ConversionPoint conversion = Journeys.Conversion(9) with { Claims = [new(ClaimBasis.Coupon, new("z"))] };

        Journeys.Assign(new OwnerFirst { Claims = [ClaimBasis.Coupon] }, [late], conversion).Text()
            .Should().Be("z 1/1");
        Journeys.Assign(new LastTouch { Claims = [ClaimBasis.Coupon] }, [late], conversion).Text()
            .Should().Be("z 1/1");
    }

    private static string Assign(AttributionRule rule, string partners, string? owner = null)
    {
        JourneyTouch[] touches = [.. Journeys.Hourly(string.Concat(partners.Select(char.ToLowerInvariant)))
            .Select((t, i) => char.IsUpper(partners[i]) ? t with { Channel = new("search") } : t)];
        ConversionPoint conversion = Journeys.Conversion(99) with
        {
            Claims = owner is null ? [] : [new(ClaimBasis.Coupon, new(owner))],
        };
        return string.Join(
            ", ",
            Journeys.Assign(rule, touches, conversion, RuleSamples.Fussy).Credits
                .Select(static c => $"{(c.Partner.IsUnset ? "nobody" : c.Partner)} {c.Share}"));
    }

    private static IEnumerable<JourneyTouch[]> Orders(JourneyTouch[] touches) => touches.Length < 2
        ? [touches]
        : touches.SelectMany((first, i) => Orders([.. touches[..i], .. touches[(i + 1)..]])
            .Select(rest => (JourneyTouch[])[first, .. rest]));
}
