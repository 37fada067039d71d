using NodaTime;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.DataDriven.Columns;
using PerfMarketing.Attribution.DataDriven.Numerics;
using PerfMarketing.Attribution.Paths;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>Each of these was wrong in some other program.</summary>
public sealed class PitfallTests
{
    [Fact]
    public void A_row_without_journeys_adds_its_channels_and_nothing_else()
    {
        MarkovModel model = Toys.Markov(Toys.Paths("A>B 1/1; C>A 0/0"), 1);

        model.Effects.Select(static e => (e.Name, e.Removal)).Should().Equal(("A", 1), ("B", 1), ("C", 0));
        model.Effects[2].Credit.Should().Be(0);
    }

    [Fact]
    public void Empty_names_in_a_path_are_left_out()
    {
        PathCountsBuilder builder = new();

        builder.TryAddText(" > A >> B > ", 1, 0).Should().BeTrue();
        builder.TryAddText(">", 1, 0).Should().BeFalse();
        builder.TryAddText("  ", 5, 5).Should().BeFalse();
        FluentActions.Invoking(() => builder.TryAddText("", 1, 0)).Should().NotThrow();

        builder.Build().Paths.Should().Equal(new PathCount([.. Toys.Path("AB")], 1, 0, 0));
    }

    [Fact]
    public void A_single_touch_may_convert() =>
        Toys.Markov(Toys.Paths("A 1/9"), 3).Credits().Should().Equal(1);

    [Fact]
    public void A_channel_of_lost_journeys_only_has_no_effect()
    {
        PathCounts paths = Toys.Paths("A 1/1; B 0/7; B>B 0/1");

        Toys.Markov(paths, 2).Effects[1].Should().Be(new RemovalEffect("B", [new("B")], 0, null, 0, 0));
        Toys.Shapley(paths, ShapleyGame.Coverage).Worths[1].Credit.Should().Be(0);
    }

    [Fact]
    public void Without_a_channel_nothing_may_be_left() =>
        Toys.Markov(Toys.Paths("A>B 2/1; A>C 1/1"), 1).Effects[0].Removal.Should().Be(1);

    [Fact]
    public void Any_text_may_be_a_channel()
    {
        ChannelId[] odd =
        [
            new("(start)"), new("(null)"), new("(conversion)"), new("0"), new("e"), new(">"), new("a > b"),
            new("Paid Search"),
        ];
        PathCounts paths = PathCounts.Of(new PathCount([.. odd], 1, 1, 0));

        Toys.Markov(paths, 1).Effects.Select(static e => e.Removal).Should().AllBeEquivalentTo(1.0);
        paths.Paths.Single().Path.Should().Equal(odd);
        TermFailures failures = [];
        TermReader.Read(TermNode.Of(paths), failures, PathCounts.Read).Should().Be(paths);
        PathReport.Of(paths, 1).Moves.Should().HaveCount(1 + 7 + 2);
    }

    [Fact]
    public void Three_hundred_channels_are_no_more_trouble_than_three()
    {
        PathCountsBuilder builder = new();
        for (int i = 0; i < 300; i++)
        {
            builder.TryAddText($"c{i}>c{(i + 1) % 300}>c{(i + 7) % 300}", 1 + (i % 3), i % 5).Should().BeTrue();
        }

        PathCounts paths = builder.Build();
        foreach (int order in new[] { 1, 2, 5 })
        {
            MarkovModel model = Toys.Markov(paths, order);
            model.Effects.Should().HaveCount(300);
            model.Credits().Sum().Should().BeApproximately(paths.Conversions, 1e-9);
        }

        ShapleyModel.TryFit(paths, ShapleyGame.SubsetRate, out _, out Reason? refusal).Should().BeFalse();
        refusal!.ToString().Should().Be("model.too-many-channels (channels: 300, max: 20)");
    }

    [Fact]
    public void Too_many_channels_are_refused_by_name()
    {
        PathCountsBuilder builder = new();
        for (int i = 0; i < PathCountsBuilder.ChannelCountMax; i++)
        {
            builder.NumberOf(new($"c{i}"));
        }

        builder.NumberOf(new("c7")).Should().Be(7);
        FluentActions.Invoking(() => builder.NumberOf(new("one more"))).Should()
            .Throw<InvalidOperationException>().WithMessage("*65535 channels*");
    }

    [Fact]
    public void Weights_above_2_to_the_53_are_counted_exactly()
    {
        const long Many = (1L << 53) + 1;
        PathCounts paths = Toys.Paths($"A {Many}/{Many}; B 1/1");

        paths.Conversions.Should().Be(Many + 1);
        Toys.Markov(paths, 1).Effects[0].Credit.Should().BeApproximately(Many, 2);
        FluentActions.Invoking(() => Toys.Paths($"A {long.MaxValue}/0; B 1/0")).Should().Throw<OverflowException>();
    }

