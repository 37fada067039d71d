using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>What a limit on reversals says of one of them.</summary>
/// <typeparam name="T">Outcomes, as a number, or an amount.</typeparam>
/// <param name="Limit">The most that may be reversed of the cohort.</param>
/// <param name="Reversed">What had been reversed of it before.</param>
/// <param name="Allowed">What of the request may be reversed.</param>
/// <param name="Refused">What may not; with <paramref name="Allowed"/> it is all that was requested.</param>
public sealed record ReversalDecision<T>(T Limit, T Reversed, T Allowed, T Refused)
    where T : struct
{
    /// <summary>Whether the limit does not concern it: it is allowed and uses up nothing.</summary>
    public bool IsExempt { get; init; }

    /// <summary>Why it was refused, in whole or in part, or exempt; null when it is simply allowed.</summary>
    public Reason? Reason { get; init; }

    /// <summary>Whether some of the request is refused.</summary>
    public bool IsRefused => Reason is not null && !IsExempt;
}

/// <summary>A reversal that is asked for.</summary>
/// <typeparam name="T">Outcomes, as a number, or an amount.</typeparam>
/// <param name="Correction">The correction that asks for it.</param>
/// <param name="Requested">How much is to be reversed.</param>
/// <param name="Reason">Why; null when nobody said.</param>
public sealed record ReversalRequest<T>(CorrectionId Correction, T Requested, CorrectionReason? Reason = null)
    where T : struct;

/// <summary>A reversal with what the limit says of it.</summary>
/// <typeparam name="T">Outcomes, as a number, or an amount.</typeparam>
/// <param name="Request">What was asked for.</param>
/// <param name="Decision">What is allowed of it.</param>
public sealed record JudgedReversal<T>(ReversalRequest<T> Request, ReversalDecision<T> Decision)
    where T : struct;
