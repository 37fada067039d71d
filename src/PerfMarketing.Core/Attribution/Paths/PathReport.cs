using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Paths;

/// <summary>
/// What paths tell without any model: which are walked most, who helps, how long they are, who follows whom.
/// </summary>
/// <remarks>Segments have reports of their own: see <see cref="SegmentTallies"/>. All numbers are whole.</remarks>
public sealed record PathReport
{
    /// <summary>The paths with the most conversions; of equal ones those in the order of channels.</summary>
    public required ValueList<PathCount> TopPaths { get; init; }

    /// <summary>How many distinct paths convert.</summary>
    public required int ConvertingPaths { get; init; }

    /// <summary>How each channel takes part, sorted by channel.</summary>
    public required ValueList<ChannelRole> Roles { get; init; }

    /// <summary>
    /// How often one channel was the first and another, or the same, the last of a converting journey.
    /// </summary>
    public required ValueList<ChannelPair> FirstAndLast { get; init; }

    /// <summary>How many converting journeys have how many touches, the shortest first.</summary>
    public required ValueList<PathLength> Lengths { get; init; }

    /// <summary>How often which touch followed which, ends included: the data of a flow diagram.</summary>
    public required ValueList<ChannelMove> Moves { get; init; }

    /// <summary>Reports on paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="topCount">How many of the top paths are listed; not negative.</param>
    public static PathReport Of(PathCounts paths, int topCount)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfNegative(topCount);
        PathCount[] converting = [.. paths.Paths.Where(static p => p.Conversions > 0)];
        return new()
        {
            TopPaths = [.. converting.OrderByDescending(static p => p.Conversions).Take(topCount)],
            ConvertingPaths = converting.Length,
            Roles = RolesOf(paths.Channels, converting),
            FirstAndLast = Pairs(converting),
            Lengths =
            [
                .. converting.GroupBy(static p => p.Path.Count).OrderBy(static g => g.Key)
                    .Select(static g => new PathLength(g.Key, Sum(g), g.Sum(static p => p.Value))),
            ],
            Moves = MovesOf(paths),
        };
    }

    private static long Sum(IEnumerable<PathCount> paths)
    {
        long sum = 0;
        foreach (PathCount path in paths)
        {
            sum += path.Conversions;
        }

        return sum;
    }

    private static ValueList<ChannelRole> RolesOf(ValueList<ChannelId> channels, PathCount[] converting)
    {
        Dictionary<ChannelId, ChannelRole> roles = channels.ToDictionary(
            static c => c, static c => new ChannelRole(c, 0, 0, 0, 0));
        foreach (PathCount path in converting)
        {
            (ChannelId first, ChannelId last) = (path.Path[0], path.Path[^1]);
            foreach (ChannelId channel in path.Path.Distinct())
            {
                ChannelRole role = roles[channel];
                roles[channel] = role with
                {
                    Involved = role.Involved + path.Conversions,
                    Introduced = role.Introduced + (channel == first ? path.Conversions : 0),
                    Closed = role.Closed + (channel == last ? path.Conversions : 0),
                    Assisted = role.Assisted + (channel == last ? 0 : path.Conversions),
                };
            }
        }

        return [.. channels.Select(channel => roles[channel])];
    }

    private static ValueList<ChannelPair> Pairs(PathCount[] converting) =>
    [
        .. converting.GroupBy(static p => (First: p.Path[0], Last: p.Path[^1]))
            .OrderBy(static g => g.Key.First).ThenBy(static g => g.Key.Last)
            .Select(static g => new ChannelPair(g.Key.First, g.Key.Last, Sum(g))),
    ];

    private static ValueList<ChannelMove> MovesOf(PathCounts paths)
    {
        ChainStates states = ChainCounts.Of(paths, 1).States;
        List<ChannelMove> moves = [];
        for (int state = 0; state < states.Count; state++)
        {
            ChannelId from = paths.Channels[states.Window(state)[0]];
            Add(moves, states.Starts[state], ChannelMoveKind.Start, default, from);
            for (int edge = states.EdgeStarts[state]; edge < states.EdgeStarts[state + 1]; edge++)
            {
                ChannelId to = paths.Channels[states.Window(states.EdgeTargets[edge])[0]];
                Add(moves, states.EdgeCounts[edge], ChannelMoveKind.Next, from, to);
            }

            Add(moves, states.Conversions[state], ChannelMoveKind.Conversion, from, default);
            Add(moves, states.Nulls[state], ChannelMoveKind.End, from, default);
        }

        return [.. moves];
    }

    private static void Add(List<ChannelMove> moves, long count, ChannelMoveKind kind, ChannelId from, ChannelId to)
    {
        if (count > 0)
        {
            moves.Add(new(kind, from, to, count));
        }
    }
}
