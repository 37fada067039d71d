namespace PerfMarketing.Simulation.Oracle;

/// <summary>Why nothing is paid, or something is moved, as docs/errors.md names it.</summary>
internal static class OracleCodes
{
    public const string Test = "outcome.test";
    public const string DuplicateOrder = "outcome.duplicate-order";
    public const string OutsideFlight = "outcome.outside-flight";
    public const string Retracted = "outcome.retracted";
    public const string NoTouch = "attribution.no-touch";
    public const string NoneAccepted = "version.none-accepted";
    public const string NoClause = "settlement.no-clause";
    public const string RateMissing = "settlement.rate-missing";
    public const string OverBudget = "settlement.over-budget";
    public const string OverReserve = "settlement.over-reserve";
    public const string Late = "proof.late";
    public const string Expired = "proof.expired";
    public const string ReplayConflict = "proof.replay-conflict";
    public const string DisputeSettled = "settlement.dispute-settled";
    public const string Repriced = "adjustment.repriced";
    public const string Proportional = "adjustment.proportional";
    public const string UntilFullReturn = "adjustment.until-full-return";
    public const string RulingRejected = "ruling.rejected";
    public const string RulingOverruled = "ruling.overruled";
    public const string RulingApproved = "ruling.approved";
    public const string RulingApprovedAt = "ruling.approved-at";
    public const string GradeAccepted = "grade.accepted";
    public const string GradeScaled = "grade.scaled";
    public const string GradeReversed = "grade.reversed";
    public const string GradeHeld = "grade.held";
    public const string GradeUnmapped = "grade.unmapped";
    public const string ReplacesUnknown = "correction.replaces-unknown";
    public const string ReplacesLater = "correction.replaces-later";
    public const string ReplacesOtherKind = "correction.replaces-other-kind";
    public const string NoValue = "correction.no-value";
    public const string OtherCurrency = "correction.currency";
    public const string MoreThanKept = "correction.more-than-kept";
    public const string BelowReturned = "correction.below-returned";
}
