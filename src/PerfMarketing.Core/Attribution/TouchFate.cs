using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>
/// Whether a touch takes part in a journey, and if not, the first reason that applies, in this order.
/// </summary>
internal enum TouchFate : byte
{
    Eligible,
    Duplicate,
    Test,
    AfterConversion,
    TouchLate,
    BeforeCut,
    OutsideLookback,
    OutsideStage,
    NotRetargeting,
    NotEligible,
    CountedOnce,
    BeyondMaxTouches,
}

/// <summary>The codes of fates.</summary>
internal static class TouchFates
{
    internal const int Count = (int)TouchFate.BeyondMaxTouches + 1;

    // Without arguments, by fate: of an eligible touch, that the rule gave the credit to others.
    private static readonly Reason[] Reasons = [.. Enum.GetValues<TouchFate>().Select(static fate =>
        new Reason(fate.Code() ?? AttributionReasons.NotChosen))];

    /// <summary>Why a touch got nothing, without arguments.</summary>
    internal static Reason ToReason(this TouchFate fate) => Reasons[(int)fate];

    internal static string? Code(this TouchFate fate) => fate switch
    {
        TouchFate.Duplicate => AttributionReasons.Duplicate,
        TouchFate.Test => AttributionReasons.Test,
        TouchFate.AfterConversion => AttributionReasons.AfterConversion,
        TouchFate.TouchLate => AttributionReasons.TouchLate,
        TouchFate.BeforeCut => AttributionReasons.BeforeCut,
        TouchFate.OutsideLookback => AttributionReasons.OutsideLookback,
        TouchFate.OutsideStage => AttributionReasons.OutsideStage,
        TouchFate.NotRetargeting => AttributionReasons.NotRetargeting,
        TouchFate.NotEligible => AttributionReasons.NotEligible,
        TouchFate.CountedOnce => AttributionReasons.CountedOnce,
        TouchFate.BeyondMaxTouches => AttributionReasons.BeyondMaxTouches,
        _ => null,
    };
}
