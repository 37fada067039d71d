namespace PerfMarketing.Attribution;

/// <summary>What can be wrong with an attribution rule.</summary>
public static class AttributionCodes
{
    /// <summary>There is no attribution rule where one is required.</summary>
    public const string RuleMissing = "attribution.rule-missing";

    /// <summary>
    /// No rule has this tag, or the rule's type is not the one registered for its tag: it would never give credit.
    /// </summary>
    public const string RuleUnknown = "attribution.rule-unknown";

    /// <summary>The lookback window is zero: no touch would ever count.</summary>
    public const string LookbackEmpty = "attribution.lookback-empty";

    /// <summary>A share of the credit is below 0 or above 1.</summary>
    public const string ShareOutOfRange = "attribution.share-out-of-range";

    /// <summary>A share of the credit has more than 9 decimals.</summary>
    public const string ShareTooFine = "attribution.share-too-fine";

    /// <summary>Shares of the credit add up to more than 1.</summary>
    public const string SharesAboveOne = "attribution.shares-above-one";

    /// <summary>A half-life is not above 0.</summary>
    public const string HalfLifeNotPositive = "attribution.half-life-not-positive";

    /// <summary>A fitted rule lacks its model, or the model its name or version.</summary>
    public const string ModelInvalid = "attribution.model-invalid";

    /// <summary>A weight of a fitted model is out of range, or of no channel.</summary>
    public const string ModelWeightOutOfRange = "attribution.model-weight-out-of-range";

    /// <summary>The weights of a fitted model are not in the order of their channels, or one has two.</summary>
    public const string ModelNotSorted = "attribution.model-not-sorted";

    /// <summary>No channel of a fitted model weighs anything: it would never give credit.</summary>
    public const string ModelWeighsNothing = "attribution.model-weighs-nothing";

    /// <summary>A rule inside another has terms that only the outermost rule may have, such as a lookback.</summary>
    public const string InnerTerms = "attribution.inner-terms";

    /// <summary>A list of the rule is empty, or longer than it may be.</summary>
    public const string CountOutOfRange = "attribution.count-out-of-range";

    /// <summary>
    /// A weight is below 0 or above <see cref="Rules.CustomWeights.WeightMax"/>, or no weight is above 0.
    /// </summary>
    public const string WeightOutOfRange = "attribution.weight-out-of-range";

    /// <summary>A mark names a place and a milestone, or neither.</summary>
    public const string MarkUnclear = "attribution.mark-unclear";

    /// <summary>A text may not name a fact, or values are listed without one.</summary>
    public const string FactName = "attribution.fact-name";

    /// <summary>No credit is left for anybody: every share is 0.</summary>
    public const string NoShare = "attribution.no-share";

    /// <summary>A rule about owners names no claims that make one.</summary>
    public const string ClaimsMissing = "attribution.claims-missing";
}
