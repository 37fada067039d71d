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

    /// <summary>A tier has no price, no rate and no flat amount, or both a price and a rate.</summary>
    public const string TierPays = "payout.tier-pays";

    /// <summary>A tier's term does not go with the mode or the measures of its model.</summary>
    public const string TierTerm = "payout.tier-term";

    /// <summary>A block's size is not above zero.</summary>
    public const string SizeNotPositive = "payout.size-not-positive";

    /// <summary>Something is measured that cannot be, or not there.</summary>
    public const string MeasureRefused = "payout.measure-refused";

    /// <summary>An allowance names neither outcomes nor a value, or one that is not above zero.</summary>
    public const string AllowanceMissing = "payout.allowance-missing";

    /// <summary>A model that reads the tally stands where only prices of one outcome may.</summary>
    public const string TallyNested = "payout.tally-nested";

    /// <summary>A model that re-prices earlier results stands inside one that would bend its price.</summary>
    public const string RepricingNested = "payout.repricing-nested";

    /// <summary>There is no rate, or there are more than <see cref="Models.ByLine.RateCountMax"/>.</summary>
    public const string LineRateCount = "payout.line-rate-count";

    /// <summary>A rate by line names no article, category or brand and has no condition.</summary>
    public const string LineRateUnnamed = "payout.line-rate-unnamed";

    /// <summary>
    /// A list of a rate by line has more than <see cref="Models.LineRate.NameCountMax"/> names, or one twice.
    /// </summary>
    public const string LineNameCount = "payout.line-name-count";

    /// <summary>A sku, category or brand is no name that a line of an order can have.</summary>
    public const string LineName = "payout.line-name";

    /// <summary>A model that reads the tally stands where one line of an order is priced alone.</summary>
    public const string LineTally = "payout.line-tally";

    /// <summary>An amount has another currency than the contract.</summary>
    public const string CurrencyMismatch = "payout.currency-mismatch";

    /// <summary>An amount has more decimals than exact amounts keep (12).</summary>
    public const string TooPrecise = "payout.too-precise";

    /// <summary>A floor is not above zero.</summary>
    public const string FloorNotPositive = "payout.floor-not-positive";

    /// <summary>
    /// A factor is not above zero, above <see cref="Models.Multiplied.FactorMax"/>, or has more than 9 decimals.
    /// </summary>
    public const string FactorOutOfRange = "payout.factor-out-of-range";

    /// <summary>There is no model to add or to choose from, or there are more than 64.</summary>
    public const string ModelCount = "payout.model-count";

    /// <summary>There is no case, or there are more than <see cref="Models.FirstMatch.CaseCountMax"/>.</summary>
    public const string CaseCount = "payout.case-count";

    /// <summary>A case has no condition.</summary>
    public const string ConditionMissing = "payout.condition-missing";

    /// <summary>
    /// There is no instalment, or there are more than <see cref="Models.Drip.InstalmentCountMax"/>.
    /// </summary>
    public const string InstalmentCount = "payout.instalment-count";

    /// <summary>Instalments are payable every day, week, month, quarter or year, and not so.</summary>
    public const string DripPeriod = "payout.drip-period";

    /// <summary>
    /// The first instalment is delayed by less than nothing, or by more than
    /// <see cref="Models.Drip.InstalmentCountMax"/> periods.
    /// </summary>
    public const string DripDelay = "payout.drip-delay";

    /// <summary>Instalments stand inside another model: only what is posted can be spread.</summary>
    public const string DripInside = "payout.drip-inside";

    /// <summary>There is no band, or there are too many.</summary>
    public const string BandCount = "payout.band-count";

    /// <summary>A band does not end above the one before it.</summary>
    public const string BandsNotAscending = "payout.bands-not-ascending";

    /// <summary>The last band has an end, or an earlier one has none: something would have no price, or two.</summary>
    public const string BandEnd = "payout.band-end";

    /// <summary>A number of outcomes or months is below 1 or too great.</summary>
    public const string TermOutOfRange = "payout.term-out-of-range";
}
