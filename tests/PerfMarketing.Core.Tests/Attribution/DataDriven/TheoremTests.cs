using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>What holds for every set of journeys, whatever they are.</summary>
public sealed class TheoremTests
{
    private const double Tight = 1e-11;

    [Fact]
    public void Effects_are_shares_that_add_up_to_all_conversions() =>
        Check(static (paths, order) =>
        {
            MarkovModel model = Toys.Markov(paths, order);
            return model.Effects.All(static e => e.Removal is >= 0 and <= 1)
                && Near(model.Credits().Sum(), paths.Conversions)
                && model.ResidualBound < 1e-12;
        });

    [Fact]
    public void A_removal_loses_what_the_chain_without_the_channel_does_not_convert() =>
        Check(static (paths, order) =>
        {
            ChainCounts counts = ChainCounts.Of(paths, order);
            MarkovModel model = Toys.Markov(paths, order);
            double[] naive = NaiveChain.Removals(counts);
            return Near(NaiveChain.Probability(counts), model.ConversionProbability)
                && model.Removals().Zip(naive).All(static pair => Math.Abs(pair.First - pair.Second) < 1e-11);
        });

    [Fact]
    public void The_chain_converts_as_often_as_journeys_do_and_is_worth_as_much() =>
        Check(static (paths, order) =>
        {
            MarkovModel model = Toys.Markov(paths, order);
            double touches = paths.Paths.Sum(static p => (double)p.Path.Count * (p.Conversions + p.Nulls));
            return Near(model.ConversionProbability, (double)paths.Conversions / paths.Journeys)
                && Near(model.ValuePerJourney, (double)paths.Value / paths.Journeys)
                && (order > 1 || Near(model.ExpectedSteps, touches / paths.Journeys));
        });

    // A window is a state: what stays in it longer is one of its channel alone, as many times as the order and more.
    [Fact]
    public void Staying_in_a_state_changes_nothing() =>
        Check(static (paths, order) =>
            (order > 1 || Same(Toys.Markov(paths, 1), Toys.Markov(Longer(paths, 3), 1)))
            && Same(Toys.Markov(Longer(paths, order), order), Toys.Markov(Longer(paths, order + 3), order)));

    [Fact]
    public void Leaving_repeats_out_of_paths_changes_a_model_of_order_2()
    {
        // Two ways meet in the window B, B: by A it converts, by D it does not.
        Toys.Markov(Toys.Paths("A>B>B>C 1/0; D>B>B>E 0/1"), 2).Removals()[0].Should().Be(0.5);
        Toys.Markov(Toys.Paths("A>B>C 1/0; D>B>E 0/1"), 2).Removals()[0].Should().Be(1);
    }

    [Fact]
    public void Windows_that_fill_up_from_the_start_have_the_same_effects() =>
        Check(static (paths, order) =>
        {
            ValueList<ChannelId> start = [.. Enumerable.Repeat(new ChannelId("~"), order)];
            PathCounts padded = PathCounts.Of(paths.Paths.Select(p => p with { Path = [.. start, .. p.Path] }));
            return Toys.Markov(paths, order).Removals().Zip(Toys.Markov(padded, order).Removals())
                .All(static pair => Math.Abs(pair.First - pair.Second) < Tight);
        });

    [Fact]
    public void Names_change_no_effect() =>
        Check(static (paths, order) =>
        {
            PathCounts turned = PathCounts.Of(paths.Paths.Select(static p => p with
            {
                Path = [.. p.Path.Select(static c => new ChannelId(((char)('A' + 'D' - c.Value[0])).ToString()))],
            }));
            return Toys.Markov(paths, order).Removals().Zip(Toys.Markov(turned, order).Removals().Reverse())
                .All(static pair => Math.Abs(pair.First - pair.Second) < Tight);
        });

