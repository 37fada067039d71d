using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>Proves that a Merkle tree is a continuation of an earlier one: nothing was changed, only added.</summary>
/// <remarks>Terms <c>first, second, path</c>; may come from anybody.</remarks>
public sealed record ConsistencyProof : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>How many leaves the earlier tree has; 1 or more.</summary>
    public required long First { get; init; }

    /// <summary>How many leaves the later tree has.</summary>
    public required long Second { get; init; }

    /// <summary>The hashes from which both roots are made.</summary>
    public required ValueList<Digest> Path { get; init; }

    /// <summary>Reads a proof, which may prove nothing.</summary>
    /// <param name="terms">The terms.</param>
    public static ConsistencyProof Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            First = terms.Integer("first"),
            Second = terms.Integer("second"),
            Path = terms.Values<Digest>("path"),
        };
    }

    /// <summary>Whether the proof leads to both roots. Never throws, whatever the proof holds.</summary>
    /// <remarks>
    /// RFC 9162, section 2.1.4.2. From a tree without leaves nothing is proven: such a proof is refused, although the
    /// RFC lets it hold for every root.
    /// </remarks>
    /// <param name="firstRoot">The root of the earlier tree, known from elsewhere.</param>
    /// <param name="secondRoot">The root of the later tree, known from elsewhere.</param>
    public bool Verify(Digest firstRoot, Digest secondRoot)
    {
        if (Path is null)
        {
            return false;
        }

        if (First <= 0 || First >= Second)
        {
            return First > 0 && First == Second && Path.Count == 0 && firstRoot == secondRoot;
        }

        // A whole subtree needs no hash of its own: it is the first root.
        bool isWhole = (First & (First - 1)) == 0;
        if (Path.Count == 0)
        {
            return false;
        }

        (long node, long last) = (First - 1, Second - 1);
        while ((node & 1) == 1)
        {
            (node, last) = (node >> 1, last >> 1);
        }

        Digest first = isWhole ? firstRoot : Path[0];
        Digest second = first;
        for (int i = isWhole ? 0 : 1; i < Path.Count; i++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 0 && node != last)
            {
                second = MerkleHash.Node(second, Path[i]);
            }
            else
            {
                (first, second) = (MerkleHash.Node(Path[i], first), MerkleHash.Node(Path[i], second));
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && first == firstRoot && second == secondRoot;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Integer("first", First);
        terms.Integer("second", Second);
        terms.Values("path", Path);
    }
}
