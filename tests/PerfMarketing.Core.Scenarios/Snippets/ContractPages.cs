using System.Text.Json.Nodes;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Scenarios.Samples;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The JSON of the pages, put into a contract or a campaign that has the other terms.</summary>
internal static class ContractPages
{
    private const string ContractJson = """
        {
          "id": "page", "payer": "acme", "partners": ["p-anna", "p-max"], "currency": "EUR", "zone": "Europe/Berlin",
          "clauses": [
            { "id": "impression", "outcome": "impression", "rounding": { "at": "period" },
              "pays": { "model": "fixed", "price": "0.002 EUR" } },
            { "id": "click", "outcome": "click", "pays": { "model": "fixed", "price": "0.50 EUR" } },
            { "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "8%" } }
          ]
        }
        """;

    private const string CampaignStart = """{ "id": "page", "advertiser": "acme", "zone": "Europe/Berlin" }""";

    /// <summary>A contract with the terms of a page, in which nothing is wrong.</summary>
    public static ContractDraft Contract(string page, int index)
    {
        ContractDraft draft = CampaignJson.ParseContract(With(ContractJson, Json(page, index)));
        draft.Validate().Errors.Should().BeEmpty();
        return draft;
    }

    /// <summary>A campaign with the terms of a page, in which nothing is wrong.</summary>
    public static CampaignDraft Campaign(string page, int index)
    {
        JsonObject campaign = JsonNode.Parse(CampaignStart)!.AsObject();
        campaign["contracts"] = new JsonArray(JsonNode.Parse(ContractJson));
        CampaignDraft draft = CampaignJson.ParseCampaign(With(campaign.ToJsonString(), Json(page, index)));
        draft.Validate().Errors.Should().BeEmpty();
        return draft;
    }

    /// <summary>A block of JSON of a page, counted from 0.</summary>
    public static string Json(string page, int index) =>
        KeptFile.Read(page).Split("```json\n")[index + 1].Split("```")[0];

    /// <summary>A block of plain text of a page, counted from 0.</summary>
    public static string Text(string page, int index) =>
        KeptFile.Read(page).Split("```text\n")[index + 1].Split("\n```")[0];

    private static string With(string whole, string part)
    {
        JsonObject merged = JsonNode.Parse(whole)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(part)!.AsObject())
        {
            merged[name] = value?.DeepClone();
        }

        return merged.ToJsonString();
    }
}
