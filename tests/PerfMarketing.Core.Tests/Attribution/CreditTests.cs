using PerfMarketing.Attribution;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution;

public sealed class CreditTests
{
    [Fact]
    public void The_share_is_reduced()
    {
        new Credit(new("a"), 2, 4).Share.Should().Be(new Ratio(1, 2));
        default(Credit).Share.Should().Be(Ratio.Zero);
    }

    [Theory]
    [InlineData("nothing", 0, 4)]
    [InlineData("negative", -1, 4)]
    [InlineData("more than everything", 5, 4)]
    [InlineData("a negative whole", -2, -1)]
    public void An_impossible_credit_is_refused_when_read(string reason, long weight, long total)
    {
        TermWriter writer = new();
        writer.Integer("weight", weight);
        writer.Integer("total", total);
        TermFailures failures = [];

        TermReader.Read(writer.ToNode(), failures, Credit.Read).Should().Be(default(Credit), reason);
        failures.Should().ContainSingle().Which.Code.Should().Be("terms.malformed");
    }
}
