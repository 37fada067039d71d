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

    /// <summary>How the orders of models were chosen, by the names of these; none unless asked for.</summary>
    public IReadOnlyDictionary<string, MarkovOrder> Orders { get; init; } = new Dictionary<string, MarkovOrder>();

    /// <summary>The paths; null when they were not asked for.</summary>
    public PathReport? Paths { get; init; }

    /// <summary>How long journeys took.</summary>
    public ValueList<TimeLag> Lags { get; init; } = [];

    /// <summary>The paths of each segment; null when they were not asked for.</summary>
    public ValueList<SegmentReport>? Segments { get; init; }

    /// <summary>How the order of a model was chosen; null when it was given.</summary>
    public MarkovOrder? OrderOf(string name) => Orders.GetValueOrDefault(name);

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
            PathTerms.Write(terms, paths, Lags);
        }

        if (Segments is { } segments)
        {
            terms.Add("segments", TermNode.OfList([.. segments.Select(PathTerms.SegmentOf)]));
        }
    }

    /// <summary>A number with all its digits.</summary>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private TermNode ModelOf(ModelCredits model, string name) => PlainTerms.Object(
        ("model", name),
        ("credits", model.Credits.Select(static credit => PlainTerms.Object(
            ("channel", credit.Channel),
            ("credit", credit.Credit),
            ("value", credit.Value),
            ("removalEffect", credit.RemovalEffect)))),
        ("conversionProbability", model.Markov?.ConversionProbability),
        ("valuePerJourney", model.Markov?.ValuePerJourney),
        ("expectedSteps", model.Markov?.ExpectedSteps),
        ("residualBound", model.Markov?.ResidualBound),
        ("states", model.Markov?.StateCount),
        ("order", OrderOf(name)?.Order),
        ("orders", OrderOf(name)?.Scores.Select(static score => PlainTerms.Object(
            ("order", score.Order),
            ("windows", score.Windows),
            ("learnt", score.Learnt),
            ("heldOut", score.HeldOut)))),
        ("isUnstable", model.IsUnstable ? true : null),
        ("refusal", model.Refusal?.ToString()));
}
