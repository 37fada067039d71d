using PerfMarketing.Integrity;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Integrity;

public sealed class RecordChainTests
{
    private static readonly Digest[] Contents =
        [.. Enumerable.Range(0, 40).Select(static i => Digest.Of([(byte)i]))];

    [Fact]
    public void A_chain_is_the_hash_chain_and_the_tree_over_its_links()
    {
        RecordChain chain = RecordChain.Empty;
        MerkleTree tree = new();
        for (int i = 0; i < Contents.Length; i++)
        {
            chain = chain.Append(Contents[i]);
            tree.Append(chain.Link);

            chain.Link.Should().Be(HashChain.Over(Contents.Take(i + 1)));
            chain.Head.Should().Be(tree.Head);
        }

        tree.ProveConsistency(7, 40).Verify(tree.RootAt(7), chain.Head.Root).Should().BeTrue();
    }

    [Fact]
    public void A_chain_keeps_no_more_than_a_few_hashes()
    {
        RecordChain chain = Enumerable.Range(0, 100_000)
            .Aggregate(RecordChain.Empty, static (c, i) => c.Append(Contents[i % 40]));

        chain.Size.Should().Be(100_000);
        chain.Frontier.Nodes.Count.Should().BeLessThanOrEqualTo(17);
    }

    [Fact]
    public void A_stored_chain_goes_on_where_it_was()
    {
        RecordChain whole = Contents.Aggregate(RecordChain.Empty, static (c, d) => c.Append(d));
        RecordChain half = Contents.Take(17).Aggregate(RecordChain.Empty, static (c, d) => c.Append(d));

        RecordChain stored = TermJson.Parse(TermJson.Write(half), RecordChain.Read);

        stored.Should().Be(half);
        Contents.Skip(17).Aggregate(stored, static (c, d) => c.Append(d)).Should().Be(whole);
        TermJson.TryParse("""{"link":"x","frontier":{"size":3,"nodes":[]}}""", RecordChain.Read, [], out _)
            .Should().BeFalse();
    }
}
