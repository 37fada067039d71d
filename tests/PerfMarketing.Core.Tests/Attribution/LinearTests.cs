using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Tests.Attribution;

public sealed class LinearTests
{
    // matomo-linear-5: https://matomo.org/faq/reports/set-up-and-analyse-multi-channel-conversion-attribution-reports
    // gofunnel-linear-100: https://gofunnel.pages.dev/blog/attribution-models-explained
    // uap-split-1: https://ultimateaffiliate.pro/?p=3617
    [Theory]
    [InlineData("matomo-linear-5", "abcde", "a 1/5, b 1/5, c 1/5, d 1/5, e 1/5")]
    [InlineData("gofunnel-linear-100", "vwxyz", "v 1/5, w 1/5, x 1/5, y 1/5, z 1/5")]
    [InlineData("uap-split-1", "ajc", "a 1/3, j 1/3, c 1/3")]
    [InlineData("one touch", "a", "a 1/1")]
    [InlineData("a repeated touch counts again", "abaa", "a 3/4, b 1/4")]
    [InlineData("partners stand in the order of their first touch", "cbabc", "c 2/5, b 2/5, a 1/5")]
    public void Touches_share_evenly(string id, string partners, string expected) =>
        Journeys.Assign(new Linear(), Journeys.Hourly(partners), Journeys.Conversion(100)).Text()
            .Should().Be(expected, id);

    [Fact]
    public void Weights_are_touches_over_touches()
    {
        AttributionDecision decision = Journeys.Assign(new Linear(), Journeys.Hourly("aaba"), Journeys.Conversion(100));

        decision.Credits.Should().Equal(new Credit(new("a"), 3, 4), new Credit(new("b"), 1, 4));
        decision.Touches.Select(static t => t.Weight).Should().Equal(1, 1, 1, 1);
        decision.Total.Should().Be(4);
    }
}
