namespace PerfMarketing.Proofs.Delivery;

/// <summary>What a provider's status says under a contract.</summary>
/// <param name="State">The outcome's word, such as <c>delivered</c>: the state of the verdict.</param>
/// <param name="Finding">Whether it happened, in the sense of the contract.</param>
/// <param name="Status">The provider's status and what the table says of it.</param>
public readonly record struct DeliveryReading(string State, EvidenceFinding Finding, DeliveryStatus Status);
