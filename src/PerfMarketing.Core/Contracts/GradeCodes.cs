namespace PerfMarketing.Contracts;

/// <summary>What can be wrong with terms for grades.</summary>
public static class GradeCodes
{
    /// <summary>
    /// There are no rules or more than <see cref="GradeTerms.RuleCountMax"/>, or a grade is empty, longer than a grade
    /// may be, or stands twice.
    /// </summary>
    public const string Rules = "grades.rules";

    /// <summary>There is no such action, or other grades are to be scaled.</summary>
    public const string Action = "grades.action";

    /// <summary>What is held is held for more than no time, at most for the longest duration.</summary>
    public const string HeldFor = "grades.held-for";

    /// <summary>A grade that is scaled has a part from 0 to 100 %, others have none.</summary>
    public const string Part = "grades.part";
}
