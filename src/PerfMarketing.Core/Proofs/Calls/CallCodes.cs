namespace PerfMarketing.Proofs.Calls;

/// <summary>The codes of what can be wrong with terms of calls.</summary>
public static class CallCodes
{
    /// <summary>The fewest connected seconds are not from 1 to <see cref="CallTerms.SecondsMax"/>.</summary>
    public const string SecondsInvalid = "call.seconds-invalid";

    /// <summary>The time in which a caller counts once is not of whole seconds from 1 on.</summary>
    public const string WindowInvalid = "call.window-invalid";

    /// <summary>The seconds that records may differ are not from 0 to <see cref="CallTerms.SecondsMax"/>.</summary>
    public const string ToleranceInvalid = "call.tolerance-invalid";

    /// <summary>The condition cannot be decided.</summary>
    public const string ConditionInvalid = "call.condition-invalid";
}
