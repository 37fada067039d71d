namespace PerfMarketing.Integrity;

/// <summary>
/// Chains contents by SHA-256: each link commits to its content and, through the link before, to all that came earlier.
/// </summary>
/// <remarks>
/// A link is the digest of <see cref="CanonicalWriter"/> with the purpose <c>chain</c> over the link before and the
/// content's own digest, both as bytes. Whoever knows the newest link can tell whether anything before it was changed,
/// left out or put in; <see cref="MerkleTree"/> over the links proves it without showing the rest.
/// </remarks>
public static class HashChain
{
    private const string Purpose = "chain";

    /// <summary>What stands before the first link: 32 bytes of zero.</summary>
    public static Digest Start => default;

    /// <summary>The next link.</summary>
    /// <param name="previous">The link before; <see cref="Start"/> for the first.</param>
    /// <param name="content">The digest of what is added, such as <see cref="TermDigest"/> of an entry group.</param>
    public static Digest Next(Digest previous, Digest content) =>
        new CanonicalWriter(Purpose).Digest(previous).Digest(content).ToDigest();

    /// <summary>The last link over some contents.</summary>
    /// <param name="contents">The digests of what is chained, in order.</param>
    /// <param name="previous">The link before the first of them; <see cref="Start"/> for a whole chain.</param>
    public static Digest Over(IEnumerable<Digest> contents, Digest previous = default)
    {
        ArgumentNullException.ThrowIfNull(contents);
        foreach (Digest content in contents)
        {
            previous = Next(previous, content);
        }

        return previous;
    }
}
