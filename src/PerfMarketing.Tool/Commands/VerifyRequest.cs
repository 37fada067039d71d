using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tool.Commands;

/// <summary>What <c>verify</c> is told.</summary>
/// <param name="Scheme">How the evidence is signed.</param>
/// <param name="Body">The file with the raw body; null when there is none.</param>
internal sealed record VerifyRequest(SchemeId Scheme, string? Body)
{
    /// <summary>The file with the secret or public key; null when there is none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The key's name, which some messages cite.</summary>
    public KeyId KeyId { get; init; } = new("key");

    /// <summary>The algorithm that the key is for; null for the scheme's own.</summary>
    public ProofAlgorithm? Algorithm { get; init; }

    /// <summary>The headers.</summary>
    public ValueList<EvidenceHeader> Headers { get; init; } = [];

    /// <summary>When it was received; null means now.</summary>
    public Instant? At { get; init; }

    /// <summary>The request's whole address; null when there is none.</summary>
    public string? Url { get; init; }

    /// <summary>The request's method.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>The kind of evidence that is expected.</summary>
    public EvidenceKind Kind { get; init; } = "evidence";

    /// <summary>The provider's id, for schemes whose messages carry none.</summary>
    public EvidenceId? Id { get; init; }

    /// <summary>Whether algorithms that are broken elsewhere may verify.</summary>
    public bool AllowsLegacy { get; init; }

    /// <summary>Whether the verdict is printed as JSON.</summary>
    public bool IsJson { get; init; }
}
