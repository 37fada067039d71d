using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Proofs;

/// <summary>A key that verifies one scheme's evidence, who holds it, and from when to when it counts.</summary>
/// <remarks>
/// Give every partner a key of its own: who can verify a message authentication code can also forge it. A bound is open
/// when it is null.
/// </remarks>
/// <param name="Id">The key's name, which verdicts cite.</param>
/// <param name="Scheme">The one scheme the key is for; it comes from configuration, never from a message.</param>
/// <param name="Material">The secret or the public key.</param>
public sealed record ProofKey(KeyId Id, SchemeId Scheme, ProofMaterial Material)
{
    /// <summary>
    /// The one algorithm that the key is for; null, the default, for the one that the scheme prescribes.
    /// </summary>
    public ProofAlgorithm? Algorithm { get; init; }

    /// <summary>
    /// The one kind of evidence that the key verifies; null, the default, for any but rulings on disputes
    /// (<see cref="EvidenceKind.Ruling"/>), which need a key of their own.
    /// </summary>
    public EvidenceKind? Purpose { get; init; }

    /// <summary>Who else holds the key and so vouches with it; null when it is not said.</summary>
    public PartyId? Party { get; init; }

    /// <summary>The first instant at which the key verifies.</summary>
    public Instant? NotBefore { get; init; }

    /// <summary>The first instant at which the key verifies no more.</summary>
    public Instant? NotAfter { get; init; }

    /// <summary>Where the key stands in its life. Active by default.</summary>
    public ProofKeyState State { get; init; }

    /// <summary>
    /// Since when a revoked key may have been in other hands; null, the default, doubts all that it verified.
    /// </summary>
    public Instant? DoubtedFrom { get; init; }

    internal ProofSecret? Secret => Material as ProofSecret;

    internal ProofPublicKey? PublicKey => Material as ProofPublicKey;

    /// <summary>Whether the key verifies what was received at an instant.</summary>
    /// <param name="receivedAt">When the evidence was received.</param>
    public bool VerifiesAt(Instant receivedAt) =>
        State is ProofKeyState.Active or ProofKeyState.Retiring
        && !(receivedAt < NotBefore) && !(receivedAt >= NotAfter);
}
