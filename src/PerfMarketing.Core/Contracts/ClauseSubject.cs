using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Contracts;

/// <summary>What a clause is chosen for: an outcome, and the partner who is to be paid.</summary>
/// <param name="Kind">The outcome's kind.</param>
/// <param name="Facts">The outcome's facts.</param>
/// <param name="At">When the outcome occurred.</param>
public readonly record struct ClauseSubject(OutcomeKind Kind, FactSet Facts, Instant At)
{
    /// <summary>The partner; clauses with partners of their own do not apply while it is <c>default</c>.</summary>
    public PartnerId Partner { get; init; }

    /// <summary>
    /// The outcome and what is true of it, for conditions on what a clause pays on: while it is null they do not hold.
    /// </summary>
    public (Outcome Outcome, OutcomeTruth Truth)? Order { get; init; }

    /// <summary>When the parent outcome occurred; null when there is none or it is not known.</summary>
    public Instant? ParentAt { get; init; }
}
