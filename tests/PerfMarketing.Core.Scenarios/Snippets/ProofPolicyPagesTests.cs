using System.Text.Json.Nodes;
using PerfMarketing.Contracts;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Scenarios.Samples;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The JSON of the pages on proof policies and delivery states is valid in a contract.</summary>
public sealed class ProofPolicyPagesTests
{
    [Fact]
    public void Delivery_states_are_terms_and_stand_in_a_contract()
    {
        string[] found = BlocksOf("delivery-states.md");
        JsonObject contract = Contract();
        JsonObject part = JsonNode.Parse(found[^1])!.AsObject();
        contract["claims"] = part["claims"]!.DeepClone();
        contract["deliveries"] = part["deliveries"]!.DeepClone();

        ContractDraft draft = CampaignJson.ParseContract(contract.ToJsonString());

        found.Should().HaveCount(2);
        part.Select(static p => p.Key).Should().Equal("claims", "deliveries");
        TermJson.Parse(found[0], DeliveryTerms.Read)!.Statuses.Should().ContainSingle();
        draft.Validate().Errors.Should().BeEmpty();
        draft.Deliveries.Should().ContainSingle().Which.Field.Should().Be(draft.Claims.Single().Claim);
        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
    }

    [Theory]
    [InlineData("write-a-proof-policy.md", 6)]
    [InlineData("what-proves-what.md", 1)]
    public void Every_block_is_valid(string page, int blocks)
    {
        string[] found = BlocksOf(page);

        found.Should().HaveCount(blocks);
        foreach (string block in found)
        {
            JsonObject part = JsonNode.Parse(block)!.AsObject();
            JsonObject contract = Contract();
            JsonObject holder = part.ContainsKey("proof") ? contract["clauses"]![0]!.AsObject() : contract;
            holder[part.ContainsKey("proof") ? "proof" : "claims"] =
                part.ContainsKey("proof") ? part : part["claims"]!.DeepClone();

            ContractDraft draft = CampaignJson.ParseContract(contract.ToJsonString());

            draft.Validate().Errors.Should().BeEmpty(block);
            CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft, block);
        }
    }

    private static string[] BlocksOf(string page) =>
        [.. KeptFile.Read($"docs/{page}").Split("```json\n").Skip(1).Select(static b => b.Split("```")[0])];

    private static JsonObject Contract() => JsonNode.Parse("""
        {
          "id": "page", "payer": "acme", "partners": ["p-anna"], "currency": "EUR",
          "clauses": [{ "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "8%" } }]
        }
        """)!.AsObject();
}
