namespace PerfMarketing.Events;

/// <summary>The codes of why a correction is refused.</summary>
public static class CorrectionCodes
{
    /// <summary>There is no correction with this tag.</summary>
    public const string Unknown = "correction.unknown";

    /// <summary>The id was used before for a correction that says something else; the first one stands.</summary>
    public const string Conflict = "correction.conflict";

    /// <summary>The correction is about another outcome.</summary>
    public const string OtherOutcome = "correction.other-outcome";

    /// <summary>What the correction undoes is not known. Value: <c>replaces</c>.</summary>
    public const string ReplacesUnknown = "correction.replaces-unknown";

    /// <summary>What the correction undoes is nothing that it can undo. Value: <c>replaces</c>.</summary>
    public const string ReplacesOtherKind = "correction.replaces-other-kind";

    /// <summary>The correction would replace one that was recorded after it. Value: <c>replaces</c>.</summary>
    public const string ReplacesLater = "correction.replaces-later";

    /// <summary>More would come back than is kept.</summary>
    public const string MoreThanKept = "correction.more-than-kept";

    /// <summary>The restated value is below what came back already. Value: <c>value</c>.</summary>
    public const string BelowReturned = "correction.below-returned";

    /// <summary>The order has no such line. Value: <c>line</c>.</summary>
    public const string LineUnknown = "correction.line-unknown";

    /// <summary>An amount is given back of an outcome that has no value.</summary>
    public const string NoValue = "correction.no-value";

    /// <summary>An amount is in another currency than the outcome. Value: <c>amount</c>.</summary>
    public const string Currency = "correction.currency";

    /// <summary>The outcome has more corrections than are allowed.</summary>
    public const string TooMany = "correction.too-many";
}
