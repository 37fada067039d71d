using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Primitives;

public sealed class ValueListTests
{
    [Fact]
    public void Lists_with_equal_items_are_equal()
    {
        ValueList<string> left = ["a", "b"];
        ValueList<string> right = ["a", "b"];

        (left == right).Should().BeTrue();
        left.GetHashCode().Should().Be(right.GetHashCode());
        (left == ["b", "a"]).Should().BeFalse();
    }

    [Fact]
    public void Adding_leaves_the_list_as_it_was()
    {
        ValueList<int> list = [1];

        list.Add(2).Should().Equal(1, 2);
        list.Should().Equal(1);
    }

    [Fact]
    public void A_list_of_one_item_is_like_any_other()
    {
        ValueList<string> list = ["a"];

        list.Count.Should().Be(1);
        list[0].Should().Be("a");
        list.AsSpan().ToArray().Should().Equal("a");
        list.Select(static t => t).Should().Equal("a");
        list.ToString().Should().Be("[a]");
        (list == ValueList<string>.Empty.Add("a")).Should().BeTrue();
        (list == ValueList<string>.Empty).Should().BeFalse();
        FluentActions.Invoking(() => list[1]).Should().Throw<IndexOutOfRangeException>();
    }
}
