using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.DataDriven.Numerics;
using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>Chains in which many touches lie between the start and what is removed.</summary>
public sealed class LongWayTests
{
    // Journeys start at the last channel, go back once from every channel, and convert at the first or are lost on the
    // way. What they do says nothing of a far channel for as many sweeps as there are channels between.
    [Theory]
    [InlineData(100, 0)]
    [InlineData(400, 0)]
    [InlineData(100, 1)]
    [InlineData(400, 1)]
    [InlineData(100, 5)]
    public void What_is_far_from_the_start_is_solved_or_left_to_elimination(int last, int lost)
    {
        ChainGraph graph = ChainGraph.Of(ChainCounts.Of(Ladder(last, lost), 1).States);
        RemovalSets sets = new(graph, [.. Enumerable.Range(0, last + 1)], last + 1);
        Elimination elimination = new(graph);
        ChainBase exact = elimination.All;
        BlockSolver solver = new(graph);

        ChainBase? all = solver.SolveBase();
        (double[] Conversion, double[] Value, double Bound)? found = solver.SolveHits(sets, exact, 1);

        all.Should().NotBeNull();
        for (int i = 0; i <= last; i++)
        {
            all!.Conversion[i].Should().BeApproximately(exact.Conversion[i], 1e-10);
        }

        for (int set = 0; set <= last && found is not null; set++)
        {
            found.Value.Conversion[set].Should().BeApproximately(
                elimination.SolveHit(sets, set).Conversion, 1e-10);
        }
    }

    private static PathCounts Ladder(int last, int lost)
    {
        List<ChannelId> path = [Channel(last)];
        List<PathCount> paths = [];
        for (int i = last - 1; i >= 0; i--)
        {
            path.Add(Channel(i));
            paths.Add(new([.. path], 0, lost, 0));
            path.AddRange([Channel(i + 1), Channel(i)]);
        }

        return PathCounts.Of([.. paths.Where(static p => p.Nulls > 0), new([.. path], 10, 0, 0)]);
    }

    private static ChannelId Channel(int number) => new($"c{number:000}");
}
