using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Attribution;

/// <summary>The rules on journeys that a person can follow; one letter is one partner, one touch an hour.</summary>
public sealed class RuleExampleTests
{
    // U, W and Z on one, two, three and more touches; m marks the touch that made a lead, o the opportunity.
    [Theory]
    [InlineData("U", "a", "", "a 1/1")]
    [InlineData("U", "ab", "", "a 1/2, b 1/2")]
    [InlineData("U", "abc", "", "a 2/5, b 1/5, c 2/5")]
    [InlineData("U", "abcd", "", "a 2/5, b 1/10, c 1/10, d 2/5")]
    [InlineData("W", "a", "", "a 1/1")]
    [InlineData("W", "ab", "", "a 1/2, b 1/2")]
    [InlineData("W", "abc", " m ", "a 1/3, b 1/3, c 1/3")]
    [InlineData("W", "abc", "", "a 3/7, b 1/7, c 3/7")]
    [InlineData("W", "abcde", "  m  ", "a 3/10, b 1/20, c 3/10, d 1/20, e 3/10")]
    [InlineData("W", "ab", "m", "a 2/3, b 1/3")]
    [InlineData("Z", "a", "", "a 1/1")]
    [InlineData("Z", "ab", "", "a 1/2, b 1/2")]
    [InlineData("Z", "abcd", " mo ", "a 1/4, b 1/4, c 1/4, d 1/4")]
    [InlineData("Z", "abcdef", " m o  ", "a 9/40, b 9/40, c 1/20, d 9/40, e 1/20, f 9/40")]
    public void Shapes_have_stated_edges(string shape, string partners, string marks, string expected)
    {
        PositionVector rule = shape switch
        {
            "U" => PositionVector.UShape,
            "W" => PositionVector.WShape(),
            _ => PositionVector.ZShape(),
        };
        JourneyTouch[] touches = [.. Journeys.Hourly(partners).Select((t, i) => t with
        {
            Facts = i >= marks.Length || marks[i] == ' ' ? FactSet.Empty
                : [Facts.Milestone.Of(marks[i] == 'm' ? "lead" : "opportunity")],
        })];

        Journeys.Assign(rule, touches, Journeys.Conversion(99)).Text().Should().Be(expected);
    }

    [Fact]
    public void A_vector_may_name_the_middle_and_any_place()
    {
        PositionVector rule = new()
        {
            Marks = [new(0.5m) { Place = 0 }, new(0.25m) { Place = 2 }, new(0.25m) { Place = -1 }],
        };

        Journeys.Assign(rule, Journeys.Hourly("abcd"), Journeys.Conversion(99)).Text().Should().Be("b 3/4, d 1/4");
        Journeys.Assign(rule, Journeys.Hourly("abcde"), Journeys.Conversion(99)).Text()
            .Should().Be("b 1/4, c 1/2, e 1/4");
        Journeys.Assign(rule, Journeys.Hourly("a"), Journeys.Conversion(99)).Text().Should().Be("a 1/1");
    }

    // A partner alone is the closer; both ends may be one partner; assisting partners share evenly, each once.
    [Theory]
    [InlineData("a", false, "a 1/1")]
    [InlineData("ab", false, "a 2/7, b 5/7")]
    [InlineData("abc", false, "a 1/5, b 3/10, c 1/2")]
    [InlineData("abbcbd", false, "a 1/5, b 3/20, c 3/20, d 1/2")]
    [InlineData("aba", false, "b 3/10, a 7/10")]
    [InlineData("aba", true, "b 3/8, a 5/8")]
    [InlineData("aaa", true, "a 1/1")]
    public void Roles_have_shares(string partners, bool closerOnly, string expected) =>
        Journeys.Assign(
            new Participation(0.2m, 0.3m, 0.5m) { CloserOnly = closerOnly },
            Journeys.Hourly(partners),
            Journeys.Conversion(99)).Text().Should().Be(expected);

    [Theory]
    [InlineData("a search, b email, c direct", "b 1/1")]
    [InlineData("a direct, b direct", "b 1/1")]
    [InlineData("a search, b none, c direct", "b 1/1")]
    public void Direct_touches_are_ignored_unless_all_are(string touches, string expected) =>
        Journeys.Assign(new LastNonDirect(), Channels(touches), Journeys.Conversion(99)).Text().Should().Be(expected);

    [Fact]
    public void Weights_go_by_channel_and_what_fits_nothing_has_its_own()
    {
        CustomWeights rule = new()
        {
            Weights = [new(new() { Channels = [new("search")] }, 3), new(new() { Channels = [new("direct")] }, 0)],
            Otherwise = 1,
        };

        AttributionDecision decision =
            Journeys.Assign(rule, Channels("a search, b email, c direct"), Journeys.Conversion(99));

        decision.Text().Should().Be("a 3/4, b 1/4");
        decision.Fates().Should().Be("t0:+ t1:+ t2:not-chosen");
    }

    [Theory]
    [InlineData("t1", "b 1/1")]
    [InlineData("unheard-of", "c 1/1")]
    [InlineData("", "c 1/1")]
    public void A_reference_falls_back_when_a_rule_is_named(string reference, string expected)
    {
        ConversionPoint conversion = Journeys.Conversion(99) with
        {
            Reference = reference.Length == 0 ? null : new TouchpointId(reference),
        };

        Journeys.Assign(new ReferencedTouch { Fallback = new LastTouch() }, Journeys.Hourly("abc"), conversion)
            .Text().Should().Be(expected);
    }

