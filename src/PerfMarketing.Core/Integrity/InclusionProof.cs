using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>Proves that a leaf stands at a place of a Merkle tree, by the hashes beside its way to the root.</summary>
/// <remarks>Terms <c>index, size, path</c>; may come from anybody.</remarks>
public sealed record InclusionProof : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The leaf's position from 0.</summary>
    public required long Index { get; init; }

    /// <summary>How many leaves the tree has.</summary>
    public required long Size { get; init; }

    /// <summary>The hashes beside the way, from the leaf up.</summary>
    public required ValueList<Digest> Path { get; init; }

    /// <summary>Reads a proof, which may prove nothing.</summary>
    /// <param name="terms">The terms.</param>
    public static InclusionProof Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Index = terms.Integer("index"),
            Size = terms.Integer("size"),
            Path = terms.Values<Digest>("path"),
        };
    }

    /// <summary>Whether the proof leads from a leaf to a root. Never throws, whatever the proof holds.</summary>
    /// <remarks>RFC 9162, section 2.1.3.2.</remarks>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="root">The root of the tree, known from elsewhere.</param>
    public bool Verify(Digest leaf, Digest root)
    {
        if (Path is null || Index < 0 || Index >= Size)
        {
            return false;
        }

        (long node, long last) = (Index, Size - 1);
        Digest hash = leaf;
        foreach (Digest beside in Path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 0 && node != last)
            {
                hash = MerkleHash.Node(hash, beside);
            }
            else
            {
                hash = MerkleHash.Node(beside, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Integer("index", Index);
        terms.Integer("size", Size);
        terms.Values("path", Path);
    }
}
