using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>When an outcome is due from now on, in place of what was noted of it before.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="At">From when on it is to be decided again; null when time alone decides nothing any more.</param>
public readonly record struct DueChange(OutcomeId Outcome, Instant? At);
