using NodaTime;

namespace PerfMarketing.Proofs.Delivery;

/// <summary>One report on a message or call, of any number that come in any order.</summary>
/// <param name="Outcome">What it says.</param>
/// <param name="At">When the provider says that it happened, if it says so and the signature covers it.</param>
public readonly record struct DeliveryReport(DeliveryOutcome Outcome, Instant? At = null);
