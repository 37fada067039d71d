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
/// <param name="Secret">The secret.</param>
public sealed record ProofKey(KeyId Id, SchemeId Scheme, ProofSecret Secret)
{
    /// <summary>Who else holds the key and so vouches with it; null when it is not said.</summary>
    public PartyId? Party { get; init; }

    /// <summary>The first instant at which the key verifies.</summary>
    public Instant? NotBefore { get; init; }

    /// <summary>The first instant at which the key verifies no more.</summary>
    public Instant? NotAfter { get; init; }

    /// <summary>Where the key stands in its life. Active by default.</summary>
    public ProofKeyState State { get; init; }

    /// <summary>Whether the key verifies what was received at an instant.</summary>
    /// <param name="receivedAt">When the evidence was received.</param>
    public bool VerifiesAt(Instant receivedAt) =>
        State is ProofKeyState.Active or ProofKeyState.Retiring
        && !(receivedAt < NotBefore) && !(receivedAt >= NotAfter);
}
