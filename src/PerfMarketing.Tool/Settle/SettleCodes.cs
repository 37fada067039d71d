namespace PerfMarketing.Tool.Settle;

/// <summary>The codes of what can be wrong with what a run is given, beside its log.</summary>
internal static class SettleCodes
{
    /// <summary>The earlier statements are those of another campaign.</summary>
    public const string OtherCampaign = "settle.other-campaign";

    /// <summary>The earlier run looked at everything later than this one is asked to.</summary>
    public const string PreviousLater = "settle.previous-later";

    /// <summary>Two exchange rates have one id.</summary>
    public const string RateConflict = "settle.rate-conflict";

    /// <summary>A file of the run cannot be written.</summary>
    public const string Unwritable = "settle.unwritable";

    /// <summary>The key of the seals has not 24 to 64 bytes.</summary>
    public const string SealKeyUnusable = "settle.seal-key-unusable";

    /// <summary>No event of the log is about the outcome.</summary>
    public const string OutcomeUnknown = "settle.outcome-unknown";

    /// <summary>A closed statement paid for an outcome that the log does not have: what was paid stands.</summary>
    public const string OutcomeMissing = "settle.outcome-missing";

    /// <summary>A touchpoint has the id of another one, which was recorded first and counts.</summary>
    public const string TouchConflict = "settle.touch-conflict";

    /// <summary>No contract of the campaign names the partner.</summary>
    public const string PartnerUnknown = "settle.partner-unknown";

    /// <summary>Standard output or standard error cannot be written.</summary>
    public const string NotPrinted = "settle.not-printed";

    /// <summary>A bad line fails the run, as was asked for.</summary>
    public const string Strict = "settle.strict";

    /// <summary>A sum is more than an amount can be; the message says where.</summary>
    public const string TooGreat = "settle.too-great";
}