    [Fact]
    public void More_than_2_to_the_31_touches_are_counted_exactly()
    {
        const long Many = 3_000_000_000;
        PathCounts paths = Toys.Paths($"A>B {Many}/{Many}; B 1/0");

        paths.Journeys.Should().Be((2 * Many) + 1);
        PathReport.Of(paths, 1).Moves.Sum(static m => m.Count).Should().Be((6 * Many) + 2);
        ModelComparison.Of(paths, [PathModel.Parse("linear")]).Models[0].Credits.Select(static c => c.Credit)
            .Should().Equal(Many / 2.0, (Many / 2.0) + 1);
        ChainCounts days = ChainCounts.Of(paths, 2);
        days.Merge(days).Conversions.Should().Be((2 * Many) + 2);
    }

    // Three rows of one customer, each of them a conversion: three journeys, each with its own touch alone.
    [Fact]
    public void Each_row_that_converts_is_one_conversion_of_the_touches_since_the_last()
    {
        ColumnRun run = new(new([new("a"), new("b"), new("c")]));
        run.Add(new(
            customers: [0, 0, 0, 0],
            channels: [2, 0, 1, 1],
            ticks: [400, 100, 200, 300],
            conversions: [true, true, false, true]));

        ColumnCredits credits = run.Finish();

        credits.Chain.Conversions.Should().Be(3);
        credits.Linear.Select(static c => c.Credit).Should().Equal(1, 1, 1);
        credits.First.Select(static c => c.Credit).Should().Equal(1, 1, 1);
    }

    [Fact]
    public void Touches_of_one_instant_stand_in_the_order_of_the_input()
    {
        ColumnCredits Of(ushort[] channels)
        {
            ColumnRun run = new(new([new("a"), new("b")]));
            run.Add(new(customers: [0, 0], channels: channels, ticks: [5, 5], conversions: [false, true]));
            return run.Finish();
        }

        Of([0, 1]).First.Select(static c => c.Credit).Should().Equal(1, 0);
        Of([1, 0]).First.Select(static c => c.Credit).Should().Equal(0, 1);
    }

    [Fact]
    public void Negative_values_keep_their_sum()
    {
        PathCounts paths = Toys.Paths("A>B 2/1=10.10; B 1/0=-3.35; C 1/1=0.01");

        paths.Value.Should().Be(6.76m);
        Toys.Markov(paths, 1).Effects.Sum(static e => e.Value!.Value).Should().BeApproximately(6.76, 1e-12);
        ModelComparison all = ModelComparison.Of(paths, [.. PathModel.All.Select(static m => PathModel.Parse(m))]);
        foreach (ModelCredits model in all.Models.Where(static m => m.Refusal is null))
        {
            model.Credits.Sum(static c => c.Value!.Value).Should().BeApproximately(6.76, 1e-10, model.Model.ToString());
            model.Credits.Sum(static c => c.Credit).Should().BeApproximately(4, 1e-12, model.Model.ToString());
        }

        all.Models.Single(static m => m.Refusal is not null).Model.ToString().Should().Be("time-decay");
    }

    [Fact]
    public void Losses_that_cancel_have_no_proportion()
    {
        MarkovModel model = Toys.Markov(Toys.Paths("A 1/0=5; B 1/0=-5"), 1);

        model.Effects.Select(static e => e.Value).Should().AllBeEquivalentTo((double?)null);
        model.Effects.Select(static e => e.Credit).Should().Equal(1, 1);
    }

    [Fact]
    public void Without_a_converting_pair_Shao_and_Li_have_no_proportion()
    {
        PathCounts paths = Toys.Paths("A 1/2; B 1/6; C 1/9");

        ShapleyModel.TryFit(paths, ShapleyGame.ShaoLi, out _, out Reason? refusal).Should().BeFalse();
        refusal!.ToString().Should().Be("model.no-proportion (game: shao-li)");
        Toys.Shapley(Toys.Paths("A 1/2"), ShapleyGame.ShaoLi).Credits().Should().Equal(1);
        Toys.Shapley(Toys.Paths("A 1/2; B 1/6; A>B 1/9"), ShapleyGame.ShaoLi).Credits().Sum()
            .Should().BeApproximately(3, 1e-12);
    }

    [Fact]
    public void A_value_that_cannot_be_held_is_noted()
    {
        const string Path = """{"steps":["0"],"conversions":1,"value":1000000000000000000000000000}""";
        TermFailures failures = [];
        JsonText.TryRead($$"""{"format":1,"channels":["A"],"paths":[{{Path}}]}""", failures, out TermNode node)
            .Should().BeTrue();

        TermReader.Read(node, failures, PathCounts.Read);

        failures.Select(static f => (f.Path, f.Code)).Should().Equal(("$.paths[0].value", "terms.malformed"));
    }

    [Fact]
    public void Whatever_is_written_is_read_back_however_long_the_path()
    {
        // 65,535 channels in one path; after one touch, 10,000 others follow.
        PathCountsBuilder builder = new();
        int[] all = [.. Enumerable.Range(0, PathCountsBuilder.ChannelCountMax)
            .Select(i => builder.NumberOf(new($"c{i}")))];
        builder.Add(all, 1, 0);
        foreach (int next in all.Take(10_000))
        {
            builder.Add([0, next], 0, 1_000);
        }

        PathCounts paths = builder.Build();
        ChainCounts chain = ChainCounts.Of(paths, 1);

        Again(paths, PathCounts.Read).Should().Be(paths);
        Again(chain, ChainCounts.Read).Should().Be(chain);
    }

