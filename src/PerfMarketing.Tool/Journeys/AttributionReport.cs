using System.Globalization;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Paths;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Journeys;

/// <summary>What <c>attribute</c> prints.</summary>
internal sealed record AttributionReport : ITerms
{
    /// <summary>The models side by side.</summary>
    public required ModelComparison Comparison { get; init; }

    /// <summary>What the models were called, in the same order.</summary>
    public required ValueList<string> Names { get; init; }

    /// <summary>The currency of the values; null when they have none.</summary>
    public string? Currency { get; init; }

    /// <summary>How many conversions have no touch, and so no credit.</summary>
    public required long Untouched { get; init; }

    /// <summary>How many lines of the log could not be used.</summary>
    public required long RejectedLines { get; init; }

    /// <summary>The paths; null when they were not asked for.</summary>
    public PathReport? Paths { get; init; }

    /// <summary>How long journeys took.</summary>
    public ValueList<TimeLag> Lags { get; init; } = [];

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("conversions", Comparison.Conversions);
        terms.Integer("journeys", Comparison.Journeys);
        terms.Number("value", Comparison.Value);
        terms.Value("currency", Currency);
        terms.Integer("conversionsWithoutTouch", Untouched);
        terms.Integer("rejectedLines", RejectedLines);
        terms.Add("models", TermNode.OfList(
            [.. Comparison.Models.Select((model, i) => ModelOf(model, Names[i]))]));
        if (Paths is { } paths)
        {
            terms.Add("topPaths", TermNode.OfList([.. paths.TopPaths.Select(PathOf)]));
            terms.Add("channels", TermNode.OfList([.. paths.Roles.Select(RoleOf)]));
            terms.Add("firstAndLast", TermNode.OfList([.. paths.FirstAndLast.Select(static pair => Object(
                ("first", pair.First), ("last", pair.Last), ("conversions", pair.Conversions)))]));
            terms.Add("pathLengths", TermNode.OfList([.. paths.Lengths.Select(static length => Object(
                ("touches", length.Touches), ("conversions", length.Conversions), ("value", length.Value)))]));
            terms.Add("timeLags", TermNode.OfList([.. Lags.Select(static lag => Object(
                ("days", lag.Days), ("conversions", lag.Conversions)))]));
            terms.Add("transitions", TermNode.OfList([.. paths.Moves.Select(MoveOf)]));
        }
    }

    /// <summary>A number with all its digits.</summary>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static TermNode ModelOf(ModelCredits model, string name) => Object(
        ("model", name),
        ("credits", model.Credits.Select(static credit => Object(
            ("channel", credit.Channel),
            ("credit", credit.Credit),
            ("value", credit.Value),
            ("removalEffect", credit.RemovalEffect)))),
        ("conversionProbability", model.Markov?.ConversionProbability),
        ("valuePerJourney", model.Markov?.ValuePerJourney),
        ("expectedSteps", model.Markov?.ExpectedSteps),
        ("residualBound", model.Markov?.ResidualBound),
        ("states", model.Markov?.StateCount),
        ("isUnstable", model.IsUnstable ? true : null),
        ("refusal", model.Refusal?.ToString()));

    private static TermNode PathOf(PathCount path) => Object(
        ("path", path.Path.Select(static channel => TermNode.OfText(channel.Value))),
        ("conversions", path.Conversions),
        ("nulls", path.Nulls),
        ("value", path.Value));

    private static TermNode RoleOf(ChannelRole role) => Object(
        ("channel", role.Channel),
        ("introduced", role.Introduced),
        ("assisted", role.Assisted),
        ("closed", role.Closed),
        ("involved", role.Involved),
        ("assistRatio", role.AssistRatio is null ? null : (double)role.Assisted / role.Closed));

    private static TermNode MoveOf(ChannelMove move) => Object(
        ("kind", EnumText.Of(move.Kind)),
        ("from", move.From.IsUnset ? null : move.From),
        ("to", move.To.IsUnset ? null : move.To),
        ("count", move.Count));

    private static TermNode Object(params (string Name, object? Value)[] terms)
    {
        List<string> names = [];
        List<TermNode> items = [];
        foreach ((string name, object? value) in terms)
        {
            if (value is not null)
            {
                names.Add(name);
                items.Add(NodeOf(value));
            }
        }

        return TermNode.OfObject(names.ToValueList(), items.ToValueList());
    }

    private static TermNode NodeOf(object value) => value switch
    {
        IEnumerable<TermNode> list => TermNode.OfList([.. list]),
        double number => TermNode.OfNumber(Text(number)),
        long or int or decimal => TermNode.OfNumber(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        bool flag => TermNode.OfFlag(flag),
        _ => TermNode.OfText(value.ToString()!),
    };
}
