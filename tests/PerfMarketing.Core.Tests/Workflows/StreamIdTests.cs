using System.Reflection;
using System.Text.RegularExpressions;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

public sealed partial class StreamIdTests
{
    private static readonly CampaignId Campaign = new("acme/2026");

    [Fact]
    public void Text_names_campaign_kind_and_ids() =>
        new[]
        {
            StreamId.OfOutcome(Campaign, new("o%1")),
            StreamId.OfOrder(Campaign, new("A 1")),
            StreamId.OfLedger(Campaign, new("c/1"), new("p-blog")),
            StreamId.OfBudget(Campaign, new("flight"), "2026-03-01/2026-04-01"),
            StreamId.OfClaim(new("acme/eu"), new("A 1")),
        }.Select(static s => s.ToString()).Should().Equal(
            "acme%2F2026/outcome/o%251",
            "acme%2F2026/order/A 1",
            "acme%2F2026/ledger/c%2F1/p-blog",
            "acme%2F2026/budget/flight/2026-03-01%2F2026-04-01",
            $"/advertiser/acme%2Feu/claim/{DerivedId.Of("order", "A 1")}");

    [Theory]
    [InlineData("a slash moves between ids", "a/b", "c", "a", "b/c")]
    [InlineData("an escape is not its character", "a%2Fb", "c", "a/b", "c")]
    [InlineData("case counts", "A", "c", "a", "c")]
    public void No_two_streams_have_one_text(
        string because, string contract, string partner, string otherContract, string otherPartner) =>
        StreamId.OfLedger(Campaign, new(contract), new(partner)).ToString().Should()
            .NotBe(StreamId.OfLedger(Campaign, new(otherContract), new(otherPartner)).ToString(), because);

    [Fact]
    public void Longest_text_is_within_the_bound()
    {
        string id = new('/', Identifier.LengthMax);
        StreamId.OfOrder(new(id), new(new string('%', Identifier.ForeignLengthMax))).ToString().Length
            .Should().BeLessThanOrEqualTo(StreamId.LengthMax);
        StreamId.OfLedger(new(id), new(id), new(id)).ToString().Length.Should().BeLessThanOrEqualTo(StreamId.LengthMax);
    }

    // By its second part, whatever the ids are called there.
    [Fact]
    public void Page_lists_every_kind_of_stream()
    {
        string page = SourceTree.Files("*.md", "docs").Single(static f => f.Path == "docs/ports.md").Text;
        IEnumerable<string> made =
            from method in typeof(StreamId).GetMethods(BindingFlags.Public | BindingFlags.Static)
            where method.Name.StartsWith("Of", StringComparison.Ordinal)
            select method.Name["Of".Length..].ToUpperInvariant();

        PageRow().Matches(page).Select(static m => m.Groups["kind"].Value.ToUpperInvariant())
            .Should().BeEquivalentTo(made);
    }

    [Fact]
    public void Unset_ids_name_no_stream()
    {
        default(StreamId).ToString().Should().BeEmpty();
        FluentActions.Invoking(static () => StreamId.OfOutcome(Campaign, default)).Should()
            .Throw<InvalidOperationException>();
    }

    [GeneratedRegex(
        @"^\| `(<campaign>|/payee/<payee>|/advertiser/<advertiser>)/(?<kind>[a-z]+)/",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex PageRow();
}
