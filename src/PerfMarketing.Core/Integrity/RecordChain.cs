using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>
/// The chain and the tree over all records of a ledger: what is kept so that nothing can be changed unnoticed.
/// </summary>
/// <remarks>
/// Each record's content is linked to the one before by <see cref="HashChain"/>, and the links are the leaves of a
/// <see cref="MerkleFrontier"/>: at most 64 hashes in all, whatever the number of records. Immutable, so that it is
/// stored in one transaction with the record. Terms <c>link, frontier</c>.
/// </remarks>
public sealed record RecordChain : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    private RecordChain(Digest link, MerkleFrontier frontier) => (Link, Frontier) = (link, frontier);

    /// <summary>The chain without records.</summary>
    public static RecordChain Empty { get; } = new(HashChain.Start, MerkleFrontier.Empty);

    /// <summary>The newest link; <see cref="HashChain.Start"/> when there is none.</summary>
    public Digest Link { get; }

    /// <summary>What is kept of the tree over the links.</summary>
    public MerkleFrontier Frontier { get; }

    /// <summary>How many records there are.</summary>
    public long Size => Frontier.Size;

    /// <summary>
    /// The head of the tree: what is published, and what a <see cref="ConsistencyProof"/> is between.
    /// </summary>
    public TreeHead Head => Frontier.Head;

    /// <summary>Reads a chain.</summary>
    /// <param name="terms">The terms.</param>
    public static RecordChain Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(
            terms.Value<Digest>("link"), terms.Object("frontier", MerkleFrontier.Read) ?? MerkleFrontier.Empty);
    }

    /// <summary>The chain with one more record.</summary>
    /// <param name="content">The digest of the record's canonical form.</param>
    public RecordChain Append(Digest content)
    {
        Digest link = HashChain.Next(Link, content);
        return new(link, Frontier.Append(link));
    }

    /// <summary>The chain with one more record.</summary>
    /// <param name="record">The record; its content is its <see cref="TermDigest"/>.</param>
    public RecordChain Append(ITerms record) => Append(TermDigest.Of(record));

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("link", Link);
        terms.Terms("frontier", Frontier);
    }
}
