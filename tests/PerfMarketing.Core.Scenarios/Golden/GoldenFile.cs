using System.Text.Json.Nodes;
using PerfMarketing.Campaigns;
using PerfMarketing.Scenarios.Samples;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Golden;

/// <summary>A contract or campaign beside its cases: <c>x.contract.json</c> and <c>x.cases.json</c>.</summary>
internal sealed record GoldenFile(string Name)
{
    private const string Folder = "tests/PerfMarketing.Core.Scenarios/Golden";

    public static IEnumerable<GoldenFile> All =>
        Directory.EnumerateFiles(Path.Combine(KeptFile.Root, Folder), "*.cases.json")
            .Select(static path => new GoldenFile(Path.GetFileName(path)[..^".cases.json".Length]))
            .OrderBy(static f => f.Name, StringComparer.Ordinal);

    public IEnumerable<GoldenCase> Cases =>
        JsonNode.Parse(KeptFile.Read($"{Folder}/{Name}.cases.json"))!.AsArray()
            .Select(static node => new GoldenCase(node!.AsObject()));

    /// <summary>The terms, read from the file of the one name or the other.</summary>
    public CampaignDraft Terms()
    {
        string contract = $"{Folder}/{Name}.contract.json";
        return File.Exists(Path.Combine(KeptFile.Root, contract))
            ? CampaignJson.ParseContract(KeptFile.Read(contract)).ToCampaign()
            : CampaignJson.ParseCampaign(KeptFile.Read($"{Folder}/{Name}.campaign.json"));
    }
}
