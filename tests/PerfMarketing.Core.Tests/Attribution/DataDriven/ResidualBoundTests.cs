using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.DataDriven.Numerics;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>
/// No removal is further off than the model says, whichever way it was solved: compared with fractions of whole
/// numbers, on chains in which journeys go round up to 10^11 times for each that ends.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "The chains must come out the same each time.")]
public sealed class ResidualBoundTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_way_of_solving_is_further_off_than_it_says(int order)
    {
        Random random = new(order);
        for (int i = 0; i < 60; i++)
        {
            ShouldHold(Circling(random, order, digits: i / 5));
        }
    }

    [Theory]
    [InlineData(20, 3)]
    [InlineData(40, 0)]
    [InlineData(40, 6)]
    [InlineData(60, 1)]
    public void On_ladders_that_are_climbed_for_long_it_is_no_further_off_than_it_says(int last, int digits) =>
        ShouldHold(Ladder(last, new(last), digits));

    [Fact]
    public void Counts_beyond_what_a_number_tells_apart_are_exact_too()
    {
        ChainCountsBuilder builder = new(1);
        AddRound(builder, [0, 1, 2], (1L << 58) + 12_345, 64, 20);
        AddRound(builder, [1, 2], (1L << 57) + 1, 3, 1);

        ShouldHold(Build(builder, 3));
    }

    [Fact]
    public void What_is_usual_is_proven_to_a_part_in_ten_trillions()
    {
        Random random = new(9);
        for (int i = 0; i < 20; i++)
        {
            ChainCounts counts = Circling(random, 1 + (i % 3), digits: 0);

            MarkovModel model = Fit(counts);

            (model.ResidualBound / model.ConversionProbability).Should().BeLessThan(1e-13);
        }
    }

    private static MarkovModel Fit(ChainCounts counts, MarkovOptions? options = null)
    {
        MarkovModel.TryFit(counts, out MarkovModel? model, out Reason? refusal, options).Should().BeTrue($"{refusal}");
        return model!;
    }

    private static void ShouldHold(ChainCounts counts)
    {
        int[] alone = [.. Enumerable.Range(0, counts.Channels.Count)];
        MarkovModel model = Fit(counts);
        double each = (double)counts.Conversions / counts.Journeys;
        Within(counts, alone, [.. model.Effects.Select(effect => effect.Removal * each)], model.ResidualBound);

        ChainGraph graph = ChainGraph.Of(counts.States);
        RemovalSets sets = new(graph, alone, alone.Length);
        BlockSolver solver = new(graph);
        if (solver.SolveBase() is { } all && solver.SolveHits(sets, all, 1) is { } found)
        {
            Within(counts, alone, found.Conversion, found.Bound);
        }

        Elimination exact = new(graph);
        foreach (int set in alone)
        {
            (double hit, _, double bound) = exact.SolveHit(sets, set);
            ExactChain.IsWithin(hit, bound, counts, alone, set).Should().BeTrue();
            bound.Should().BeLessThan(1e-12 * each);
        }

        DenseShouldHold(counts, graph, alone);
        PairsShouldHold(counts, each);
    }

    private static void DenseShouldHold(ChainCounts counts, ChainGraph graph, int[] alone)
    {
        if (counts.Order > 1)
        {
            return;
        }

        foreach (double most in new[] { double.PositiveInfinity, 0 })
        {
            DenseSolution dense = DenseChain.Solve(graph, most);
            var hits = new double[alone.Length];
            for (int place = 0; place < graph.Count; place++)
            {
                hits[counts.States.Window(graph.Order[place])[0]] = dense.Hits[place];
            }

            Within(counts, alone, hits, dense.Bound);
        }
    }

    private static void PairsShouldHold(ChainCounts counts, double each)
    {
        MarkovModel model = Fit(counts, new()
        {
            Groups = [new(counts.Channels[0].Value, [counts.Channels[0], counts.Channels[1]])],
        });
        int[] setOf = [.. counts.Channels.Select((_, i) => Math.Max(0, i - 1))];
        Within(counts, setOf, [.. model.Effects.Select(effect => effect.Removal * each)], model.ResidualBound);
    }

    private static void Within(ChainCounts counts, int[] setOf, double[] hits, double bound)
    {
        for (int set = 0; set < hits.Length; set++)
        {
            ExactChain.IsWithin(hits[set], bound, counts, setOf, set).Should().BeTrue();
        }
    }

    // Rounds of up to four of six channels, each gone round as often as it has digits, and left by a few journeys.
    private static ChainCounts Circling(Random random, int order, int digits)
    {
        ChainCountsBuilder builder = new(order);
        int rounds = random.Next(2, 6);
        for (int i = 0; i < rounds; i++)
        {
            ushort[] round = new ushort[random.Next(1, 5)];
            for (int step = 0; step < round.Length; step++)
            {
                round[step] = (ushort)random.Next(6);
            }

            AddRound(
                builder,
                round,
                random.NextInt64((long)Math.Exp(digits * Math.Log(10))),
                i == 0 ? 1 : random.Next(3),
                random.Next(1, 4));
        }

        return Build(builder, 6);
    }

    private static ChainCounts Ladder(int last, Random random, int digits)
    {
        ChainCountsBuilder builder = new(1);
        builder.Add([.. Enumerable.Range(0, last + 1).Select(static step => (ushort)step)], 10, 3, 0);
        for (int i = 0; i < last; i++)
        {
            AddRound(
                builder,
                [(ushort)i, (ushort)(i + 1)],
                random.NextInt64((long)Math.Exp(digits * Math.Log(10))),
                random.Next(2),
                i % 3);
        }

        return Build(builder, last + 1);
    }

    // Journeys along a round, long enough to have all its windows, and others without end that only go round.
    private static void AddRound(ChainCountsBuilder builder, ushort[] round, long times, long converted, long lost)
    {
        if (converted + lost == 0)
        {
            return;
        }

        const int OrderMax = MarkovOptions.OrderMax;
        ushort[] path = [.. Enumerable.Range(0, OrderMax + round.Length).Select(step => round[step % round.Length])];
        builder.Add(path, converted, lost, 0);
        int order = builder.Order;
        int state = builder.StateOf(path.AsSpan(0, order));
        for (int step = 0; step < round.Length && times > 0; step++)
        {
            state = builder.Follow(state, path[order + step], times);
        }
    }

    private static ChainCounts Build(ChainCountsBuilder builder, int channels) =>
        builder.Build([.. Enumerable.Range(0, channels).Select(static number => new ChannelId($"c{number:000}"))]);
}
