using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Budgets.Pacing;

public sealed class ValueHistogramTests
{
    [Fact]
    public void Every_number_is_in_the_bin_whose_edges_are_around_it()
    {
        SeededRandom random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            double ratio = Math.Exp(random.Between(-5_000_000, 5_000_000) / 1e6);
            int bin = ValueHistogram.BinOf(ratio);
            ratio.Should().BeGreaterThanOrEqualTo(ValueHistogram.LowOf(bin))
                .And.BeLessThan(ValueHistogram.HighOf(bin));
        }

        for (int bin = 1; bin < ValueHistogram.Bins; bin++)
        {
            double edge = ValueHistogram.LowOf(bin);
            ValueHistogram.BinOf(edge).Should().Be(bin);
            ValueHistogram.BinOf(Math.BitDecrement(edge)).Should().Be(bin - 1);
        }

        ValueHistogram.BinOf(0).Should().Be(0);
        ValueHistogram.BinOf(double.Epsilon).Should().Be(0);
        ValueHistogram.BinOf(double.MaxValue).Should().Be(255);
        ValueHistogram.BinOf(double.PositiveInfinity).Should().Be(255);
    }

    [Fact]
    public void Folding_takes_in_once_what_was_counted_and_lets_the_rest_fade()
    {
        ValueHistogram values = new();
        values.Count(2, 10);
        values.Count(0.5, 30);
        values.Fold(1, 1).Should().Be(40);
        values.Mass.Should().Be(40);

        values.Count(2, 4);
        values.Fold(0.5, 0.5).Should().Be(4);
        values.Mass.Should().Be((40 * 0.25) + (4 * 0.5));
        values.Fold(1, 1).Should().Be(0);
        values.PartFrom(1.9).Should().BeApproximately(4.5 / 12, 1e-6);
        values.Best(4.5 / 12).Should().Be((ValueHistogram.BinOf(2), 1));
    }

    // A thread that was held up writes an old sum while a minute ended: what others counted is lost, no more.
    [Fact]
    public void A_sum_that_was_set_back_adds_nothing()
    {
        ValueHistogram values = new();
        values.Count(2, 100);
        values.Fold(1, 1).Should().Be(100);
        values.Count(2, -40);
        values.Count(4, 5);

        values.Fold(1, 1).Should().Be(5);
        values.Mass.Should().Be(105);
        values.Count(2, 7);
        values.Fold(1, 1).Should().Be(7);
    }

    [Fact]
    public void Counts_beyond_64_bits_with_a_sign_stay_positive()
    {
        ValueHistogram values = new();
        for (int i = 0; i < 15; i++)
        {
            values.Count(1, BudgetCounter.AmountMax);
        }

        values.Fold(1, 1).Should().BeApproximately(15e18, 1e10);
    }
}
