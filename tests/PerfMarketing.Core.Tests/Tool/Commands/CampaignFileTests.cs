using System.Globalization;
using System.Text.RegularExpressions;
using PerfMarketing.Campaigns;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Commands;

public sealed class CampaignFileTests
{
    private static readonly string Sample = Path.Combine(SourceTree.Root, "docs/samples/journey-log/campaign.json");

    public static TheoryData<string> Samples =>
        [.. SourceTree.Files("campaign*.json", "docs/samples").Select(static file => file.Path)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_campaign_is_valid(string path) =>
        Read(Path.Combine(SourceTree.Root, path), out string complaints).Should().NotBeNull(complaints);

    [Fact]
    public void The_journey_campaigns_differ_in_their_rule_alone()
    {
        Campaign last = Read(Sample, out _)!;
        string other = Sample.Replace("campaign.json", "campaign-linear.json", StringComparison.Ordinal);
        Campaign linear = Read(other, out _)!;

        linear.Attribution.Tag.Should().Be("linear");
        linear.Contracts.Should().Equal(last.Contracts);
        (last.Attribution.Tag, last.Attribution.CutAtConversion).Should().Be(("last-touch", true));
    }

    [Fact]
    public void What_is_wrong_with_the_terms_is_printed_with_its_place_and_path()
    {
        string json = File.ReadAllText(Sample)
            .Replace("\"10.00 EUR\"", "\"10.00 USD\"", StringComparison.Ordinal)
            .Replace("\"Etc/UTC\"", "\"Mars\"", StringComparison.Ordinal);

        Read(Write(json), out string complaints).Should().BeNull();
        string[] paths = ["$.zone: ", "$.contracts[0].zone: ", "$.contracts[0].clauses[0].pays.price: "];
        foreach (string path in paths)
        {
            complaints.Should().MatchRegex(@"\(\d+,\d+\): [a-z.-]+: " + Regex.Escape(path));
        }
    }

    [Fact]
    public void What_is_wrong_with_the_text_is_printed_with_its_place_and_path()
    {
        string json = File.ReadAllText(Sample).Replace("\"advertiser\"", "\"advertizer\"", StringComparison.Ordinal);

        Read(Write(json), out string complaints).Should().BeNull();
        complaints.Should().Contain("(5,17): terms.unknown: $.advertizer: ");
        Read(Write("{"), out complaints).Should().BeNull();
        complaints.Should().Contain("(1,2): terms.syntax: $: ");
        Read("no-such.json", out complaints).Should().BeNull();
        complaints.Should().StartWith("no-such.json(1,1): log.unreadable: ");
    }

    private static string Write(string json)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("perfmarketing").FullName, "campaign.json");
        File.WriteAllText(path, json);
        return path;
    }

    private static Campaign? Read(string path, out string complaints)
    {
        using StringWriter error = new(CultureInfo.InvariantCulture);
        Campaign? campaign = new CampaignFile(new(TextWriter.Null, error, IsTerminal: false)).ReadCampaign(path);
        complaints = error.ToString().Trim();
        return campaign;
    }
}
