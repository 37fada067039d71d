using System.Text.Json;
using System.Text.Json.Nodes;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Settle;

public sealed class ShownMonthTests
{
    private static readonly string Log = string.Concat(
        Sale("o1", "2026-02-27T12:00:00Z", "10.00"),
        Sale("o2", "2026-03-03T12:00:00Z", "1.00"),
        Sale("o3", "2026-03-10T12:00:00Z", "2.00"),
        Sale("o4", "2026-03-20T12:00:00Z", "4.00"),
        Sale("o5", "2026-03-31T12:00:00Z", "8.00"),
        Sale("o6", "2026-04-01T02:00:00Z", "16.00"),
        Sale("o7", "2026-04-20T12:00:00Z", "32.00"));

    // The last sale of March comes when it is April in Greenwich. The week from Monday, 23 February, ends in March, the
    // one from 30 March in April.
    [Theory]
    [InlineData("week", "2026-02", "0.00", 0)]
    [InlineData("week", "2026-03", "17.00", 4)]
    [InlineData("week", "2026-04", "56.00", 3)]
    [InlineData("half-month", "2026-02", "10.00", 1)]
    [InlineData("half-month", "2026-03", "31.00", 5)]
    [InlineData("half-month", "2026-04", "32.00", 1)]
    [InlineData("month", "2026-02", "10.00", 1)]
    [InlineData("month", "2026-03", "31.00", 5)]
    [InlineData("month", "2026-04", "32.00", 1)]
    [InlineData("quarter", "2026-02", "0.00", 0)]
    [InlineData("quarter", "2026-03", "41.00", 6)]
    [InlineData("quarter", "2026-06", "32.00", 1)]
    public void A_month_shows_the_statements_that_end_in_it(string per, string month, string payable, int qualified)
    {
        using ToolRun tool = Start(per);

        Settle(tool, "--period", month).Should().Be(ExitCodes.Done, tool.Complained);

        JsonElement totals = tool.Json.GetProperty("totals");
        totals.GetProperty("qualified").GetInt32().Should().Be(qualified);
        foreach (string amount in (string[])["gross", "total", "payable"])
        {
            string stated = totals.TryGetProperty(amount, out JsonElement found) ? found.GetString()! : "0.00 EUR";
            stated.Should().Be(payable + " EUR", amount);
        }
    }

    // From February on months are agreed, and the quarter that is running is settled to its end.
    [Theory]
    [InlineData("2026-02", 0, "0.00")]
    [InlineData("2026-03", 6, "41.00")]
    [InlineData("2026-04", 1, "32.00")]
    public void Other_periods_are_shown_from_when_the_running_one_is_over(string month, int qualified, string gross)
    {
        using ToolRun tool = Start("quarter");
        JsonNode campaign = JsonNode.Parse(tool.Read("c.json"))!;
        JsonArray contracts = campaign["contracts"]!.AsArray();
        JsonNode second = contracts[0]!.DeepClone();
        contracts[0]!["effective"] = "2026-01-01/2027-01-01";
        second["version"] = 2;
        second["effective"] = "2026-02-01/2027-01-01";
        second["settlement"]!["per"] = "month";
        contracts.Add(second);
        tool.Write("c.json", campaign.ToJsonString());

        Settle(tool, "--period", month).Should().Be(ExitCodes.Done, tool.Complained);

        JsonElement totals = tool.Json.GetProperty("totals");
        totals.GetProperty("qualified").GetInt32().Should().Be(qualified);
        (totals.TryGetProperty("gross", out JsonElement found) ? found.GetString() : "0.00 EUR").Should()
            .Be(gross + " EUR");
        tool.Json.TryGetProperty("noStatement", out _).Should().Be(qualified == 0);
    }

    [Fact]
    public void The_table_names_contracts_of_which_no_statement_ends_in_the_month()
    {
        using ToolRun tool = Start("quarter");

        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--period", "2026-02");
        tool.Printed.Should().Contain("No statement of affiliates ends in 2026-02.");
        Settle(tool, "--period", "2026-02");
        tool.Json.GetProperty("noStatement")[0].GetString().Should().Be("affiliates");

        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--period", "2026-03");
        tool.Printed.Should().NotContain("No statement");
    }

    [Theory]
    [InlineData("2026-03", "2026-04-20T12:00:00Z")]
    [InlineData("2026-06", "2026-07-01T04:00:00Z")]
    public void The_run_is_as_of_the_end_of_the_log_or_of_the_month_in_every_zone(string month, string asOf)
    {
        using ToolRun tool = Start("quarter");

        Settle(tool, "--period", month);

        tool.Json.GetProperty("asOf").GetString().Should().Be(asOf);
    }

    [Fact]
    public void Statements_of_all_months_are_written_whichever_is_shown()
    {
        using ToolRun tool = Start("half-month");
        Settle(tool, "--out", "@all");
        Settle(tool, "--period", "2026-03", "--out", "@march");

        tool.Read("march/statements.json").Should().Be(tool.Read("all/statements.json"));
    }

    private static int Settle(ToolRun tool, params string[] more) =>
        tool.Run(["settle", "@c.json", "--events", "@log.jsonl", "--json", .. more]);

    private static ToolRun Start(string per)
    {
        const string Campaign = """
            {
              "id": "spring", "advertiser": "shop", "attribution": { "rule": "last-touch", "lookback": "90d" },
              "contracts": [
                {
                  "id": "affiliates", "payer": "shop", "partners": [ "blog" ], "currency": "EUR",
                  "zone": "America/New_York", "settlement": { "per": "~" },
                  "clauses": [
                    { "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "100%" } }
                  ]
                }
              ]
            }
            """;
        ToolRun tool = new();
        tool.Write("c.json", Campaign.Replace("~", per, StringComparison.Ordinal));
        tool.Write("log.jsonl", """
            {"type":"touch","id":"t1","at":"2026-02-20T09:00:00Z","customer":"c1","partner":"blog"}

            """ + Log);
        return tool;
    }

    private static string Sale(string id, string at, string value) =>
        $$"""{"type":"outcome","id":"{{id}}","at":"{{at}}","customer":"c1","kind":"sale","value":"{{value}} EUR"}"""
        + "\n";
}