    // The owner of the code touched first (a), in between (b), last (c) or never (z).
    [Theory]
    [InlineData(OwnerCondition.Always, "z", "z 1/1")]
    [InlineData(OwnerCondition.Always, "a", "a 1/1")]
    [InlineData(OwnerCondition.IfInvolved, "a", "a 1/1")]
    [InlineData(OwnerCondition.IfInvolved, "z", "c 1/1")]
    [InlineData(OwnerCondition.IfWinner, "a", "c 1/1")]
    [InlineData(OwnerCondition.IfWinner, "c", "c 1/1")]
    [InlineData(OwnerCondition.Always, "a z", "a 1/2, z 1/2")]
    [InlineData(OwnerCondition.IfInvolved, "z b", "b 1/1")]
    public void The_owner_of_a_coupon_gets_the_credit(OwnerCondition when, string owners, string expected)
    {
        ConversionPoint conversion = Journeys.Conversion(99) with
        {
            Claims = [.. owners.Split(' ').Select(static o => new OutcomeClaim(ClaimBasis.Coupon, new(o)))],
        };

        AttributionDecision decision = Journeys.Assign(
            new OwnerFirst { Claims = [ClaimBasis.Coupon], When = when }, Journeys.Hourly("abc"), conversion);

        decision.Text().Should().Be(expected);
        decision.Touches.Where(static t => t.Weight > 0 && t.Claim == ClaimBasis.Coupon)
            .Select(static t => t.Partner.Value)
            .Should().Equal(expected.Contains('z', StringComparison.Ordinal) ? ["z"] : []);
    }

    [Fact]
    public void A_claim_brings_credit_where_nobody_touched_and_the_rule_asks_for_it()
    {
        ConversionPoint conversion = Journeys.Conversion(9) with { Claims = [new(ClaimBasis.Coupon, new("z"))] };

        Journeys.Assign(new LastTouch { Claims = [ClaimBasis.Coupon] }, [], conversion).Text().Should().Be("z 1/1");
        Journeys.Assign(new LastTouch(), [], conversion).Reason!.ToString()
            .Should().Be("attribution.no-touch (touches: 0)");
    }

    [Fact]
    public void The_kind_of_claim_that_is_named_first_counts()
    {
        ConversionPoint conversion = Journeys.Conversion(9) with
        {
            Claims = [new(ClaimBasis.Coupon, new("z")), new(ClaimBasis.Binding, new("y"))],
        };

        Journeys.Assign(
            new OwnerFirst { Claims = [ClaimBasis.Binding, ClaimBasis.Coupon] }, Journeys.Hourly("a"), conversion)
            .Text().Should().Be("y 1/1");
        Journeys.Assign(
            new OwnerFirst { Claims = [ClaimBasis.Coupon, ClaimBasis.Binding] }, Journeys.Hourly("a"), conversion)
            .Text().Should().Be("z 1/1");
    }

    [Fact]
    public void What_refused_touches_get_is_nobodys_when_the_term_says_so()
    {
        Linear rule = new() { Ineligible = IneligibleShare.Nobody };

        AttributionDecision decision =
            Journeys.Assign(rule, Journeys.Hourly("adbd"), Journeys.Conversion(99), RuleSamples.Fussy);

        decision.Credits.Select(static c => $"{(c.Partner.IsUnset ? "nobody" : c.Partner)} {c.Share}")
            .Should().Equal("a 1/4", "nobody 1/2", "b 1/4");
        decision.Fates().Should().Be("t0:+ t1:not-eligible t2:+ t3:not-eligible");
        Journeys.Assign(rule, Journeys.Hourly("dd"), Journeys.Conversion(99), RuleSamples.Fussy).Reason!.ToString()
            .Should().Be("attribution.no-touch (touches: 2, not-eligible: 2)");
    }

    [Fact]
    public void Each_partner_counts_once_when_the_term_says_so()
    {
        AttributionDecision first = Journeys.Assign(
            new Linear { Counting = TouchCounting.FirstOfPartner }, Journeys.Hourly("abab"), Journeys.Conversion(99));
        AttributionDecision last = Journeys.Assign(
            new LastTouch { Counting = TouchCounting.FirstOfPartner }, Journeys.Hourly("aba"), Journeys.Conversion(99));

        first.Text().Should().Be("a 1/2, b 1/2");
        first.Fates().Should().Be("t0:+ t1:+ t2:counted-once t3:counted-once");
        last.Text().Should().Be("b 1/1");
    }

    [Fact]
    public void A_long_journey_keeps_its_newest_touches_when_the_term_says_so()
    {
        JourneyTouch[] touches = [.. Enumerable.Range(0, 70_000).Select(static i => new JourneyTouch
        {
            At = Journeys.Start + Duration.FromSeconds(i),
            Partner = new(i < 69_999 ? "old" : "new"),
        })];
        ConversionPoint conversion = Journeys.Conversion(99);

        Attributor.Assign(new FirstTouch { MaxTouches = 1 }, touches, conversion).Text().Should().Be("new 1/1");
        Attributor.Assign(new Linear { MaxTouches = 4 }, touches, conversion).Text().Should().Be("old 3/4, new 1/4");
        Attributor.Assign(new Linear(), touches, conversion).Reason!.Code
            .Should().Be("attribution.journey-too-long");
    }

    private static JourneyTouch[] Channels(string text) => [.. text.Split(", ").Select(static (t, i) =>
    {
        string[] words = t.Split(' ');
        return Journeys.Touch($"t{i}", words[0], i) with
        {
            Channel = words[1] == "none" ? default : new(words[1]),
        };
    })];
}
