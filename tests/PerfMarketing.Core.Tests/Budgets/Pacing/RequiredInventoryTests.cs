using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Budgets.Pacing;

public sealed class RequiredInventoryTests
{
    // Source: cases/platform-cases.json, area pacing/required-inventory (Revive Adserver).
    [Theory]
    [InlineData("revive-required-imps-1", 1, 1, 0, 0, 10)]
    [InlineData("revive-required-imps-2", 1, 3, 0, 0, 4)]
    [InlineData("revive-required-imps-4", 100, 3, 200, 1_000, 0)]
    public void What_remains_is_divided_by_the_ratio_and_rounded_up(
        string id, long target, long tenths, long achieved, long bought, long required)
    {
        InventoryTarget wanted = new(target, new(tenths, 10)) { Achieved = achieved, Bought = bought };
        RequiredInventory.Of(wanted).Should().Be(required, id);
    }

    [Fact]
    public void The_ratio_that_was_observed_counts_as_soon_as_there_is_one()
    {
        InventoryTarget clicks = new(100, new(1, 2)) { Achieved = 0, Bought = 1_000 };

        clicks.Required().Should().Be(200, "a thousand requests without a click say no ratio");
        (clicks with { Achieved = 7 }).Required().Should().Be(13_286, "93 clicks at 7 in a thousand");
    }

    [Fact]
    public void The_first_target_that_is_still_open_decides()
    {
        InventoryTarget impressions = new(5_000, Ratio.One) { Achieved = 1_000, Bought = 1_000 };
        InventoryTarget clicks = new(10, new(1, 100)) { Achieved = 4, Bought = 1_000 };
        InventoryTarget reached = new(1, Ratio.One) { Achieved = 1, Bought = 1_000 };

        RequiredInventory.Of(impressions, clicks, reached).Should().Be(1_500, "6 clicks at 4 in a thousand");
        RequiredInventory.Of(reached, new(0, Ratio.One)).Should().Be(0);
        RequiredInventory.Of().Should().Be(0);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        FluentActions.Invoking(static () => new InventoryTarget(1, default).Required())
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(static () => new InventoryTarget(-1, Ratio.One).Required())
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(static () => new InventoryTarget(long.MaxValue, new(1, 1_000)).Required())
            .Should().Throw<OverflowException>();
    }
}