    [Fact]
    public void Repeats_change_linear_credit_and_neither_that_of_order_1_nor_of_coverage()
    {
        PathCounts paths = Toys.Paths("A>B 2/1; B>C 1/3");
        PathCounts longer = Toys.Paths("A>A>A>B 2/1; B>C 1/3");

        Same(Toys.Markov(paths, 1), Toys.Markov(longer, 1)).Should().BeTrue();
        Toys.Shapley(longer, ShapleyGame.Coverage).Credits().Should()
            .Equal(Toys.Shapley(paths, ShapleyGame.Coverage).Credits());
        PathModel linear = PathModel.Parse("linear");
        ModelComparison.Of(longer, [linear]).Models[0].Credits.Should()
            .NotEqual(ModelComparison.Of(paths, [linear]).Models[0].Credits);
    }

    [Fact]
    public void A_group_loses_what_the_chain_without_all_its_channels_does_not_convert() =>
        Check(static (paths, order) =>
        {
            ChainCounts counts = ChainCounts.Of(paths, order);
            ChannelId[] pair = [.. paths.Channels.Take(2)];
            MarkovModel model = Toys.Markov(paths, order, new() { Groups = [new("0pair", [.. pair])] });
            double without = NaiveChain.Probability(counts, [.. Enumerable.Range(0, pair.Length)]);
            return Math.Abs(
                model.Effects[0].Removal - (1 - (without / model.ConversionProbability))) < Tight;
        });

    [Fact]
    public void With_windows_as_long_as_the_longest_path_the_effect_is_the_share_that_took_part() =>
        Check(static (paths, _) =>
        {
            double[] removals = Toys.Markov(paths, MarkovOptions.OrderMax).Removals();
            return paths.Channels.Select((channel, i) => Near(
                removals[i],
                (double)paths.Paths.Where(p => p.Path.Contains(channel)).Sum(static p => p.Conversions)
                    / paths.Conversions)).All(static same => same);
        });

    [Fact]
    public void The_dense_and_the_sparse_way_agree() =>
        Check(static (paths, _) =>
        {
            MarkovOptions alone = new()
            {
                Groups = [.. paths.Channels.Select(static c => new ChannelGroup(c.Value, [c]))],
            };
            MarkovModel dense = Toys.Markov(paths, 1);
            MarkovModel sparse = Toys.Markov(paths, 1, alone);
            return Same(dense, sparse) && dense.Effects.Zip(sparse.Effects).All(static pair =>
                Near(pair.First.Value ?? 0, pair.Second.Value ?? 0));
        });

    [Fact]
    public void Order_of_rows_and_their_splitting_change_no_bit() =>
        Check(static (paths, order) =>
        {
            PathCount[] turned = [.. paths.Paths.Reverse().SelectMany(Split)];
            PathCounts other = PathCounts.Of(turned);
            return other == paths && other.Digest == paths.Digest
                && Toys.Markov(other, order) == Toys.Markov(paths, order)
                && Toys.Markov(other, order, new() { Threads = 4 }) == Toys.Markov(paths, order)
                && Toys.Shapley(other, ShapleyGame.Coverage) == Toys.Shapley(paths, ShapleyGame.Coverage);
        });

    [Fact]
    public void More_of_the_same_changes_no_effect() =>
        Check(static (paths, order) =>
        {
            PathCounts tenfold = PathCounts.Of(paths.Paths.Select(static p =>
                new PathCount(p.Path, 10 * p.Conversions, 10 * p.Nulls, 10 * p.Value)));
            return Same(Toys.Markov(paths, order), Toys.Markov(tenfold, order));
        });

    [Fact]
    public void Merged_counts_are_those_of_all_journeys() =>
        Check(static (paths, order) =>
        {
            PathCount[] all = [.. paths.Paths];
            PathCounts left = PathCounts.Of(all.Where(static (_, i) => i % 2 == 0));
            PathCounts right = PathCounts.Of(all.Where(static (_, i) => i % 2 == 1));
            return left.Merge(right) == paths && right.Merge(left) == paths
                && ChainCounts.Of(left, order).Merge(ChainCounts.Of(right, order)) == ChainCounts.Of(paths, order);
        });

    [Fact]
    public void Counts_come_back_from_their_terms() =>
        Check(static (paths, order) =>
        {
            ChainCounts chain = ChainCounts.Of(paths, order);
            TermFailures failures = [];
            return TermReader.Read(TermNode.Of(paths), failures, PathCounts.Read) == paths
                && TermReader.Read(TermNode.Of(chain), failures, ChainCounts.Read) == chain && failures.IsEmpty;
        });

