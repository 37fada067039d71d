namespace PerfMarketing.Attribution;

/// <summary>Why a touch got nothing, and why nobody got credit.</summary>
public static class AttributionReasons
{
    /// <summary>The touch has the id of another touch that counts; a touch counts once.</summary>
    public const string Duplicate = "attribution.duplicate";

    /// <summary>A test touch does not count for an outcome that is no test.</summary>
    public const string Test = "attribution.test";

    /// <summary>The touch happened after the conversion.</summary>
    public const string AfterConversion = "attribution.after-conversion";

    /// <summary>The touch was recorded after it was decided who gets the credit.</summary>
    public const string TouchLate = "attribution.touch-late";

    /// <summary>The journey was cut at an earlier outcome, and the touch belongs to that one.</summary>
    public const string BeforeCut = "attribution.before-cut";

    /// <summary>The conversion lies at or after the end of the touch's lookback window.</summary>
    public const string OutsideLookback = "attribution.outside-lookback";

    /// <summary>
    /// The step between touch and conversion, such as a bid, lies before the touch, after the end of the touch's
    /// window, or too long before the conversion; the argument <c>fact</c> names it.
    /// </summary>
    public const string OutsideStage = "attribution.outside-stage";

    /// <summary>The customer had been won before, and only a touch of retargeting wins it back meanwhile.</summary>
    public const string NotRetargeting = "attribution.not-retargeting";

    /// <summary>Each partner counts once, and another of its touches did.</summary>
    public const string CountedOnce = "attribution.counted-once";

    /// <summary>The rule weighs so many touches at most, and newer ones took the places.</summary>
    public const string BeyondMaxTouches = "attribution.beyond-max-touches";

    /// <summary>The campaign or contract does not accept the touch; the argument <c>reason</c> says why.</summary>
    public const string NotEligible = "attribution.not-eligible";

    /// <summary>The touch was eligible, and the rule gave the credit to others.</summary>
    public const string NotChosen = "attribution.not-chosen";

    /// <summary>
    /// Nobody gets credit: the journey has no eligible touch. The arguments count the touches and what each lacked.
    /// </summary>
    public const string NoTouch = "attribution.no-touch";

    /// <summary>Nobody gets credit: the outcome names no touch, and the rule wants one.</summary>
    public const string NoReference = "attribution.no-reference";

    /// <summary>Nobody gets credit: the touch that the outcome names is not an eligible touch of the journey.</summary>
    public const string ReferenceUnknown = "attribution.reference-unknown";

    /// <summary>Nobody gets credit: the rule gave no weight to any of the eligible touches.</summary>
    public const string NoneChosen = "attribution.none-chosen";

    /// <summary>Nobody gets credit: the journey has more eligible touches than can be weighed.</summary>
    public const string JourneyTooLong = "attribution.journey-too-long";

    /// <summary>
    /// No channel of the journey weighs anything in the fitted model; <c>model</c> and <c>version</c> say which.
    /// </summary>
    public const string NoChannelWeighs = "attribution.no-channel-weighs";
}
