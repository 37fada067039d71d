namespace PerfMarketing.Contracts;

/// <summary>What can be wrong with a limit on reversals, and why it refuses one.</summary>
public static class ReversalCodes
{
    /// <summary>The greatest part is not from 0 to 100 %.</summary>
    public const string Max = "reversal.max";

    /// <summary>What is counted, the cohort or the rounding is not one of the choices.</summary>
    public const string Choice = "reversal.choice";

    /// <summary>A cohort's period does not follow from an instant, such as a flight or a rolling one.</summary>
    public const string Period = "reversal.period";

    /// <summary>
    /// An exempt reason is unset or stands twice, or there are more than <see cref="ReversalLimit.ExemptCountMax"/>.
    /// </summary>
    public const string ExemptReasons = "reversal.exempt-reasons";

    /// <summary>The reversal is for an exempt reason: it is allowed and uses up nothing. Args: reason.</summary>
    public const string Exempt = "reversal.exempt";

    /// <summary>
    /// Some or all of the reversal is more than the limit leaves. Args: max, delivered, limit, reversed, requested.
    /// </summary>
    public const string OverLimit = "reversal.over-limit";

    /// <summary>The reversal comes later than the contract allows. Args: occurred, at, within.</summary>
    public const string TooLate = "reversal.too-late";

    /// <summary>The time for reversals is not of whole seconds from 1 on.</summary>
    public const string Within = "reversal.within";
}
