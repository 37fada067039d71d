using System.Security.Cryptography;
using PerfMarketing.Integrity;

namespace PerfMarketing.Proofs;

/// <summary>Derives the salts of a person's evidence from one secret, so that one erasure forgets all of it.</summary>
/// <remarks>
/// Salt = HMAC-SHA256(secret, <see cref="CanonicalWriter"/> with the purpose <c>evidence-salt</c> over kind, scheme,
/// provider's id and the body's digest). Keep a secret for each person, or for each piece of evidence: when it is
/// erased together with the claims, no commitment made with it says anything any more.
/// </remarks>
public static class EvidenceSalt
{
    /// <summary>The salt of a piece of evidence.</summary>
    /// <param name="secret">The person's secret, held by the host: 24 to 64 bytes.</param>
    /// <param name="verdict">The verdict on the evidence, with its content.</param>
    /// <exception cref="ArgumentException">The secret was erased, or has too few or too many bytes.</exception>
    public static Digest Of(ProofSecret secret, EvidenceVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(verdict);
        using IncrementalHash? hash = secret.CanSign ? secret.StartHmacSha256() : null;
        if (hash is null)
        {
            throw new ArgumentException("The secret has 24 to 64 bytes and was not erased.", nameof(secret));
        }

        hash.AppendData(new CanonicalWriter("evidence-salt")
            .Text(verdict.Kind.ToString())
            .Text(verdict.Scheme.ToString())
            .Text(verdict.ReplayKey?.ToString())
            .Digest(verdict.Content)
            .WrittenSpan);
        Span<byte> salt = stackalloc byte[Digest.Size];
        hash.GetHashAndReset(salt);
        _ = Digest.TryRead(salt, out Digest result);
        return result;
    }
}
