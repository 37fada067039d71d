using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>That an outcome happened to a customer: where a journey may be cut.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="At">When it happened.</param>
/// <param name="RecordedAt">When it was written down.</param>
public sealed record OutcomeMark(CustomerId Customer, OutcomeId Outcome, Instant At, Instant RecordedAt);
