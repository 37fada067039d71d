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
}
