using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Chain counts as terms.</summary>
internal static class ChainTerms
{
    internal static void Write(ChainCounts counts, TermWriter terms)
    {
        terms.Integer("format", ChainCounts.FormatVersion);
        terms.Integer("order", counts.Order);
        terms.Flag("convertingOnly", counts.IsConvertingOnly);
        terms.Values("channels", counts.Channels);
        terms.List("states", ValueList.Create<Row>(
            [.. Enumerable.Range(0, counts.StateCount).Select(i => Row.Of(counts.States, i))]));
    }

    internal static ChainCounts Read(TermReader terms)
    {
        terms.Format(ChainCounts.FormatVersion);
        long order = terms.Integer("order");
        bool convertingOnly = terms.Flag("convertingOnly");
        ValueList<ChannelId> listed = terms.Values<ChannelId>("channels");
        ChannelId[] channels = [.. listed.Distinct().Order()];
        ChainCounts empty = new ChainCountsBuilder(1).Build([]);
        ValueList<Row> rows = terms.List("states", Row.Read);
        if (order is < 1 or > MarkovOptions.OrderMax || channels.Length > ChannelTable.CountMax
            || channels.Any(static c => c.IsUnset) || !listed.SequenceEqual(channels))
        {
            terms.Fail("order", TermCodes.Malformed, "The order or the channels are out of range.");
            return empty;
        }

        try
        {
            ChainCountsBuilder builder = new((int)order);
            if (rows.All(row => row is not null && row.TryAdd(builder, (int)order, channels.Length))
                && builder.Build(channels, convertingOnly) is { } counts && IsWhole(counts.States)
                && (counts.Nulls == 0 || !convertingOnly))
            {
                return counts;
            }
        }
        catch (OverflowException)
        {
            // Noted below: such counts were never made by counting.
        }

        terms.Fail("states", TermCodes.Malformed, "These are not the counts of whole journeys.");
        return empty;
    }

    // What enters a state leaves it, and it can be reached from the start.
    private static bool IsWhole(ChainStates states)
    {
        var flow = (long[])states.Starts.Clone();
        var isReached = new bool[states.Count];
        Stack<int> open = new();
        for (int state = 0; state < states.Count; state++)
        {
            flow[state] -= states.Conversions[state] + states.Nulls[state];
            for (int edge = states.EdgeStarts[state]; edge < states.EdgeStarts[state + 1]; edge++)
            {
                flow[state] -= states.EdgeCounts[edge];
                flow[states.EdgeTargets[edge]] += states.EdgeCounts[edge];
            }

            if (states.Starts[state] > 0)
            {
                isReached[state] = true;
                open.Push(state);
            }
        }

        while (open.TryPop(out int state))
        {
            for (int edge = states.EdgeStarts[state]; edge < states.EdgeStarts[state + 1]; edge++)
            {
                int target = states.EdgeTargets[edge];
                if (!isReached[target])
                {
                    isReached[target] = true;
                    open.Push(target);
                }
            }
        }

        return Array.TrueForAll(flow, static f => f == 0) && Array.TrueForAll(isReached, static r => r);
    }

    private sealed record Row : ITerms
    {
        // A text is at most 65,536 characters long, and a step with its count takes 26.
        private const int NextPerText = 2_500;

        public required ushort[] Window { get; init; }

        public long Starts { get; init; }

        public long Conversions { get; init; }

        public long Nulls { get; init; }

        public decimal Value { get; init; }

        // What follows: the touch and how often.
        public required (ushort Step, long Count)[] Next { get; init; }

        public static Row Of(ChainStates states, int state) => new()
        {
            Window = states.Window(state).ToArray(),
            Starts = states.Starts[state],
            Conversions = states.Conversions[state],
            Nulls = states.Nulls[state],
            Value = ExactValue.ToDecimal(states.Values[state]),
            Next =
            [
                .. Enumerable.Range(states.EdgeStarts[state], states.EdgeStarts[state + 1] - states.EdgeStarts[state])
                    .Select(edge => (states.Window(states.EdgeTargets[edge])[^1], states.EdgeCounts[edge])),
            ],
        };

        public static Row Read(TermReader terms)
        {
            List<ushort> window = [];
            List<(ushort, long)> next = [];
            bool isSound = terms.Text("window").Split(' ').All(part => TryStep(part, window));
            foreach (string part in terms.Values<string>("next")
                .SelectMany(static text => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []))
            {
                string[] pair = part.Split(':');
                List<ushort> step = [];
                if (pair.Length == 2 && TryStep(pair[0], step)
                    && long.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out long count))
                {
                    next.Add((step[0], count));
                }
                else
                {
                    isSound = false;
                }
            }

            if (!isSound)
            {
                terms.Fail("window", TermCodes.Malformed, "A state is places of channels, and what follows them.");
            }

            return new()
            {
                Window = [.. window],
                Starts = terms.OptionalInteger("starts") ?? 0,
                Conversions = terms.OptionalInteger("conversions") ?? 0,
                Nulls = terms.OptionalInteger("nulls") ?? 0,
                Value = terms.Number("value", 0),
                Next = [.. next],
            };
        }

        public bool TryAdd(ChainCountsBuilder builder, int order, int channelCount)
        {
            if (Window.Length == 0 || Window.Length > order || Array.Exists(Window, step => step >= channelCount)
                || Starts < 0 || Conversions < 0 || Nulls < 0 || (Conversions == 0 && Value != 0)
                || (Window.Length < order && Next.Length > 0)
                || Array.Exists(Next, next => next.Step >= channelCount || next.Count <= 0))
            {
                return false;
            }

            int state = builder.StateOf(Window);
            builder.AddEnd(state, Starts, Conversions, Nulls, ExactValue.Of(Value));
            foreach ((ushort step, long count) in Next)
            {
                builder.Follow(state, step, count);
            }

            return true;
        }

        public void Write(TermWriter terms)
        {
            terms.Value("window", string.Join(' ', Window.Select(Text)));
            terms.Integer("starts", Starts == 0 ? null : Starts);
            terms.Integer("conversions", Conversions == 0 ? null : Conversions);
            terms.Integer("nulls", Nulls == 0 ? null : Nulls);
            terms.Number("value", Value == 0 ? null : Value);
            terms.Values("next", ValueList.Create<string>(
            [
                .. Next.Chunk(NextPerText).Select(static part =>
                    string.Join(' ', part.Select(static n => $"{Text(n.Step)}:{Text(n.Count)}"))),
            ]));
        }

        private static string Text<T>(T number)
            where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

        private static bool TryStep(string text, List<ushort> steps)
        {
            bool isStep = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort step);
            steps.Add(step);
            return isStep;
        }
    }
}
