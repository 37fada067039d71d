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
}
