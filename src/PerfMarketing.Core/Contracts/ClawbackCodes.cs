namespace PerfMarketing.Contracts;

/// <summary>What can be wrong with a clawback schedule.</summary>
public static class ClawbackCodes
{
    /// <summary>
    /// There are no steps, more than <see cref="ClawbackSchedule.StepCountMax"/>, or their ends do not rise from 1 to
    /// <see cref="ClawbackSchedule.DaysMax"/> days.
    /// </summary>
    public const string Steps = "clawback.steps";

    /// <summary>A part is not from 0 to 100 %.</summary>
    public const string Part = "clawback.part";

    /// <summary>Days are counted from when an outcome occurred or its earning is payable.</summary>
    public const string Since = "clawback.since";

    /// <summary>
    /// An exempt reason is unset or stands twice, or there are more than <see cref="ReversalLimit.ExemptCountMax"/>.
    /// </summary>
    public const string ExemptReasons = "clawback.exempt-reasons";
}
