using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Integrity;

public sealed class TermDigestTests
{
    // Format 1; changes only together with CanonicalWriter.Version, since stored versions cite it.
    [Fact]
    public void The_digest_of_known_terms_is_pinned() =>
        TermDigest.Of(Node(
                ("rate", TermNode.OfText("12%")),
                ("tiers", TermNode.OfList([TermNode.OfNumber("1.10"), TermNode.OfFlag(true)]))))
            .ToString().Should().Be("89dec8c84bf584ebc3ebdbb2ee28a236a8e10d20cbc682da1e7e2cd6c6dda5c7");

    [Fact]
    public void The_order_of_names_does_not_count_but_the_order_of_items_does()
    {
        TermNode one = TermNode.OfNumber("1");
        TermNode two = TermNode.OfNumber("2");

        TermDigest.Of(Node(("a", one), ("b", two))).Should().Be(TermDigest.Of(Node(("b", two), ("a", one))));
        TermDigest.Of(Node(("a", one), ("b", two))).Should().NotBe(TermDigest.Of(Node(("a", two), ("b", one))));
        TermDigest.Of(TermNode.OfList([one, two])).Should().NotBe(TermDigest.Of(TermNode.OfList([two, one])));
    }

    [Fact]
    public void Numbers_count_by_value_and_texts_by_their_characters()
    {
        TermDigest.Of(TermNode.OfNumber("1.10")).Should().Be(TermDigest.Of(TermNode.OfNumber("1.1")));
        TermDigest.Of(TermNode.OfText("1.10")).Should().NotBe(TermDigest.Of(TermNode.OfText("1.1")));
        TermDigest.Of(TermNode.OfText("1")).Should().NotBe(TermDigest.Of(TermNode.OfNumber("1")));
        TermDigest.Of(TermNode.OfText("true")).Should().NotBe(TermDigest.Of(TermNode.OfFlag(true)));
        TermDigest.Of(TermNode.OfText(string.Empty)).Should().NotBe(TermDigest.Of(TermNode.Null));
    }

    [Fact]
    public void The_place_in_a_file_does_not_count() =>
        TermDigest.Of(TermNode.OfText("a").At(3, 4)).Should().Be(TermDigest.Of(TermNode.OfText("a")));

    [Fact]
    public void Trees_that_are_too_deep_or_name_twice_are_refused()
    {
        TermNode deep = TermNode.Null;
        for (int i = 0; i < TermDigest.DepthMax; i++)
        {
            deep = TermNode.OfList([deep]);
        }

        FluentActions.Invoking(() => TermDigest.Of(deep)).Should().NotThrow();
        FluentActions.Invoking(() => TermDigest.Of(TermNode.OfList([deep]))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => TermDigest.Of(Node(("a", deep), ("a", deep)))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Two_trees_agree_exactly_when_their_terms_do()
    {
        Gen<TermNode> trees = Trees(3);
        Prop.ForAll(
            trees.SelectMany(a => trees.Select(b => (a, b))).ToArbitrary(),
            static c => (Sorted(c.a) == Sorted(c.b)) == (TermDigest.Of(c.a) == TermDigest.Of(c.b))
                && TermDigest.Of(Sorted(c.a)) == TermDigest.Of(c.a))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithReplay(20_180_722, 1));
    }

    // Few values, so that equal trees come up.
    private static Gen<TermNode> Trees(int depth)
    {
        Gen<TermNode> leaf = Gen.Elements(
            TermNode.OfText("a"),
            TermNode.OfText(string.Empty),
            TermNode.OfNumber("1"),
            TermNode.OfFlag(true),
            TermNode.Null);
        if (depth == 0)
        {
            return leaf;
        }

        Gen<TermNode> list = Trees(depth - 1).ArrayOf(2).Select(static items => TermNode.OfList([.. items]));
        Gen<TermNode> @object = Trees(depth - 1).ArrayOf(2).SelectMany(static items =>
            Gen.Elements<ValueList<string>>(["x", "y"], ["y", "x"], ["x", "é"])
                .Select(names => TermNode.OfObject(names, [.. items])));
        return Gen.OneOf(leaf, list, @object);
    }

    private static TermNode Sorted(TermNode node)
    {
        if (node.Kind != TermKind.Object)
        {
            return node.Kind == TermKind.List ? TermNode.OfList([.. node.Items.Select(Sorted)]) : node;
        }

        int[] order = [.. Enumerable.Range(0, node.Names.Count).OrderBy(i => node.Names[i], StringComparer.Ordinal)];
        return TermNode.OfObject([.. order.Select(i => node.Names[i])], [.. order.Select(i => Sorted(node.Items[i]))]);
    }

    private static TermNode Node(params (string Name, TermNode Value)[] terms) =>
        TermNode.OfObject([.. terms.Select(static t => t.Name)], [.. terms.Select(static t => t.Value)]);
}
