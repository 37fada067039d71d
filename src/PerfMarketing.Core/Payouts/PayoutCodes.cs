namespace PerfMarketing.Payouts;

/// <summary>The codes of what can be wrong with a payout model.</summary>
public static class PayoutCodes
{
    /// <summary>No model has this name, or the model's type was never registered: it would never pay.</summary>
    public const string ModelUnknown = "payout.model-unknown";

    /// <summary>A clause or a decorator has no model.</summary>
    public const string ModelMissing = "payout.model-missing";

    /// <summary>Models are nested deeper than <see cref="PayoutModelCatalog.DepthMax"/>.</summary>
    public const string TooDeep = "payout.too-deep";

    /// <summary>A price is below zero.</summary>
    public const string PriceNegative = "payout.price-negative";

    /// <summary>A rate lies outside 0 % to 100 %.</summary>
    public const string RateOutOfRange = "payout.rate-out-of-range";

    /// <summary>A cap is not above zero.</summary>
    public const string CapNotPositive = "payout.cap-not-positive";

    /// <summary>There is no tier, or there are more than <see cref="Models.Tiered.TierCountMax"/>.</summary>
    public const string TierCount = "payout.tier-count";

    /// <summary>A tier does not end above the one before it.</summary>
    public const string TiersNotAscending = "payout.tiers-not-ascending";

    /// <summary>
    /// The last tier has an end, or an earlier one has none: some quantity would have no price, or two.
    /// </summary>
    public const string TierEnd = "payout.tier-end";

    /// <summary>An amount has another currency than the contract.</summary>
    public const string CurrencyMismatch = "payout.currency-mismatch";

    /// <summary>An amount has more decimals than exact amounts keep (12).</summary>
    public const string TooPrecise = "payout.too-precise";
}
