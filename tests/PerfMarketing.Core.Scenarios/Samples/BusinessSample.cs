using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PerfMarketing.Campaigns;
using PerfMarketing.Scenarios.Golden;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>One of the sample campaigns with cases beside it: the form is that of the golden contracts.</summary>
internal sealed partial record BusinessSample(string Name)
{
    private const string Folder = "docs/samples";

    public static IEnumerable<BusinessSample> All =>
        Directory.EnumerateFiles(Path.Combine(KeptFile.Root, Folder), "cases.json", SearchOption.AllDirectories)
            .Select(static path => new BusinessSample(Path.GetFileName(Path.GetDirectoryName(path)!)))
            .OrderBy(static s => s.Name, StringComparer.Ordinal);

    public IEnumerable<GoldenCase> Cases =>
        JsonNode.Parse(KeptFile.Read($"{Folder}/{Name}/cases.json"))!.AsArray()
            .Select(static node => new GoldenCase(node!.AsObject()));

    /// <summary>The amounts that are expected in the first case, which the page tells.</summary>
    public IEnumerable<string> ExampleAmounts =>
        Amount().Matches(JsonNode.Parse(KeptFile.Read($"{Folder}/{Name}/cases.json"))![0]!["then"]!.ToJsonString())
            .Select(static match => match.Value);

    public string Page => KeptFile.Read($"{Folder}/{Name}/README.md");

    public CampaignDraft Terms() => CampaignJson.ParseCampaign(KeptFile.Read($"{Folder}/{Name}/campaign.json"));

    [GeneratedRegex("-?[0-9]+\\.[0-9]{2} [A-Z]{3}")]
    private static partial Regex Amount();
}
