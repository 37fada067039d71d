namespace PerfMarketing.Settlement;

/// <summary>The codes of what decisions by hand, and grades, do to what is paid.</summary>
public static class RulingReasons
{
    /// <summary>A person approved the outcome. Value: <c>ruling</c>.</summary>
    public const string Approved = "ruling.approved";

    /// <summary>A person approved the outcome at another amount. Values: <c>ruling</c>, <c>amount</c>.</summary>
    public const string ApprovedAt = "ruling.approved-at";

    /// <summary>
    /// The approval names no amount that the clause can pay: it is in another currency, or the contract pays the sum of
    /// several clauses and none is named. Nothing is paid because of it. Value: <c>ruling</c>.
    /// </summary>
    public const string Unfit = "ruling.unfit";

    /// <summary>A person rejected the outcome. Values: <c>ruling</c>, and <c>reason</c> when one was given.</summary>
    public const string Rejected = "ruling.rejected";

    /// <summary>A later decision by hand, or a correction that replaces it, stands. Value: <c>ruling</c>.</summary>
    public const string Overruled = "ruling.overruled";

    /// <summary>The grade is accepted. Values: <c>ruling</c>, <c>grade</c>.</summary>
    public const string GradeAccepted = "grade.accepted";

    /// <summary>The grade holds what was not earned yet. Values: <c>ruling</c>, <c>grade</c>.</summary>
    public const string GradeHeld = "grade.held";

    /// <summary>
    /// The outcome was held because of its grade for as long as the terms allow. Args: ruling, until.
    /// </summary>
    public const string GradeHoldEnded = "grade.hold-ended";

    /// <summary>A part is paid for the grade. Values: <c>ruling</c>, <c>grade</c>, <c>part</c>.</summary>
    public const string GradeScaled = "grade.scaled";

    /// <summary>Nothing is paid for the grade. Values: <c>ruling</c>, <c>grade</c>.</summary>
    public const string GradeReversed = "grade.reversed";

    /// <summary>The clause has no terms for grades. Values: <c>ruling</c>, <c>grade</c>.</summary>
    public const string GradeUnmapped = "grade.unmapped";
}
