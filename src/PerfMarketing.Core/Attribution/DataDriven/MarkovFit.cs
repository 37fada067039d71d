using PerfMarketing.Attribution.DataDriven.Numerics;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>One fitting of a <see cref="MarkovModel"/>.</summary>
internal sealed class MarkovFit
{
    private readonly ChainCounts counts;
    private readonly MarkovOptions options;
    private readonly List<(string Name, ValueList<ChannelId> Channels)> sets = [];
    private readonly int[] setOf;

    internal MarkovFit(ChainCounts counts, MarkovOptions options)
    {
        this.counts = counts;
        this.options = options;
        setOf = options.Groups.Count > 0 ? Group() : Alone();
    }

    internal MarkovModel Fit()
    {
        ChainGraph graph = ChainGraph.Of(counts.States);
        bool isDense = counts.Order == 1 && graph.Count <= DenseChain.CountMax && options.Groups.Count == 0;
        Solved solved = options.Removal == RemovalMode.Skip ? Skip(graph)
            : isDense ? Dense(graph)
            : Sparse(graph);
        double converted = counts.Conversions;
        double journeys = counts.Journeys;
        double steps = 0;
        foreach (double entered in graph.Entered)
        {
            steps += entered;
        }

        return new()
        {
            Order = counts.Order,
            Removal = options.Removal,
            IsConvertingOnly = counts.IsConvertingOnly,
            Conversions = counts.Conversions,
            Journeys = counts.Journeys,
            Value = counts.Value,
            ConversionProbability = converted / journeys,
            ValuePerJourney = (double)counts.Value / journeys,
            ExpectedSteps = steps / journeys,
            ExpectedStepsMax = solved.StepsMax,
            ResidualBound = solved.Bound,
            StateCount = counts.StateCount,
            Effects = EffectsOf(solved),
        };
    }

    // Channels are sorted, and each is a set.
    private int[] Alone()
    {
        var places = new int[counts.Channels.Count];
        for (int i = 0; i < places.Length; i++)
        {
            ChannelId channel = counts.Channels[i];
            sets.Add((channel.Value, ValueList<ChannelId>.One(channel)));
            places[i] = i;
        }

        return places;
    }

    private int[] Group()
    {
        Dictionary<ChannelId, ChannelGroup> groupOf = [];
        foreach (ChannelGroup group in options.Groups)
        {
            foreach (ChannelId channel in group.Channels)
            {
                if (!groupOf.TryAdd(channel, group))
                {
                    throw new ArgumentException($"The channel '{channel}' is in two groups.", nameof(options));
                }
            }
        }

        sets.AddRange(options.Groups.Select(static g => (g.Name, g.Channels)));
        sets.AddRange(counts.Channels.Where(channel => !groupOf.ContainsKey(channel))
            .Select(static channel => (channel.Value, ValueList.Create<ChannelId>([channel]))));
        sets.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        if (sets.Zip(sets.Skip(1)).Any(static pair => pair.First.Name == pair.Second.Name))
        {
            throw new ArgumentException("A group has the name of another group or channel.", nameof(options));
        }

        Dictionary<ChannelId, int> places = [];
        for (int i = 0; i < sets.Count; i++)
        {
            foreach (ChannelId channel in sets[i].Channels)
            {
                places[channel] = i;
            }
        }

        return [.. counts.Channels.Select(channel => places[channel])];
    }

    private ValueList<RemovalEffect> EffectsOf(Solved solved)
    {
        double probability = (double)counts.Conversions / counts.Journeys;
        double worth = (double)counts.Value;
        double mean = worth / counts.Journeys;
        double hits = 0;
        double losses = 0;
        bool hasValue = false;
        for (int i = 0; i < sets.Count; i++)
        {
            hits += solved.Hits[i];
            losses += solved.Losses[i];
            hasValue |= solved.Losses[i] != 0;
        }

        var effects = new RemovalEffect[sets.Count];
        for (int i = 0; i < effects.Length; i++)
        {
            effects[i] = new(
                sets[i].Name,
                sets[i].Channels,
                Math.Min(solved.Hits[i] / probability, 1),
                worth == 0 ? null : solved.Losses[i] / mean,
                solved.Hits[i] / hits * counts.Conversions,
                !hasValue && worth == 0 ? 0 : losses == 0 ? null : solved.Losses[i] / losses * worth);
        }

        return ValueList<RemovalEffect>.Own(effects);
    }

    // What comes directly out of a window with the channel is lost; visits of a state are known from the counts.
    private Solved Skip(ChainGraph graph)
    {
        ChainBase all = BaseOf(graph);
        var lost = new long[sets.Count];
        var worth = new Int128[sets.Count];
        ChainStates states = counts.States;
        for (int state = 0; state < states.Count; state++)
        {
            foreach (int set in states.Window(state).ToArray().Select(channel => setOf[channel]).Distinct())
            {
                lost[set] += states.Conversions[state];
                worth[set] += states.Values[state];
            }
        }

        double journeys = counts.Journeys;
        return new(
            [.. lost.Select(count => count / journeys)],
            [.. worth.Select(value => ExactValue.ToDouble(value) / journeys)],
            Rounding.Last * counts.Conversions / journeys,
            all.StepsMax);
    }

    private Solved Dense(ChainGraph graph)
    {
        DenseSolution found = DenseChain.Solve(graph, MarkovModel.RemovalErrorMax);
        var hits = new double[sets.Count];
        var losses = new double[sets.Count];
        for (int place = 0; place < graph.Count; place++)
        {
            int set = setOf[counts.States.Window(graph.Order[place])[0]];
            (hits[set], losses[set]) = (found.Hits[place], found.Losses[place]);
        }

        return new(hits, losses, found.Bound, found.All.StepsMax);
    }

    private Solved Sparse(ChainGraph graph)
    {
        RemovalSets removed = new(graph, setOf, sets.Count);
        BlockSolver solver = new(graph);
        double boundMax = MarkovModel.RemovalErrorMax * counts.Conversions / counts.Journeys;
        if (solver.SolveBase() is { } all
            && solver.SolveHits(removed, all, options.Threads) is { } found && found.Bound <= boundMax)
        {
            return new(found.Conversion, found.Value, found.Bound, all.StepsMax);
        }

        Elimination exact = new(graph);
        var hits = new double[sets.Count];
        var losses = new double[sets.Count];
        double bound = 0;
        for (int set = 0; set < hits.Length; set++)
        {
            (hits[set], losses[set], double off) = exact.SolveHit(removed, set);
            bound = Math.Max(bound, off);
        }

        return new(hits, losses, bound, exact.All.StepsMax);
    }

    private static ChainBase BaseOf(ChainGraph graph) =>
        new BlockSolver(graph).SolveBase() ?? new Elimination(graph).All;

    private sealed record Solved(double[] Hits, double[] Losses, double Bound, double StepsMax);
}
