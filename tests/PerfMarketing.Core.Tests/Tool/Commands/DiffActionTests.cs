using PerfMarketing.Serialization;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Commands;

public sealed class DiffActionTests
{
    private const string Contract = """
        { "id": "acme", "payer": "acme", "partners": ["p1"], "currency": "EUR", "clauses": [
          { "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "12%" } } ] }
        """;

    private static readonly string Sample = Path.Combine(SourceTree.Root, "docs/samples/journey-log/campaign.json");

    [Fact]
    public void What_differs_is_printed_and_ends_with_three()
    {
        using ToolRun run = new();
        run.Write("old.json", Contract);
        run.Write("new.json", Contract.Replace("12%", "10%", StringComparison.Ordinal));

        run.Run("diff", "@old.json", "@new.json").Should().Be(ExitCodes.Different);

        run.Printed.Should().Be($"sale: 12% → 10%{Environment.NewLine}");
    }

    [Fact]
    public void Same_terms_written_otherwise_are_no_difference()
    {
        using ToolRun run = new();
        run.Write("old.json", Contract);
        run.Write("new.json", Contract.Replace(
            "\"outcome\": \"sale\",", "\"hold\": \"0d\", \"outcome\": \"sale\",", StringComparison.Ordinal));

        run.Run("diff", "@old.json", "@new.json").Should().Be(ExitCodes.Done);

        run.Printed.Should().BeEmpty();
    }

    [Fact]
    public void Campaigns_are_compared_as_json()
    {
        using ToolRun run = new();
        string other = Sample.Replace("campaign.json", "campaign-linear.json", StringComparison.Ordinal);

        run.Run("diff", Sample, other, "--json").Should().Be(ExitCodes.Different);

        run.Json.GetProperty("text")[0].GetString().Should().Be(
            "id journey-log → journey-log-linear; "
            + "attribution last-touch, cut at conversion → linear, cut at conversion");
        run.Json.GetProperty("changes")[1].GetProperty("pathBefore").GetString().Should().Be("$.attribution");
    }

    [Theory]
    [InlineData("a campaign and a contract", "diff.other-kind", Contract)]
    [InlineData("a broken file", "terms.syntax", "{")]
    [InlineData("an unknown model", "payout.model-unknown", """
        { "id": "acme", "currency": "EUR", "clauses": [
          { "id": "sale", "outcome": "sale", "pays": { "model": "acme.x" } } ] }
        """)]
    public void What_cannot_be_compared_is_bad_input(string reason, string code, string json)
    {
        using ToolRun run = new();
        run.Write("new.json", json);

        run.Run("diff", Sample, "@new.json").Should().Be(ExitCodes.BadInput, reason);

        run.Complained.Should().Contain("new.json(").And.Contain(code);
        run.Printed.Should().BeEmpty();
    }

    [Fact]
    public void Schema_is_printed()
    {
        using ToolRun run = new();

        run.Run("schema", "contract").Should().Be(ExitCodes.Done);
        run.Printed.Should().Be(JsonSchema.OfContract());
        run.Run("schema", "campaign").Should().Be(ExitCodes.Done);
        run.Printed.Should().Be(JsonSchema.OfCampaign());
    }
}