    [Fact]
    public void Cents_are_exact_however_many()
    {
        PathCountsBuilder builder = new();
        for (int i = 0; i < 1_000; i++)
        {
            builder.TryAddText("A", 1, 0, 0.1m).Should().BeTrue();
        }

        builder.Build().Value.Should().Be(100m);
    }

    [Fact]
    public void Nulls_never_enter_credits()
    {
        PathCounts few = Toys.Paths("A>B 3/1; B 1/1");
        PathCounts many = Toys.Paths("A>B 3/1000; B 1/1000");

        foreach (string model in new[] { "first", "last", "linear", "position", "position-decay", "shapley" })
        {
            ModelComparison.Of(many, [PathModel.Parse(model)]).Models[0].Credits
                .Should().Equal(ModelComparison.Of(few, [PathModel.Parse(model)]).Models[0].Credits, model);
        }
    }

    [Fact]
    public void A_chain_that_hardly_ever_ends_is_solved_by_elimination()
    {
        // A million turns between A and B before anything ends: sweeps would take for ever.
        PathCountsBuilder builder = new();
        int a = builder.NumberOf(new("A"));
        int b = builder.NumberOf(new("B"));
        int[] turns = [.. Enumerable.Range(0, 100_000).SelectMany(_ => (int[])[a, b])];
        builder.Add(turns, 1, 0);
        builder.Add([a], 0, 1);
        builder.Add([b, a], 1, 0);
        PathCounts paths = builder.Build();
        ChainGraph graph = ChainGraph.Of(ChainCounts.Of(paths, 2).States);

        MarkovModel model = Toys.Markov(paths, 2);

        new BlockSolver(graph).SolveBase().Should().BeNull();
        model.Removals().ShouldBeNear(1e-12, 1, 1);
        model.ExpectedStepsMax.Should().BeGreaterThan(60_000);
    }

    [Fact]
    public void Elimination_and_sweeps_agree()
    {
        PathCounts paths = Toys.Paths("A>B>A>C 2/1=7; B>D 1/3=2; C>A 0/4; A>A>B 3/2=1; C>D>C>B 1/0=4");
        ChainGraph graph = ChainGraph.Of(ChainCounts.Of(paths, 2).States);
        RemovalSets sets = new(graph, [0, 1, 2, 3], 4);
        ChainBase swept = new BlockSolver(graph).SolveBase()!;
        Elimination elimination = new(graph);
        ChainBase exact = elimination.All;
        (double[] conversions, double[] values, _) = new BlockSolver(graph).SolveHits(sets, swept, 1)!.Value;

        for (int i = 0; i < graph.Count; i++)
        {
            swept.Conversion[i].Should().BeApproximately(exact.Conversion[i], 1e-14);
            swept.Value[i].Should().BeApproximately(exact.Value[i], 1e-13);
            swept.Steps[i].Should().BeApproximately(exact.Steps[i], 1e-13);
        }

        for (int set = 0; set < 4; set++)
        {
            (double conversion, double value, _) = elimination.SolveHit(sets, set);
            conversions[set].Should().BeApproximately(conversion, 1e-14);
            values[set].Should().BeApproximately(value, 1e-13);
        }
    }

    [Fact]
    public void Time_decay_of_columns_takes_any_number_of_touches_and_any_span()
    {
        TimeDecayTally tally = new(Duration.FromDays(7));

        tally.Add(new int[1 << 18], new long[1 << 18], 3, 0);
        tally.Add([1, 0], [long.MinValue, long.MaxValue], 1, 0);

        tally.Credits([new("a"), new("b")]).Select(static c => c.Credit).ShouldBeNear(1e-12, 4, 0);
    }

    [Fact]
    public void Time_decay_of_columns_has_the_weights_of_the_rule()
    {
        TimeDecayTally tally = new(Duration.FromDays(7));
        long week = Duration.FromDays(7).ToInt64Nanoseconds();

        tally.Add([0, 1, 0], [0, week, 2 * week], 2, 70m);

        // 1/4, 1/2 and 1 of 7/4, twice.
        ValueList<ChannelCredit> credits = tally.Credits([new("b"), new("a")]);
        credits.Select(static c => c.Channel.Value).Should().Equal("a", "b");
        credits.Select(static c => c.Credit).ShouldBeNear(1e-15, 4 / 7.0, 10 / 7.0);
        credits.Select(static c => c.Value!.Value).ShouldBeNear(1e-15, 20, 50);
    }

    private static T Again<T>(T terms, Func<TermReader, T> read)
        where T : class, ITerms
    {
        TermFailures failures = [];
        JsonText.TryRead(JsonText.Write(TermNode.Of(terms)), failures, out TermNode node).Should().BeTrue();
        T? found = TermReader.Read(node, failures, read);
        failures.Should().BeEmpty();
        return found!;
    }
}
