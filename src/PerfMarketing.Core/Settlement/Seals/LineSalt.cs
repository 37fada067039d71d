using System.Security.Cryptography;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement.Seals;

/// <summary>Derives the salts of a statement's leaves from one secret, so that no salt must be kept.</summary>
/// <remarks>
/// Salt = HMAC-SHA256(secret, <see cref="CanonicalWriter"/> with the purpose <c>line-salt</c> over statement and
/// entry, or with the purpose <c>statement-salt</c> over the statement). One salt tells nothing of the others. Keep a
/// secret for each statement: erasing it erases what its leaves
/// say. A host that must be able to erase a single line draws 32 random bytes for each line instead, and keeps them.
/// </remarks>
public static class LineSalt
{
    /// <summary>The salt of a line.</summary>
    /// <param name="secret">The statement's secret, held by the host: 24 to 64 bytes.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="entry">The entry that the line shows.</param>
    /// <exception cref="ArgumentException">The secret was erased, or has too few or too many bytes.</exception>
    public static Digest Of(ProofSecret secret, StatementId statement, EntryId entry)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return Of(secret, new CanonicalWriter("line-salt").Text(statement.Value).Text(entry.Value));
    }

    /// <summary>The salt of what a statement says beside its lines.</summary>
    /// <param name="secret">The statement's secret, held by the host: 24 to 64 bytes.</param>
    /// <param name="statement">The statement.</param>
    /// <exception cref="ArgumentException">The secret was erased, or has too few or too many bytes.</exception>
    public static Digest Of(ProofSecret secret, StatementId statement)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return Of(secret, new CanonicalWriter("statement-salt").Text(statement.Value));
    }

    private static Digest Of(ProofSecret secret, CanonicalWriter leaf)
    {
        using IncrementalHash? hash = secret.CanSign ? secret.StartHmacSha256() : null;
        if (hash is null)
        {
            throw new ArgumentException("The secret has 24 to 64 bytes and was not erased.", nameof(secret));
        }

        hash.AppendData(leaf.WrittenSpan);
        Span<byte> salt = stackalloc byte[Digest.Size];
        hash.GetHashAndReset(salt);
        _ = Digest.TryRead(salt, out Digest result);
        return result;
    }
}
