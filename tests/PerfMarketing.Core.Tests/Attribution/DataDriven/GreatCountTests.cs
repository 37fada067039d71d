using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.DataDriven.Numerics;
using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>What is solved and shared out where numbers are great, beside the definition.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The games must come out the same each time.")]
public sealed class GreatCountTests
{
    // 84 journeys go to and fro some 2^53 times each before 64 of them convert. Beyond 2^53 the difference of what
    // leaves a state and what moves on is not how many journeys end there.
    [Fact]
    public void Ends_beside_more_moves_than_a_double_tells_apart_count()
    {
        const long Moves = (1L << 60) - 4_096;
        ChainStates states = new(1, 2, 2);
        (states.Windows[1], states.Lengths[0], states.Lengths[1]) = (1, 1, 1);
        (states.Starts[0], states.Conversions[0], states.Nulls[0]) = (84, 64, 20);
        (states.EdgeTargets[0], states.EdgeCounts[0], states.EdgeCounts[1]) = (1, Moves, Moves);
        (states.EdgeStarts[1], states.EdgeStarts[2]) = (1, 2);
        ChainGraph graph = ChainGraph.Of(states);
        ChainCounts counts = new([new ChannelId("a"), new ChannelId("b")], states);

        DenseChain.Solve(graph, double.PositiveInfinity).All.Conversion.Should().AllSatisfy(IsRight);
        DenseChain.Solve(graph, 0).All.Conversion.Should().AllSatisfy(IsRight);
        new Elimination(graph).All.Conversion.Should().AllSatisfy(IsRight);
        SubsetChains.Solve(counts, 2).Conversions.Should().SatisfyRespectively(
            static none => none.Should().Be(0),
            static first => first.Should().BeApproximately(64.0 / Moves, 1e-30),
            static second => second.Should().Be(0),
            IsRight);

        static void IsRight(double probability) => probability.Should().BeApproximately(64.0 / 84, 1e-12);
    }

    [Fact]
    public void Shapley_values_of_any_game_are_those_of_the_definition()
    {
        Random random = new(6);
        for (int channels = 1; channels <= 10; channels++)
        {
            var game = new double[1 << channels];
            for (int set = 1; set < game.Length; set++)
            {
                game[set] = (10 * random.NextDouble()) - 5;
            }

            double[] wanted = ByDefinition(game, channels);

            double[] found = Lattice.Shapley(game, channels);

            found.Should().Equal(wanted, static (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    private static double[] ByDefinition(double[] game, int channels) =>
    [
        .. Enumerable.Range(0, channels).Select(channel => Enumerable.Range(0, game.Length)
            .Where(set => (set >> channel & 1) == 0)
            .Sum(set => Weight(BitOperations.PopCount((uint)set), channels)
                * (game[set | (1 << channel)] - game[set]))),
    ];

    private static double Weight(int before, int channels) =>
        Factorial(before) * Factorial(channels - before - 1) / Factorial(channels);

    private static double Factorial(int number) => Enumerable.Range(1, number).Aggregate(1.0, static (a, b) => a * b);
}
