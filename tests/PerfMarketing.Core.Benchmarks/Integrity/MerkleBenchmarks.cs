using BenchmarkDotNet.Attributes;
using PerfMarketing.Integrity;

namespace PerfMarketing.Benchmarks.Integrity;

/// <summary>A tree over 100,000 leaves: built, asked for proofs, and proofs checked.</summary>
[MemoryDiagnoser]
public class MerkleBenchmarks
{
    private const int Count = 100_000;

    private readonly Digest[] leaves = [.. Enumerable.Range(0, Count).Select(LeafOf)];
    private readonly InclusionProof inclusion;
    private readonly ConsistencyProof consistency;
    private readonly MerkleTree tree;
    private readonly MerkleFrontier frontier;
    private readonly Digest earlier;
    private readonly Digest root;

    /// <summary>Makes the tree that is asked.</summary>
    public MerkleBenchmarks()
    {
        tree = MerkleTree.Of(leaves);
        frontier = leaves.Aggregate(MerkleFrontier.Empty, static (f, leaf) => f.Append(leaf));
        (root, earlier) = (tree.Root, tree.RootAt(77_777));
        (inclusion, consistency) = (tree.ProveInclusion(54_321), tree.ProveConsistency(77_777, Count));
    }

    /// <summary>The root over 100,000 leaf hashes.</summary>
    [Benchmark]
    public Digest Build() => MerkleTree.Of(leaves).Root;

    /// <summary>One leaf more than 100,000, by the frontier.</summary>
    [Benchmark]
    public MerkleFrontier Append() => frontier.Append(leaves[0]);

    /// <summary>A leaf's hash over a salt and 400 bytes.</summary>
    [Benchmark]
    public Digest Leaf() => MerkleHash.SaltedLeaf(root, new byte[400]);

    /// <summary>One link of a chain.</summary>
    [Benchmark]
    public Digest Link() => HashChain.Next(root, earlier);

    /// <summary>The proof of one leaf.</summary>
    [Benchmark]
    public InclusionProof Prove() => tree.ProveInclusion(54_321);

    /// <summary>A proof checked.</summary>
    [Benchmark]
    public bool Verify() => inclusion.Verify(leaves[54_321], root);

    /// <summary>The proof between two heads.</summary>
    [Benchmark]
    public ConsistencyProof ProveConsistency() => tree.ProveConsistency(77_777, Count);

    /// <summary>A proof between two heads checked.</summary>
    [Benchmark]
    public bool VerifyConsistency() => consistency.Verify(earlier, root);

    private static Digest LeafOf(int number) => MerkleHash.Leaf(BitConverter.GetBytes(number));
}
