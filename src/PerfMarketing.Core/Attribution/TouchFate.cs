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
    NotEligible,
}

/// <summary>The codes of fates.</summary>
internal static class TouchFates
{
    internal const int Count = (int)TouchFate.NotEligible + 1;

    internal static string? Code(this TouchFate fate) => fate switch
    {
        TouchFate.Duplicate => AttributionReasons.Duplicate,
        TouchFate.Test => AttributionReasons.Test,
        TouchFate.AfterConversion => AttributionReasons.AfterConversion,
        TouchFate.TouchLate => AttributionReasons.TouchLate,
        TouchFate.BeforeCut => AttributionReasons.BeforeCut,
        TouchFate.OutsideLookback => AttributionReasons.OutsideLookback,
        TouchFate.NotEligible => AttributionReasons.NotEligible,
        _ => null,
    };
}
