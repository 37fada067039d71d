using System.Text.Json;
using FluentValidation.Results;
using PerfMarketing.Contracts;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Stories;

/// <summary>Story 2: a contract is loaded from JSON and validated.</summary>
public sealed class LoadAndValidate
{
    private const string Json = """
        {"id":"acme-2026","payer":"acme","partners":["partner-7"],"currency":"EUR","zone":"Europe/Berlin",
         "clauses":[
          {"id":"lead","outcome":"lead","pays":{"model":"fixed","price":"4.50 EUR"}},
          {"id":"install","outcome":"install","pays":{"model":"capped","cap":"80.00 EUR",
           "inner":{"model":"tiered","tiers":[
            {"price":"1.20 EUR","upTo":100},{"price":"0.90 EUR","upTo":50},{"price":"0.80 EUR"}]}}}]}
        """;

    [Fact]
    public void Failures_of_the_terms_have_code_and_path()
    {
        List<string> written = [];
        TermCatalog catalog = TermCatalog.Default;

        ContractDraft draft = CampaignJson.ParseContract(Json, catalog);
        if (!draft.TryBuild(out _, out ValidationResult result, catalog))
        {
            foreach (ValidationFailure failure in result.Errors)
            {
                written.Add($"{failure.ErrorCode}  {failure.PropertyName}");
            }
        }

        written.Should().Equal($"{PayoutCodes.TiersNotAscending}  Clauses[1].Pays.Inner.Tiers[1]");
    }

    [Fact]
    public void Text_that_is_no_contract_names_every_place()
    {
        string wrong = Json.Replace("4.50 EUR", "4.505 EUR", StringComparison.Ordinal)
            .Replace("\"capped\"", "\"caped\"", StringComparison.Ordinal);

        JsonException exception = FluentActions.Invoking(() => CampaignJson.ParseContract(wrong))
            .Should().Throw<JsonException>().Which;

        exception.Path.Should().StartWith("$.clauses[");
        exception.Message.Should().Contain("$.clauses[1].pays.model");
    }
}
