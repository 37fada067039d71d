using System.Text.Json.Nodes;
using PerfMarketing.Contracts;
using PerfMarketing.Scenarios.Samples;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The JSON of docs/write-a-proof-policy.md and docs/what-proves-what.md is valid in a contract.</summary>
public sealed class ProofPolicyPagesTests
{
    [Theory]
    [InlineData("write-a-proof-policy.md", 5)]
    [InlineData("what-proves-what.md", 1)]
    public void Every_block_is_valid(string page, int blocks)
    {
        string[] found =
            [.. KeptFile.Read($"docs/{page}").Split("```json\n").Skip(1).Select(static b => b.Split("```")[0])];

        found.Should().HaveCount(blocks);
        foreach (string block in found)
        {
            JsonObject part = JsonNode.Parse(block)!.AsObject();
            JsonObject contract = JsonNode.Parse("""
                {
                  "id": "page", "payer": "acme", "partners": ["p-anna"], "currency": "EUR",
                  "clauses": [{ "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "8%" } }]
                }
                """)!.AsObject();
            JsonObject holder = part.ContainsKey("proof") ? contract["clauses"]![0]!.AsObject() : contract;
            holder[part.ContainsKey("proof") ? "proof" : "claims"] =
                part.ContainsKey("proof") ? part : part["claims"]!.DeepClone();

            ContractDraft draft = CampaignJson.ParseContract(contract.ToJsonString());

            draft.Validate().Errors.Should().BeEmpty(block);
            CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft, block);
        }
    }
}
