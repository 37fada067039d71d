using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Integrity;

public sealed class TermDiffTests
{
    private const int Cases = 10_000;

    [Theory]
    [InlineData("nothing", """{"a":1}""", """{"a":1}""")]
    [InlineData("the order of names", """{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("how a number is written", """{"a":1.10}""", """{"a":1.1}""")]
    [InlineData("a value", """{"a":{"b":"x"}}""", """{"a":{"b":"y"}}""", "changed $.a.b > $.a.b")]
    [InlineData("another kind of value", """{"a":1}""", """{"a":"1"}""", "changed $.a > $.a")]
    [InlineData("a new term", """{}""", """{"a":{"b":1}}""", "added  > $.a")]
    [InlineData("a term less", """{"a":[1]}""", """{}""", "removed $.a > ")]
    [InlineData("a name that is no word", """{"a.b":1}""", """{"a.b":2}""", "changed $['a.b'] > $['a.b']")]
    [InlineData("texts in a list", """["x","y"]""", """["x","z","y"]""", "added  > $[1]")]
    [InlineData("texts put elsewhere", """["x","y","z"]""", """["z","x","y"]""", "moved $[2] > $[0]")]
    [InlineData(
        "objects found by id",
        """[{"id":"x","a":1},{"id":"y","a":2}]""",
        """[{"id":"y","a":3},{"id":"x","a":1}]""",
        "moved $[0] > $[1]",
        "changed $[1].a > $[0].a")]
    [InlineData(
        "objects found by id and version",
        """[{"id":"x","version":1,"a":1}]""",
        """[{"id":"x","version":1,"a":1},{"id":"x","version":2,"a":1}]""",
        "added  > $[1]")]
    [InlineData(
        "one version after another",
        """[{"id":"x","version":1,"a":1}]""",
        """[{"id":"x","version":2,"a":1}]""",
        "changed $[0].version > $[0].version")]
    [InlineData(
        "an item between others",
        """[{"p":1,"upTo":5},{"p":2}]""",
        """[{"p":1,"upTo":5},{"p":3,"upTo":9},{"p":2}]""",
        "added  > $[1]")]
    [InlineData("an item changed", """[{"p":1},{"p":2}]""", """[{"p":1},{"p":3}]""", "changed $[1].p > $[1].p")]
    [InlineData(
        "another model",
        """{"pays":{"model":"fixed","price":"1.00 EUR"}}""",
        """{"pays":{"model":"revenue-share","rate":"5%"}}""",
        "changed $.pays > $.pays")]
    public void Difference_is_told(string reason, string before, string after, params string[] expected) =>
        TermDiff.Between(Tree(before), Tree(after))
            .Select(static c => $"{EnumText.Of(c.Kind)} {c.PathBefore} > {c.PathAfter}")
            .Should().BeEquivalentTo(expected, reason);

    [Fact]
    public void Nothing_differs_exactly_when_the_digest_is_the_same()
    {
        foreach ((int seed, TermNode before, TermNode after) in Pairs())
        {
            TermDiff.Between(before, before).Should().BeEmpty("of seed {0}", seed);
            (TermDiff.Between(before, after).Count == 0).Should().Be(
                TermDigest.Of(before) == TermDigest.Of(after), "of seed {0}", seed);
        }
    }

    [Fact]
    public void Changes_made_to_the_older_version_give_the_newer_one()
    {
        foreach ((int seed, TermNode before, TermNode after) in Pairs())
        {
            TermNode made = TermDiff.Apply(before, TermDiff.Between(before, after));
            TermDigest.Of(made).Should().Be(TermDigest.Of(after), "of seed {0}", seed);
        }
    }

    [Fact]
    public void Way_back_is_the_mirror_of_the_way_there()
    {
        foreach ((int seed, TermNode before, TermNode after) in Pairs())
        {
            TermDiff.Between(after, before).Select(static c => c.Mirrored()).ToValueList()
                .Should().Equal(TermDiff.Between(before, after), "of seed {0}", seed);
        }
    }

    [Fact]
    public void Changes_are_terms_themselves()
    {
        foreach (TermChange change in Pairs().Take(100).SelectMany(static p => TermDiff.Between(p.Before, p.After)))
        {
            TermJson.Parse(TermJson.Write(change), TermChange.Read).Should().Be(change);
        }
    }

    [Theory]
    [InlineData("an item that is not there", """[1]""", """[1,2,3,4]""", """[]""")]
    [InlineData("a term that is not there", """{"a":1}""", """{"a":2}""", """[]""")]
    public void Changes_of_other_terms_are_refused(string reason, string before, string after, string other) =>
        FluentActions.Invoking(() => TermDiff.Apply(Tree(other), TermDiff.Between(Tree(before), Tree(after))))
            .Should().Throw<ArgumentException>(reason);

    [Fact]
    public void Ten_thousand_items_are_compared_at_once()
    {
        TermNode Tiers(int from) => TermNode.OfList([.. Enumerable.Range(from, 10_000).Select(static n =>
            TermNode.OfObject(["upTo"], [TermNode.OfNumber(InvariantText.Of(n))]))]);

        TermDiff.Between(Tiers(0), Tiers(7)).Should().HaveCount(10_000, "beyond a bound items are matched by position");
    }

    private static TermNode Tree(string json)
    {
        TermFailures failures = [];
        JsonText.TryRead(json, failures, out TermNode node).Should().BeTrue();
        return node;
    }

    private static IEnumerable<(int Seed, TermNode Before, TermNode After)> Pairs()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            RandomTerms random = new(seed);
            TermNode before = random.Tree(4);
            yield return (seed, before, random.Edit(before));
        }
    }
}
