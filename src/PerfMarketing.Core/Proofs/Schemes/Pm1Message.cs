using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>What a signed postback <c>pm1</c> says.</summary>
public sealed record Pm1Message
{
    /// <summary>The contract under which the result counts.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>What the postback speaks of, such as <c>order-paid</c>.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The sender's id of the event; every repetition has the same.</summary>
    public required EvidenceId EventId { get; init; }

    /// <summary>When the event occurred; fractions of a second are cut off.</summary>
    public required Instant OccurredAt { get; init; }

    /// <summary>When the postback is signed; it is received within 300 seconds. Fractions are cut off.</summary>
    public required Instant IssuedAt { get; init; }

    /// <summary>16 to 64 of A-Z, a-z, 0-9, hyphen and underscore, drawn anew for every postback.</summary>
    public required string Nonce { get; init; }

    /// <summary>
    /// What else it says: names of a-z, 0-9, hyphen and dot, one value each. Money is <c>amount</c> in minor units with
    /// <c>currency</c>. None by default.
    /// </summary>
    public ValueList<EvidenceClaim> Fields { get; init; } = [];
}
