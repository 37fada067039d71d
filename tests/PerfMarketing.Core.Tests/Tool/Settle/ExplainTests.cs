using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Settle;

public sealed class ExplainTests
{
    private const string Campaign = """
        {
          "id": "spring", "advertiser": "shop", "attribution": { "rule": "linear", "lookback": "30d" },
          "budgets": [ { "id": "all", "limit": "1000.00 EUR", "per": "month" } ],
          "contracts": [
            {
              "id": "affiliates", "payer": "shop", "partners": [ "blog", "mail" ], "currency": "EUR",
              "clauses": [ { "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "10%" } } ]
            },
            {
              "id": "network", "payer": "adnet", "partners": [ "blog" ], "currency": "EUR",
              "clauses": [ { "id": "sale", "outcome": "sale", "pays": { "model": "fixed", "price": "7.77 EUR" } } ]
            }
          ]
        }
        """;

    private const string Log = """
        {"type":"touch","id":"t0","at":"2026-01-01T09:00:00Z","customer":"c1","partner":"blog"}
        {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"blog"}
        {"type":"touch","id":"t2","at":"2026-03-02T09:00:00Z","customer":"c1","partner":"mail"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"100.00 EUR"}
        {"type":"evidence","id":"e1","outcome":"o1","kind":"order-paid","at":"2026-03-04T09:00:00Z"}
        {"type":"correction","id":"x1","outcome":"o1","correction":"retraction","at":"2026-03-05T09:00:00Z"}
        """;

    [Fact]
    public void The_advertiser_sees_all_touches_and_what_it_pays()
    {
        string text = Explain("advertiser");

        text.Should().Contain("Outcome o1: sale, worth 100.00 EUR")
            .And.Contain("order-paid by asserted: valid, asserted")
            .And.Contain("retraction x1").And.Contain("blog  credit 1/2  (t1)").And.Contain("mail  credit 1/2  (t2)")
            .And.Contain("blog  nothing: attribution.outside-lookback")
            .And.Contain("revenue-share 10% of 100.00 EUR").And.Contain("earning 5.00 EUR to mail")
            .And.Contain("adjustment -5.00 EUR to mail").And.Contain("all 2026-03: ");
        text.Should().NotContain("7.77").And.NotContain("contract network");
    }

    [Fact]
    public void The_network_sees_both_sides() =>
        Explain("network").Should().Contain("7.77").And.Contain("affiliates");

    [Fact]
    public void A_partner_sees_its_own_and_nothing_of_others()
    {
        string text = Explain("partner:mail");

        text.Should().Contain("mail  credit 1/2  (t2)").And.Contain("and 2 of others")
            .And.Contain("earning 5.00 EUR to mail");
        text.Should().NotContain("blog").And.NotContain("7.77").And.NotContain("Budget").And.NotContain("network");
    }

    [Fact]
    public void An_outcome_that_nobody_knows_is_an_error()
    {
        using ToolRun tool = new();
        tool.Write("c.json", Campaign);
        tool.Write("log.jsonl", Log);
        tool.Run("explain", "@c.json", "--events", "@log.jsonl", "--outcome", "o2").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("settle.outcome-unknown");
    }

    [Fact]
    public void Validate_says_what_is_right_and_what_is_wrong()
    {
        using ToolRun tool = new();
        tool.Write("c.json", Campaign);
        tool.Run("validate", "@c.json").Should().Be(ExitCodes.Done);
        tool.Printed.Should().StartWith("spring v1 is valid: 2 contract(s)");
        tool.Write("c.json", Campaign.Replace("10%", "10", StringComparison.Ordinal));
        tool.Run("validate", "@c.json").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("$.contracts[0].clauses[0].pays.rate");
    }

    private static string Explain(string audience)
    {
        using ToolRun tool = new();
        tool.Write("c.json", Campaign);
        tool.Write("log.jsonl", Log);
        tool.Run("explain", "@c.json", "--events", "@log.jsonl", "--outcome", "o1", "--audience", audience)
            .Should().Be(ExitCodes.Done, tool.Complained);
        return tool.Printed;
    }
}
