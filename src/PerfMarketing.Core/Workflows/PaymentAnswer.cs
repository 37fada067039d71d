namespace PerfMarketing.Workflows;

/// <summary>What the bank says of an instruction.</summary>
/// <param name="Status">How the payment stands.</param>
/// <param name="Reference">The bank's own reference, or its reason for a refusal; null when it gives none.</param>
public sealed record PaymentAnswer(PaymentStatus Status, string? Reference = null);
