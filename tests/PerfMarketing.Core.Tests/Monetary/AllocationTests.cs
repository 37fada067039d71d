using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Monetary;

public sealed class AllocationTests
{
    // Source: cases/billing-cases.json, kind allocation; decimal and fractional weights over their common denominator.
    public static TheoryData<string, long, long[], long[]> Cases => new()
    {
        { "allocate-100-by-1_1_1", 100, [1, 1, 1], [34, 33, 33] },
        { "allocate-101-by-1_1_1", 101, [1, 1, 1], [34, 34, 33] },
        { "allocate-5-by-3_7", 5, [3, 7], [2, 3] },
        { "allocate--5-by-7_3", -5, [7, 3], [-4, -1] },
        { "allocate-5-by-0_7_3", 5, [0, 7, 3], [0, 4, 1] },
        { "allocate-5-by-7_0_3", 5, [7, 0, 3], [4, 0, 1] },
        { "allocate-5-by-0_0_1", 5, [0, 0, 1], [0, 0, 5] },
        { "allocate-0-by-0_0_1", 0, [0, 0, 1], [0, 0, 0] },
        { "allocate-1-by-0.33_0.66", 1, [33, 66], [0, 1] },
        { "allocate-101-by-7_3", 101, [7, 3], [71, 30] },
        { "allocate-15-by-1_1", 15, [1, 1], [8, 7] },
        { "allocate-99-by-1_1_1", 99, [1, 1, 1], [33, 33, 33] },
        { "allocate-500-by-1_1_1", 500, [1, 1, 1], [167, 167, 166] },
        { "allocate-1000-by-1_1_1", 1000, [1, 1, 1], [334, 333, 333] },
        { "allocate-5-by-1_1", 5, [1, 1], [3, 2] },
        { "allocate-100-by-1_1_1_1_1_1", 100, [1, 1, 1, 1, 1, 1], [17, 17, 17, 17, 16, 16] },
        { "allocate-100-by-0.07_0.03", 100, [7, 3], [70, 30] },
        { "allocate-10-by-0.1_0.2_0.1", 10, [1, 2, 1], [3, 5, 2] },
        { "allocate-15-by-4/5_2/25_3/25", 15, [20, 2, 3], [12, 1, 2] },
        { "ten cents in twelve parts", 10, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0] },
    };

    // Source: cases/billing-cases.json, kind allocation.
    public static TheoryData<string, long[]> Invalid => new()
    {
        { "allocate-error-empty-weights", [] },
        { "allocate-error-all-zero-weights", [0, 0] },
        { "allocate-error-negative-weight", [1, -1] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parts_follow_the_largest_remainder(string id, long total, long[] weights, long[] parts)
    {
        Allocation.Split(total, weights).Should().Equal(parts, id);
        Allocation.Split(-total, weights).Should().Equal(parts.Select(static p => -p), id);
        Money.FromMinor(total, Currency.Eur).Allocate(weights).Select(static m => m.MinorUnits)
            .Should().Equal(parts, id);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Weights_that_divide_nothing_are_refused(string id, long[] weights)
    {
        Action split = () => Allocation.Split(100, weights);

        split.Should().Throw<InvalidAllocationException>(id).Which.Code.Should().Be(AllocationCodes.InvalidWeights);
    }

    [Fact]
    public void Largest_totals_and_weights_do_not_overflow()
    {
        long[] weights = [.. Enumerable.Repeat(long.MaxValue, 100)];

        Allocation.Split(long.MinValue, weights).Sum().Should().Be(long.MinValue);
        Allocation.Split(Money.MinorUnitsMax, [long.MaxValue, 1]).Should().Equal(Money.MinorUnitsMax, 0);
    }

    // Source: cases/budget-and-experiment-cases.json, area money-split.
    [Fact]
    public void A_budget_is_split_over_the_days_of_a_month()
    {
        long[] days = [.. Enumerable.Repeat(1L, 31)];

        Allocation.Split(10_000, days).Should().Equal(
            Enumerable.Repeat(323L, 18).Concat(Enumerable.Repeat(322L, 13)), "money-split-1");
    }

    // Source: cases/billing-cases.json, kind allocation-fractions; the last row is ours.
    [Theory]
    [InlineData("allocate-error-over-100pct", "1/2 1/2 1/2", AllocationCodes.SumExceedsOne)]
    [InlineData("allocate-error-two-remainders", "remaining 2/25 remaining", AllocationCodes.TwoRemainders)]
    [InlineData("nobody takes what remains", "1/2 1/3", AllocationCodes.SumBelowOne)]
    [InlineData("no common denominator of 64 bits", "1/9223372036854775807 1/9223372036854775806 remaining",
        AllocationCodes.InvalidWeights)]
    [InlineData("no shares", "", AllocationCodes.InvalidWeights)]
    public void Shares_that_do_not_make_up_the_whole_are_refused(string id, string text, string code)
    {
        AllocationShare[] shares = Shares(text);
        Action weigh = () => Allocation.Weights(shares);

        Allocation.Check(shares)!.Code.Should().Be(code, id);
        weigh.Should().Throw<InvalidAllocationException>(id).Which.Code.Should().Be(code);
    }

    [Theory]
    [InlineData("allocate-remaining-zero", 15, "1/2 1/2 remaining", new long[] { 8, 7, 0 })]
    [InlineData("what remains may come first", 100, "remaining 2/25 1/3", new long[] { 59, 8, 33 })]
    [InlineData("all of it remains", 7, "remaining", new long[] { 7 })]
    [InlineData("allocate-15-by-4/5_2/25_3/25", 15, "4/5 2/25 3/25", new long[] { 12, 1, 2 })]
    public void Shares_are_allocated_as_weights(string id, long total, string text, long[] parts)
    {
        Allocation.Check(Shares(text)).Should().BeNull(id);
        Allocation.Split(total, Allocation.Weights(Shares(text))).Should().Equal(parts, id);
    }

    [Fact]
    public void A_share_is_read_strictly()
    {
        AllocationShare.Parse("4/50").ToString().Should().Be("2/25");
        AllocationShare.Parse("remaining").Should().Be(AllocationShare.Remaining);
        AllocationShare.TryParse("Remaining", null, out _).Should().BeFalse();
        AllocationShare.TryParse("-1/2", null, out _).Should().BeFalse();
        FluentActions.Invoking(() => AllocationShare.Of(new Ratio(-1, 2)))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => AllocationShare.Parse("half")).Should().Throw<FormatException>();
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused()
    {
        FluentActions.Invoking(() => Allocation.Split(1, new long[] { 1, 1 }, new long[1]))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Allocation.Split(0.0000000000001m, [1], new decimal[1]))
            .Should().Throw<ArgumentException>("thirteen decimals cannot be divided at twelve");
        FluentActions.Invoking(() => Allocation.Split(1, new long[Allocation.PartCountMax + 1]))
            .Should().Throw<InvalidAllocationException>();
    }

    [Fact]
    public void Allocating_makes_at_most_one_array()
    {
        long[] weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        var parts = new Money[10];
        Money money = 100.Eur;
        _ = money.Allocate(weights);
        money.Allocate(weights, parts);

        long before = GC.GetAllocatedBytesForCurrentThread();
        money.Allocate(weights, parts);
        long none = GC.GetAllocatedBytesForCurrentThread() - before;
        _ = money.Allocate(weights);
        long one = GC.GetAllocatedBytesForCurrentThread() - before - none;

        none.Should().Be(0);
        one.Should().BeLessThanOrEqualTo(24 + (10 * 16));
    }

    [Fact]
    public void Credited_counts_sum_to_the_count()
    {
        var parts = new decimal[3];
        Allocation.Split(1m, [1, 1, 1], parts);

        parts.Should().Equal(0.333333333334m, 0.333333333333m, 0.333333333333m);
    }

    [Fact]
    public void A_share_is_exact_or_has_twelve_decimals()
    {
        Accrual amount = new(100m, Currency.Eur);

        amount.Share(new Ratio(2, 5)).Amount.Should().Be(40m);
        amount.Share(new Ratio(2, 3)).Amount.Should().Be(66.666666666667m);
        (-amount).Share(new Ratio(2, 3)).Amount.Should().Be(-66.666666666667m);
    }

    private static AllocationShare[] Shares(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static t => AllocationShare.Parse(t))];
}
