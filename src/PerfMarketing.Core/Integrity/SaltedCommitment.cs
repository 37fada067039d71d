using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>Commits to content that may have to be forgotten: a digest that says nothing without its salt.</summary>
/// <remarks>
/// Commitment = SHA-256 of <see cref="CanonicalWriter"/> with the purpose <c>commitment</c> over the salt and the
/// terms.
/// While salt and content are kept, anybody who has both can check them. When they are erased the commitment stays, and
/// with it every chain and tree above it; but what it stood for can no longer be found, not even by trying.
/// </remarks>
public static class SaltedCommitment
{
    private const string Purpose = "commitment";

    /// <summary>The commitment to some content.</summary>
    /// <param name="salt">32 bytes that are secret, and different for each content.</param>
    /// <param name="content">The content.</param>
    public static Digest Of(Digest salt, ITerms content)
    {
        CanonicalWriter writer = new(Purpose);
        writer.Digest(salt);
        TermDigest.Write(TermNode.Of(content), writer);
        return writer.ToDigest();
    }
}
