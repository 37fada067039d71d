using System.Globalization;
using PerfMarketing.Attribution.DataDriven;
using Xunit.Abstractions;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>
/// The example data of ChannelAttribution 2.2.4, which lies beside the repository and not in it: without it these tests
/// compare nothing, and say so.
/// </summary>
public sealed class PathDataTests(ITestOutputHelper output)
{
    private const string Absent = "../shared/data is not there: nothing to compare with.";

    // Sorted by name: removal effect of order 1, credits of orders 1 to 4, coverage.
    private static readonly (string Channel, double Removal, double[] Markov, double Coverage)[] Exact =
    [
        ("alpha", 0.558399489507747, [5344.947682085, 5617.453854, 5748.098650, 5814.108549], 7627.944047619),
        ("beta", 0.264038535741236, [2527.352166520, 2439.648976, 2405.534040, 2401.273919], 1982.739285714),
        ("delta", 0.000481995758039, [4.613618311, 5.159056, 5.070844, 5.320742], 2.292857143),
        ("epsilon", 0.062638582275490, [599.570650463, 614.373523, 623.432061, 622.112895], 374.677380952),
        ("eta", 0.349026331871146, [3340.847401501, 3391.858163, 3396.070645, 3401.827087], 3613.655952381),
        ("gamma", 0.017879974419969, [171.145442694, 171.918183, 178.482808, 179.208510], 138.185714286),
        ("iota", 0.405835004471944, [3884.614701875, 3810.511044, 3791.029167, 3771.937946], 3505.044047619),
        ("kappa", 0.028663386655466, [274.363255955, 266.027054, 264.239346, 260.930646], 159.057142857),
        ("lambda", 0.134022122809700, [1282.847223394, 1189.472022, 1150.740020, 1139.752117], 987.782142857),
        ("mi", 0.000179945819894, [1.722424556, 2.073189, 2.126775, 2.154941], 2.666666667),
        ("theta", 0.206010462772770, [1971.912879887, 1902.473610, 1849.812647, 1816.534702], 1190.963095238),
        ("zeta", 0.039810517817383, [381.062552758, 374.031325, 370.362997, 369.837943], 199.991666667),
    ];

    [Theory]
    [InlineData(1, 12, 114, 1e-9)]
    [InlineData(2, 120, 952, 5e-7)]
    [InlineData(3, 933, 4213, 5e-7)]
    [InlineData(4, 3975, 9226, 5e-7)]
    public void Removal_effects_are_those_of_the_reference(int order, int states, int moves, double digits)
    {
        if (Read() is not { } paths)
        {
            output.WriteLine(Absent);
            return;
        }

        ChainCounts counts = ChainCounts.Of(paths, order);
        MarkovModel model = Toys.Markov(paths, order);

        counts.StateCount.Should().Be(states);
        (counts.MoveCount - Loops(counts.States) + counts.States.Starts.Count(static c => c > 0)).Should().Be(
            moves, "the reference counts moves from the start too, and no stays");
        model.ConversionProbability.Should().BeApproximately(0.22384513559686378, 1e-16);
        model.ValuePerJourney.Should().BeApproximately(0.8463119190289391, 1e-15);
        model.ResidualBound.Should().BeLessThan(1e-14);
        model.Effects.Select(static e => e.Name).Should().Equal(Exact.Select(static e => e.Channel));
        foreach ((RemovalEffect effect, var exact) in model.Effects.Zip(Exact))
        {
            // The reference has nine or six decimals of each credit.
            effect.Credit.Should().BeApproximately(exact.Markov[order - 1], digits, effect.Name);
        }

        if (order == 1)
        {
            model.Removals().ShouldBeNear(3e-12, [.. Exact.Select(static e => e.Removal)]);
        }

        model.Effects.Sum(static e => e.Credit).Should().BeApproximately(19_785, 1e-8);
        model.Effects.Sum(static e => e.Value!.Value).Should().BeApproximately(74_802.97158721084, 1e-7);
    }

    [Fact]
    public void Coverage_is_that_of_the_reference()
    {
        if (Read() is not { } paths)
        {
            output.WriteLine(Absent);
            return;
        }

        Toys.Shapley(paths, ShapleyGame.Coverage).Credits()
            .ShouldBeNear(1e-9, [.. Exact.Select(static e => e.Coverage)]);

        // Unstable by its nature, and the reference says how much: rare channels come out far from their data.
        ShapleyModel rate = Toys.Shapley(paths, ShapleyGame.SubsetRate);
        rate.Worths[9].Credit.Should().BeApproximately(2_203, 0.5);
        rate.Worths[11].Credit.Should().BeApproximately(-89.8, 0.05);
        rate.Worths.Sum(static w => w.Worth).Should().BeApproximately(0.22384513559686378, 1e-14);
    }

    [Fact]
    public void Rules_on_paths_are_those_of_the_reference()
    {
        if (Read() is not { } paths)
        {
            output.WriteLine(Absent);
            return;
        }

        ModelComparison all = ModelComparison.Of(paths, [PathModel.Parse("first"), PathModel.Parse("linear")]);

        all.Conversions.Should().Be(19_785);
        all.Journeys.Should().Be(88_387);
        all.Models[0].Credits[0].Credit.Should().Be(6308);
        all.Models[1].Credits[0].Credit.Should().BeApproximately(7574.718593751, 1e-9);
        all.Models[1].Credits.Sum(static c => c.Value!.Value).Should().BeApproximately(74_802.97158721084, 1e-7);
    }

    internal static PathCounts? Read()
    {
        if (SharedLogs.Rows("channelattribution_pathdata.csv.gz") is not { } rows)
        {
            return null;
        }

        PathCountsBuilder builder = new();
        foreach (string[] row in rows)
        {
            builder.TryAddText(row[0], Long(row[1]), Long(row[3]), decimal.Parse(row[2], CultureInfo.InvariantCulture))
                .Should().BeTrue();
        }

        return builder.Build();
    }

    private static int Loops(ChainStates states) => Enumerable.Range(0, states.Count).Count(state =>
        states.EdgeTargets.AsSpan()[states.EdgeStarts[state]..states.EdgeStarts[state + 1]].Contains(state));

    private static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
