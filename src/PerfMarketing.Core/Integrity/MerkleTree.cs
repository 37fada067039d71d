using System.Numerics;
using System.Runtime.InteropServices;

namespace PerfMarketing.Integrity;

/// <summary>A growing list of leaf hashes with roots and proofs for every size it has had.</summary>
/// <remarks>
/// RFC 6962 and RFC 9162 with SHA-256; see <see cref="MerkleHash"/>. Holds every node of whole subtrees, two hashes a
/// leaf: adding a leaf costs one hash on average, a root and a proof cost in the order of log n. Where only the newest
/// root is asked for, <see cref="MerkleFrontier"/> is enough. Not thread-safe.
/// </remarks>
public sealed class MerkleTree
{
    // levels[k][i] is the hash over the leaves from i × 2^k on, 2^k of them.
    private readonly List<List<Digest>> levels = [[]];

    /// <summary>How many leaves there are.</summary>
    public int Size => levels[0].Count;

    /// <summary>The leaf hashes, in order.</summary>
    public IReadOnlyList<Digest> Leaves => levels[0];

    /// <summary>The root over all leaves.</summary>
    public Digest Root => RootAt(Size);

    /// <summary>The size and the root.</summary>
    public TreeHead Head => new(Size, Root);

    /// <summary>A tree over leaf hashes.</summary>
    /// <param name="leaves">The hashes, in order.</param>
    public static MerkleTree Of(IEnumerable<Digest> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        MerkleTree tree = new();
        foreach (Digest leaf in leaves)
        {
            tree.Append(leaf);
        }

        return tree;
    }

    /// <summary>Adds a leaf.</summary>
    /// <param name="leaf">Its hash, made by <see cref="MerkleHash"/>.</param>
    public void Append(Digest leaf)
    {
        levels[0].Add(leaf);
        for (int level = 0; levels[level].Count % 2 == 0; level++)
        {
            Span<Digest> nodes = CollectionsMarshal.AsSpan(levels[level]);
            Digest parent = MerkleHash.Node(nodes[^2], nodes[^1]);
            if (levels.Count == level + 1)
            {
                levels.Add([]);
            }

            levels[level + 1].Add(parent);
        }
    }

    /// <summary>The root that the tree had at an earlier size.</summary>
    /// <param name="size">From 0 to <see cref="Size"/>.</param>
    public Digest RootAt(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? MerkleHash.Empty : Over(0, size);
    }

    /// <summary>Proves that a leaf is in the tree.</summary>
    /// <param name="index">The leaf's position from 0.</param>
    public InclusionProof ProveInclusion(int index) => ProveInclusion(index, Size);

    /// <summary>Proves that a leaf is in the tree as it was at a size.</summary>
    /// <param name="index">The leaf's position from 0, below <paramref name="size"/>.</param>
    /// <param name="size">From 1 to <see cref="Size"/>.</param>
    public InclusionProof ProveInclusion(int index, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        List<Digest> path = [];
        (int start, int end) = (0, size);
        while (end - start > 1)
        {
            int middle = start + Split(end - start);
            if (index < middle)
            {
                path.Add(Over(middle, end));
                end = middle;
            }
            else
            {
                path.Add(Over(start, middle));
                start = middle;
            }
        }

        path.Reverse();
        return new() { Index = index, Size = size, Path = [.. path] };
    }

    /// <summary>Proves that the tree as it was at one size is the beginning of the tree at another.</summary>
    /// <param name="first">The earlier size, from 1 on: of a tree without leaves everything is a continuation.</param>
    /// <param name="second">The later size, from <paramref name="first"/> to <see cref="Size"/>.</param>
    public ConsistencyProof ProveConsistency(int first, int second)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(second, Size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        List<Digest> path = [];
        (int start, int end) = (0, second);
        while (end != first)
        {
            int middle = start + Split(end - start);
            if (first <= middle)
            {
                path.Add(Over(middle, end));
                end = middle;
            }
            else
            {
                path.Add(Over(start, middle));
                start = middle;
            }
        }

        // The verifier knows the whole of the first tree already.
        if (start > 0)
        {
            path.Add(Over(start, end));
        }

        path.Reverse();
        return new() { First = first, Second = second, Path = [.. path] };
    }

    // The greatest power of two below a size of 2 or more: where RFC 6962 splits it.
    private static int Split(int size) => 1 << BitOperations.Log2((uint)(size - 1));

    // The hash over some leaves, which begin where the splits of a tree begin.
    private Digest Over(int start, int end)
    {
        int size = end - start;
        if (BitOperations.IsPow2(size))
        {
            int level = BitOperations.Log2((uint)size);
            return levels[level][start >> level];
        }

        int middle = start + Split(size);
        return MerkleHash.Node(Over(start, middle), Over(middle, end));
    }
}