    [Fact]
    public void Shapley_values_add_up_to_what_all_are_worth() =>
        Check(static (paths, _) =>
            Near(Toys.Shapley(paths, ShapleyGame.Coverage).Credits().Sum(), paths.Conversions)
            && Near(Sum(paths, ShapleyGame.SubsetRate), (double)paths.Conversions / paths.Journeys)
            && Near(Sum(paths, ShapleyGame.Markov), (double)paths.Conversions / paths.Journeys)
            && Near(Toys.Shapley(paths, ShapleyGame.ExactSetRate).Credits().Sum(), paths.Conversions));

    [Fact]
    public void Shapley_values_are_those_of_all_orders_of_joining() =>
        Check(static (paths, _) =>
        {
            double[] found = [.. Toys.Shapley(paths, ShapleyGame.SubsetRate).Worths.Select(static w => w.Worth)];
            return found.Zip(NaiveShapley(paths)).All(static pair => Math.Abs(pair.First - pair.Second) < 1e-12);
        });

    private static double Sum(PathCounts paths, ShapleyGame game) =>
        Toys.Shapley(paths, game).Worths.Sum(static w => w.Worth);

    // By the definition: each order of joining, and what a channel adds when it joins.
    private static double[] NaiveShapley(PathCounts paths)
    {
        ChannelId[] channels = [.. paths.Channels];
        var sums = new double[channels.Length];
        double orders = 0;
        foreach (int[] order in Orders([.. Enumerable.Range(0, channels.Length)]))
        {
            orders++;
            HashSet<ChannelId> joined = [];
            double before = 0;
            foreach (int channel in order)
            {
                joined.Add(channels[channel]);
                PathCount[] inside = [.. paths.Paths.Where(p => p.Path.All(joined.Contains))];
                long journeys = inside.Sum(static p => p.Conversions + p.Nulls);
                double now = journeys == 0 ? 0 : (double)inside.Sum(static p => p.Conversions) / journeys;
                sums[channel] += now - before;
                before = now;
            }
        }

        return [.. sums.Select(sum => sum / orders)];
    }

    private static IEnumerable<int[]> Orders(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(item => Orders([.. items.Where(i => i != item)]).Select(rest => (int[])[item, .. rest]));

    private static PathCounts Longer(PathCounts paths, int times) => PathCounts.Of(paths.Paths.Select(p => p with
    {
        Path = [.. p.Path.SelectMany(channel => Enumerable.Repeat(channel, times))],
    }));

    private static PathCount[] Split(PathCount path) => path.Conversions > 1
        ?
        [
            path with { Conversions = 1, Nulls = 0, Value = path.Value - 0.01m },
            path with { Conversions = path.Conversions - 1, Value = 0.01m },
        ]
        : [path];

    private static bool Same(MarkovModel left, MarkovModel right) =>
        left.Removals().Zip(right.Removals()).All(static pair => Math.Abs(pair.First - pair.Second) < Tight);

    private static bool Near(double found, double wanted) =>
        Math.Abs(found - wanted) <= Tight * Math.Max(1, Math.Abs(wanted));

    private static void Check(Func<PathCounts, int, bool> holds) => Prop.ForAll(
        Journeys().ToArbitrary(),
        Gen.Choose(1, 4).ToArbitrary(),
        holds).QuickCheckThrowOnFailure();

    // Up to twelve paths of up to six touches of four channels; at least one converts.
    private static Gen<PathCounts> Journeys()
    {
        Gen<PathCount> path =
            from channels in Gen.Choose(1, 6).SelectMany(static n => Gen.Elements('A', 'B', 'C', 'D').ArrayOf(n))
            from converted in Gen.Choose(0, 3)
            from lost in Gen.Choose(0, 5)
            from cents in Gen.Choose(0, 10_000)
            select new PathCount(
                [.. Toys.Path(new string(channels))], converted, lost, converted == 0 ? 0 : cents / 100m);
        return from count in Gen.Choose(1, 12)
               from paths in path.ArrayOf(count)
               from some in path
               select PathCounts.Of(
                   [.. paths.Where(static p => p.Conversions + p.Nulls > 0), some with { Conversions = 1 }]);
    }
}
