using System.Globalization;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution;

public sealed class PositionBasedTests
{
    // matomo-position: https://matomo.org/faq/reports/set-up-and-analyse-multi-channel-conversion-attribution-reports
    // Small journeys: one touch gets everything, two share as first to last.
    [Theory]
    [InlineData("matomo-position", "0.4", "0.4", "abcd", "a 2/5, b 1/10, c 1/10, d 2/5")]
    [InlineData("n = 1", "0.4", "0.4", "a", "a 1/1")]
    [InlineData("n = 2", "0.4", "0.4", "ab", "a 1/2, b 1/2")]
    [InlineData("n = 3", "0.4", "0.4", "abc", "a 2/5, b 1/5, c 2/5")]
    [InlineData("n = 5, one partner at both ends", "0.4", "0.4", "abcda", "a 4/5, b 1/15, c 1/15, d 1/15")]
    [InlineData("n = 2, uneven", "0.3", "0.1", "ab", "a 3/4, b 1/4")]
    [InlineData("n = 1, no share for the ends", "0", "0", "a", "a 1/1")]
    [InlineData("n = 2, no share for the ends", "0", "0", "ab", "a 1/2, b 1/2")]
    [InlineData("n = 3, no share for the ends", "0", "0", "abc", "b 1/1")]
    [InlineData("n = 3, nothing for the middle", "0.7", "0.3", "abc", "a 7/10, c 3/10")]
    [InlineData("n = 3, everything to the first", "1", "0", "abc", "a 1/1")]
    [InlineData("n = 2, everything to the last", "0", "1", "ab", "b 1/1")]
    [InlineData("n = 4, nine decimals", "0.333333333", "0.333333333", "abcd",
        "a 333333333/1000000000, b 166666667/1000000000, c 166666667/1000000000, d 333333333/1000000000")]
    public void Shares_are_exact(string id, string first, string last, string partners, string expected)
    {
        PositionBased rule = new(
            decimal.Parse(first, CultureInfo.InvariantCulture), decimal.Parse(last, CultureInfo.InvariantCulture));

        Journeys.Assign(rule, Journeys.Hourly(partners), Journeys.Conversion(100)).Text().Should().Be(expected, id);
    }

    [Fact]
    public void The_default_is_40_20_40() =>
        new PositionBased().Should().Be(new PositionBased(First: 0.4m, Last: 0.4m));

    [Fact]
    public void Weights_are_as_small_as_they_can_be() =>
        Journeys.Assign(new PositionBased(), Journeys.Hourly("abcde"), Journeys.Conversion(100))
            .Touches.Select(static t => t.Weight).Should().Equal(6, 1, 1, 1, 6);

    [Fact]
    public void A_long_journey_sums_to_the_whole()
    {
        JourneyTouch[] touches =
            [.. Enumerable.Range(0, 5_000).Select(static i => Journeys.Touch($"t{i}", $"p{i % 700}", i))];

        AttributionDecision decision =
            Journeys.Assign(new PositionBased(0.333333333m, 0.1m), touches, Journeys.Conversion(6_000));

        decision.Credits.Should().HaveCount(700);
        decision.Credits.Sum(static c => c.Weight).Should().Be(decision.Total);
        new Ratio(decision.Touches[0].Weight, decision.Total).Should().Be(new Ratio(333_333_333, 1_000_000_000));
    }

    // From 0 to 1, at most 9 decimals, together at most 1.
    [Theory]
    [InlineData("negative", "-0.1", "0.4", "Rule.First:attribution.share-out-of-range")]
    [InlineData("above one", "0.4", "1.1",
        "Rule.Last:attribution.share-out-of-range Rule.Last:attribution.shares-above-one")]
    [InlineData("together above one", "0.6", "0.5", "Rule.Last:attribution.shares-above-one")]
    [InlineData("too fine", "0.3333333333", "0.4", "Rule.First:attribution.share-too-fine")]
    [InlineData("absurd", "79228162514264337593543950335", "-79228162514264337593543950335",
        "Rule.First:attribution.share-out-of-range Rule.Last:attribution.share-out-of-range")]
    [InlineData("fine", "0.5", "0.5", "")]
    public void Wrong_shares_are_named_and_never_used(string reason, string first, string last, string expected)
    {
        PositionBased rule = new(
            decimal.Parse(first, CultureInfo.InvariantCulture), decimal.Parse(last, CultureInfo.InvariantCulture));

        string failures = string.Join(" ", AttributionRuleCatalog.Default.Validate(rule, "Rule")
            .Select(static f => $"{f.PropertyName}:{f.ErrorCode}"));
        failures.Should().Be(expected, reason);
        Action use = () => Journeys.Assign(rule, Journeys.Hourly("ab"), Journeys.Conversion(9));
        if (expected.Length > 0)
        {
            use.Should().Throw<InvalidOperationException>();
        }
        else
        {
            use.Should().NotThrow();
        }
    }
}
