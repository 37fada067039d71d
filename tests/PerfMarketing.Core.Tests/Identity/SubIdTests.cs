using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Identity;

public sealed class SubIdTests
{
    [Theory]
    [InlineData("sub1=newsletter-7", "sub1", "newsletter-7")]
    [InlineData("click-ref=a=b", "click-ref", "a=b")]
    public void Texts_come_back_as_they_were(string text, string name, string value)
    {
        SubId sub = SubId.Parse(text);

        (sub.Name, sub.Value).Should().Be((name, value));
        sub.ToString().Should().Be(text);
        sub.Should().Be(new SubId(name, value));
    }

    [Theory]
    [InlineData("sub1")]
    [InlineData("=x")]
    [InlineData("sub1=")]
    [InlineData("Sub1=x")]
    [InlineData("1sub=x")]
    [InlineData("sub1= x")]
    [InlineData("sub1=ann@example.org")]
    [InlineData("sub1=ann%40example.org")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_texts_are_refused(string? text)
    {
        SubId.TryParse(text, null, out SubId sub).Should().BeFalse();
        sub.ToString().Should().BeEmpty();
    }

    [Fact]
    public void Names_and_values_have_bounds()
    {
        new SubId(new string('a', 32), new string('v', 200)).ToString().Should().HaveLength(233);
        FluentActions.Invoking(() => new SubId(new string('a', 33), "v")).Should().Throw<FormatException>();
        FluentActions.Invoking(() => new SubId("a", new string('v', 201))).Should().Throw<FormatException>();
        FluentActions.Invoking(() => default(SubId).Name).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Sub_ids_sort_by_name_then_value()
    {
        SubId first = new("sub1", "b");
        SubId second = new("sub2", "a");

        (first < second && first <= second && second > first && second >= first).Should().BeTrue();
        (new SubId("sub1", "a") < first).Should().BeTrue();
    }
}
