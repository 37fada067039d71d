using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.DataDriven.Numerics;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>Fast ways of counting and summing give what the plain ones give.</summary>
public sealed class CountingTests
{
    [Fact]
    public void Windows_that_are_sorted_are_those_that_are_looked_up() =>
        Prop.ForAll(
            Journeys().ToArbitrary(),
            Gen.Choose(1, 8).ToArbitrary(),
            static (paths, order) =>
            {
                ChainCountsBuilder builder = new(order);
                for (int row = 0; row < paths.Rows.Count; row++)
                {
                    builder.Add(
                        paths.Rows.Path(row),
                        paths.Rows.Conversions[row],
                        paths.Rows.Nulls[row],
                        paths.Rows.Values[row]);
                }

                ChainCounts? sorted = WindowSort.Of(paths.Rows, order, convertingOnly: false);
                return sorted is null
                    ? order > 5
                    : sorted == builder.Build(paths.Rows.Channels);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Windows_of_no_journey_are_none()
    {
        WindowSort.Of(PathCounts.Of().Rows, 2, convertingOnly: false)!.StateCount.Should().Be(0);
        WindowSort.Of(Toys.Paths("A>B 0/3; B 0/1").Rows, 2, convertingOnly: true)!.StateCount.Should().Be(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(11)]
    public void Sums_over_subsets_are_those_of_all_subsets(int channels)
    {
        long[] numbers = [.. Enumerable.Range(0, 1 << channels).Select(static i => (i * 7919L % 1_000) - 300)];
        var sums = new long[numbers.Length];
        for (int set = 0; set < sums.Length; set++)
        {
            for (int part = set; ; part = (part - 1) & set)
            {
                sums[set] += numbers[part];
                if (part == 0)
                {
                    break;
                }
            }
        }

        double[] real = [.. numbers.Select(static n => (double)n)];
        Lattice.SumSubsets<long>(numbers);
        Lattice.SumSubsets<double>(real);

        numbers.Should().Equal(sums);
        real.Should().Equal(sums.Select(static s => (double)s));
    }

    [Theory]
    [InlineData("one value", "A>B 3/1=30; B>C 1/4=10; C 2/0=20; A>C 0/7")]
    [InlineData("several values", "A>B 3/1=31; B>C 1/4=10; C 2/0=-20; A>C 0/7")]
    public void More_journeys_than_half_a_number_holds_have_the_same_shares(string name, string journeys)
    {
        PathCounts few = Toys.Paths(journeys);
        PathCounts many = PathCounts.Of(few.Paths.Select(static p => new PathCount(
            p.Path, p.Conversions << 40, p.Nulls << 40, p.Value * (1L << 40))));

        ShapleyModel one = Toys.Shapley(few, ShapleyGame.SubsetRate);
        ShapleyModel other = Toys.Shapley(many, ShapleyGame.SubsetRate);

        other.Worths.Select(static w => w.Worth).Should().Equal(one.Worths.Select(static w => w.Worth), name);
        other.Worths.Select(static w => w.Value!.Value / (1L << 40)).Should()
            .Equal(one.Worths.Select(static w => w.Value!.Value), static (a, b) => Math.Abs(a - b) < 1e-9, name);
    }

    [Theory]
    [InlineData(1, "0", 1, "-0.000000000000001")]
    [InlineData(5, "123456789.123456789012345", 7, "-99999999999999999")]
    [InlineData(long.MaxValue / 2, "-0.01", 3, "0.02")]
    public void Values_add_up_in_parts(long count, string value, long otherCount, string otherValue)
    {
        Int128 units = ExactValue.Of(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
        Int128 more = ExactValue.Of(decimal.Parse(otherValue, System.Globalization.CultureInfo.InvariantCulture));

        var sum = UnitTally.Of(count, units) + UnitTally.Of(otherCount, more);

        UnitTally.CountOf(sum).Should().Be(count + otherCount);
        UnitTally.UnitsOf(sum).Should().Be(units + more);
        UnitTally.UnitsOf(sum - UnitTally.Of(otherCount, more)).Should().Be(units);
    }

    [Fact]
    public void Values_that_do_not_add_up_are_refused()
    {
        // Once for each touch: fifty times what a single one may be worth, and far more than can be held.
        PathCounts paths = PathCounts.Of(
            new PathCount([.. Enumerable.Repeat(new ChannelId("A"), 50)], 1, 0, 9e22m));

        FluentActions.Invoking(() => ModelComparison.Of(paths, [PathModel.Parse("linear")]))
            .Should().Throw<OverflowException>();
    }

    [Theory]
    [InlineData(1e-10, true)]
    [InlineData(1e-9, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void A_model_that_is_not_exact_is_refused(double bound, bool isExact)
    {
        // A journey in three converts, so that a bound of 4·10^-10 would be too great.
        MarkovModel model = Toys.Markov(Toys.Paths("A>B 1/0; B 0/2"), 1) with { ResidualBound = bound };

        Reason? refusal = MarkovModel.RefusalOf(model);

        (refusal is null).Should().Be(isExact);
        refusal?.Code.Should().Be(isExact ? null : DataDrivenReasons.NotExact);
        refusal?.ToString().Should().EndWith("max: 1.0E-9)");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Every_model_says_that_it_is_exact(int order)
    {
        PathCounts paths = Toys.Paths("A>B>A>C 2/1=5; B 1/3; C>A 0/4; A>A>B>A>A>B>C>A 3/2=-7; C 1/0");
        MarkovModel model = Toys.Markov(paths, order);

        (model.ResidualBound / model.ConversionProbability).Should().BeLessThan(1e-13);
    }

    // Up to thirty paths of up to nine touches of up to twelve channels.
    private static Gen<PathCounts> Journeys()
    {
        Gen<PathCount> path =
            from channels in Gen.Choose(1, 9).SelectMany(static n => Gen.Choose(0, 11).ArrayOf(n))
            from converted in Gen.Choose(0, 3)
            from lost in Gen.Choose(0, 5)
            select new PathCount(
                [.. channels.Select(static c => new ChannelId($"c{c:00}"))], converted, lost, converted * 1.5m);
        return from count in Gen.Choose(1, 30)
               from paths in path.ArrayOf(count)
               select PathCounts.Of(paths);
    }
}
