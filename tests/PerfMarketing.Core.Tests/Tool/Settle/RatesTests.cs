using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Settle;

public sealed class RatesTests
{
    private const string Campaign = """
        {
          "id": "spring", "advertiser": "shop", "attribution": { "rule": "last-touch" },
          "contracts": [
            {
              "id": "affiliates", "payer": "shop", "partners": [ "blog" ], "currency": "EUR",
              "conversion": { "source": "ecb" },
              "clauses": [
                { "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "15%" } }
              ]
            }
          ]
        }
        """;

    private const string Log = """
        {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"blog"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"33.33 USD"}
        {"type":"outcome","id":"o2","at":"2026-03-05T09:00:00Z","customer":"c1","kind":"sale","value":"1.00 EUR"}

        """;

    private const string Rate =
        """{"id":"e1","from":"USD","to":"EUR","rate":0.915,"source":"ecb","at":"2026-03-03T15:00:00Z"}""";

    [Fact]
    public void Settle_and_explain_convert_by_the_rates_of_a_file()
    {
        using ToolRun tool = Start($$"""{"rates":[{{Rate}}]}""");

        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--rates", "@rates.json", "--out", "@out")
            .Should().Be(ExitCodes.Done);

        tool.Read("out/ledger.csv").Should().Contain("4.57").And.Contain("0.15");
        tool.Read("out/statements.json").Should().Contain("\"source\":\"ecb\"");
        tool.Run("explain", "@c.json", "--events", "@log.jsonl", "--rates", "@rates.json", "--outcome", "o1")
            .Should().Be(ExitCodes.Done);
        tool.Printed.Should().Contain("4.57 EUR");
    }

    [Fact]
    public void Without_rates_the_sale_waits()
    {
        using ToolRun tool = Start("{}");

        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--rates", "@rates.json", "--out", "@out")
            .Should().Be(ExitCodes.Done);

        tool.Read("out/decisions.jsonl").Should().Contain("settlement.rate-missing");
        tool.Read("out/ledger.csv").Should().NotContain("4.57").And.Contain("0.15");
    }

    [Theory]
    [InlineData("""{"rates":[{"id":"e1","from":"USD"}]}""", "rates.json(1,11): ")]
    [InlineData("""{"rates":[!,?]}""", "settle.rate-conflict: two rates have the id e1")]
    public void Rates_that_cannot_be_read_end_the_run(string rates, string complaint)
    {
        string other = Rate.Replace("0.915", "0.5", StringComparison.Ordinal);
        using ToolRun tool = Start(rates.Replace("!", Rate, StringComparison.Ordinal)
            .Replace("?", other, StringComparison.Ordinal));

        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--rates", "@rates.json")
            .Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain(complaint);
    }

    private static ToolRun Start(string rates)
    {
        ToolRun tool = new();
        tool.Write("c.json", Campaign);
        tool.Write("log.jsonl", Log);
        tool.Write("rates.json", rates);
        return tool;
    }
}
