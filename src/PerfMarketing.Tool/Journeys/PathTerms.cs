using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Paths;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Journeys;

/// <summary>What paths tell, as terms.</summary>
internal static class PathTerms
{
    /// <summary>Writes a report on paths.</summary>
    /// <param name="terms">Where to write it.</param>
    /// <param name="paths">The report.</param>
    /// <param name="lags">How long the journeys took.</param>
    public static void Write(TermWriter terms, PathReport paths, ValueList<TimeLag> lags)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(paths);
        terms.Add("topPaths", TermNode.OfList([.. paths.TopPaths.Select(PathOf)]));
        terms.Add("channels", TermNode.OfList([.. paths.Roles.Select(RoleOf)]));
        terms.Add("firstAndLast", TermNode.OfList([.. paths.FirstAndLast.Select(static pair => PlainTerms.Object(
            ("first", pair.First), ("last", pair.Last), ("conversions", pair.Conversions)))]));
        terms.Add("pathLengths", TermNode.OfList([.. paths.Lengths.Select(static length => PlainTerms.Object(
            ("touches", length.Touches), ("conversions", length.Conversions), ("value", length.Value)))]));
        terms.Add("timeLags", TermNode.OfList([.. lags.Select(static lag => PlainTerms.Object(
            ("days", lag.Days), ("conversions", lag.Conversions)))]));
        terms.Add("transitions", TermNode.OfList([.. paths.Moves.Select(MoveOf)]));
    }

    /// <summary>A report on one segment's paths.</summary>
    public static TermNode SegmentOf(SegmentReport segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        TermWriter terms = new();
        terms.Value("segment", segment.Segment);
        terms.Integer("conversions", segment.Counts.Conversions);
        terms.Integer("journeys", segment.Counts.Journeys);
        terms.Number("value", segment.Counts.Value);
        Write(terms, segment.Paths, segment.Lags);
        return terms.ToNode();
    }

    private static TermNode PathOf(PathCount path) => PlainTerms.Object(
        ("path", path.Path.Select(static channel => TermNode.OfText(channel.Value))),
        ("conversions", path.Conversions),
        ("nulls", path.Nulls),
        ("value", path.Value));

    private static TermNode RoleOf(ChannelRole role) => PlainTerms.Object(
        ("channel", role.Channel),
        ("introduced", role.Introduced),
        ("assisted", role.Assisted),
        ("closed", role.Closed),
        ("involved", role.Involved),
        ("assistRatio", role.AssistRatio is null ? null : (double)role.Assisted / role.Closed));

    private static TermNode MoveOf(ChannelMove move) => PlainTerms.Object(
        ("kind", EnumText.Of(move.Kind)),
        ("from", move.From.IsUnset ? null : move.From),
        ("to", move.To.IsUnset ? null : move.To),
        ("count", move.Count));
}
