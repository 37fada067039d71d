using System.Numerics;
using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>
/// All that must be kept of a Merkle tree to go on adding leaves: its size and at most 63 hashes, whatever its size.
/// </summary>
/// <remarks>
/// Immutable, so that it can be kept beside the list in one transaction. Gives the same roots as
/// <see cref="MerkleTree"/>, and no proofs. Terms <c>size, nodes</c>.
/// </remarks>
public sealed record MerkleFrontier : ITerms
{
    private MerkleFrontier(long size, ValueList<Digest> nodes) => (Size, Nodes) = (size, nodes);

    /// <summary>The frontier of a tree without leaves.</summary>
    public static MerkleFrontier Empty { get; } = new(0, []);

    /// <summary>How many leaves there are.</summary>
    public long Size { get; }

    /// <summary>
    /// The hashes of the whole subtrees, the greatest first: one for each bit of the size that is set.
    /// </summary>
    public ValueList<Digest> Nodes { get; }

    /// <summary>The root over all leaves.</summary>
    public Digest Root
    {
        get
        {
            if (Nodes.Count == 0)
            {
                return MerkleHash.Empty;
            }

            Digest root = Nodes[^1];
            for (int i = Nodes.Count - 2; i >= 0; i--)
            {
                root = MerkleHash.Node(Nodes[i], root);
            }

            return root;
        }
    }

    /// <summary>The size and the root.</summary>
    public TreeHead Head => new(Size, Root);

    /// <summary>Reads a frontier; one that has not a hash for each bit of its size is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static MerkleFrontier Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        MerkleFrontier frontier = new(terms.Integer("size"), terms.Values<Digest>("nodes"));
        if (frontier.Size < 0 || BitOperations.PopCount((ulong)frontier.Size) != frontier.Nodes.Count)
        {
            terms.Fail("nodes", TermCodes.Malformed, "A frontier has one hash for each bit of its size that is set.");
        }

        return frontier;
    }

    /// <summary>The frontier with one more leaf.</summary>
    /// <param name="leaf">The leaf's hash, made by <see cref="MerkleHash"/>.</param>
    public MerkleFrontier Append(Digest leaf)
    {
        int kept = Nodes.Count;
        for (long rest = Size; (rest & 1) == 1; rest >>= 1)
        {
            kept--;
            leaf = MerkleHash.Node(Nodes[kept], leaf);
        }

        return new(checked(Size + 1), [.. Nodes.AsSpan()[..kept], leaf]);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("size", Size);
        terms.Values("nodes", Nodes);
    }
}
