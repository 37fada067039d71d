namespace PerfMarketing.Events;

/// <summary>The codes of why a correction is refused.</summary>
public static class CorrectionCodes
{
    /// <summary>There is no correction with this tag.</summary>
    public const string Unknown = "correction.unknown";
}
