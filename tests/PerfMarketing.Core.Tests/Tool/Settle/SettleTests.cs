using System.Text.Json;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Settle;

public sealed class SettleTests
{
    // Sales pay 10 % once the order is paid, which must be said within 14 days; one budget of 30.00 a month.
    private const string Campaign = """
        {
          "id": "spring", "advertiser": "shop", "attribution": { "rule": "last-touch", "lookback": "30d" },
          "budgets": [ { "id": "all", "limit": "30.00 EUR", "per": "month", "atCap": "stop-and-reject" } ],
          "contracts": [
            {
              "id": "affiliates", "payer": "shop", "partners": [ "blog", "mail" ], "currency": "EUR",
              "clauses": [
                {
                  "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "10%" },
                  "proof": { "proof": "require", "kind": "order-paid", "minStrength": "asserted",
                             "coveredClaims": "as-named", "within": "14d" }
                }
              ]
            }
          ]
        }
        """;

    private const string March = """
        {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"blog"}
        {"type":"touch","id":"t2","at":"2026-03-02T09:00:00Z","customer":"c1","partner":"mail"}
        {"type":"touch","id":"t3","at":"2026-01-02T09:00:00Z","customer":"c2","partner":"mail"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"100.00 EUR"}
        {"type":"evidence","id":"e1","outcome":"o1","kind":"order-paid","at":"2026-03-04T09:00:00Z"}
        {"type":"outcome","id":"o2","at":"2026-03-05T09:00:00Z","customer":"c1","kind":"sale","value":"50.00 EUR"}
        {"type":"outcome","id":"o3","at":"2026-03-06T09:00:00Z","customer":"c2","kind":"sale","value":"70.00 EUR"}
        {"type":"outcome","id":"o4","at":"2026-03-07T09:00:00Z","customer":"c1","kind":"sale","isTest":true}
        {"type":"outcome","id":"o5","at":"2026-03-08T09:00:00Z","customer":"c1","kind":"sale","value":"900.00 EUR"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"100.00 EUR"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"999.00 EUR"}
        {"type":"outcome","id":"late"}

        """;

    private const string April = """
        {"type":"correction","id":"x1","outcome":"o1","correction":"amount-return","amount":"40.00 EUR",!}
        {"type":"touch","id":"t9","customer":"c1","partner":"blog","recordedAt":"2026-04-03T09:00:00Z",!}
        {"type":"outcome","id":"o9","customer":"c1","kind":"lead","recordedAt":"2026-04-04T09:00:00Z",!}
        """;

    private static readonly string Later =
        April.Replace("!", "\"at\":\"2026-04-02T09:00:00Z\"", StringComparison.Ordinal);

    [Fact]
    public void A_table_shows_every_partner_and_what_became_of_all_outcomes()
    {
        using ToolRun tool = Start(March);

        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--period", "2026-03").Should().Be(ExitCodes.Done);

        tool.Printed.Should().StartWith("spring v1, 2026-03, as of 2026-04-01T00:00:00Z");
        Cells(tool.Printed, "mail").Should().Equal("mail", "3", "1", "0", "2", "1", "10.00", "0.00", "10.00", "10.00");
        tool.Printed.Should().Contain("mail rejected: proof.expired 1, settlement.over-budget 1")
            .And.Contain("5 outcomes received").And.Contain("1  test").And.Contain("1  unattributed")
            .And.Contain("changed nothing: 1").And.Contain("moved no money: 1")
            .And.Contain("could not be used: 1");
    }

    [Fact]
    public void Invalid_results_of_a_source_are_taken_from_its_lines_in_either_order_of_the_log()
    {
        // A fifth of the 10.00 that mail earned; said twice, once otherwise, and once of more than there is.
        const string Lines = """
            {"type":"invalidation","id":"i1",~,"part":"20%","note":"audit"}
            {"type":"invalidation","id":"i1",~,"part":"20%","note":"audit"}
            {"type":"invalidation","id":"i1",~,"part":"30%","note":"audit"}
            {"type":"invalidation","id":"i2",~,"amount":"99.00 EUR","note":"audit"}

            """;
        const string Source =
            "\"contract\":\"affiliates\",\"partner\":\"mail\",\"from\":\"2026-03-01T00:00:00Z\","
            + "\"to\":\"2026-04-01T00:00:00Z\",\"at\":\"2026-03-20T00:00:00Z\",\"author\":\"ann\"";
        string log = March + Lines.Replace("~", Source, StringComparison.Ordinal);
        foreach (string text in (string[])[log, string.Join('\n', log.Split('\n').Reverse())])
        {
            using ToolRun tool = Start(text);
            tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--json").Should().Be(ExitCodes.Done);

            JsonElement mail = tool.Json.GetProperty("partners").EnumerateArray().Single();
            mail.GetProperty("adjustments").GetString().Should().Be("-2.00 EUR");
            tool.Json.GetProperty("repeated").GetInt64().Should().Be(2);
            tool.Json.GetProperty("conflicting").GetInt64().Should().Be(2);
            tool.Json.GetProperty("refused").EnumerateArray().Single().GetProperty("code").GetString()
                .Should().Be("invalidation.too-much");
        }
    }

    [Theory]
    [InlineData("winter", "2026-03-03T09:00:00Z", "0.00 EUR")]
    [InlineData("winter", "2026-02-01T09:00:00Z", "0.00 EUR")]
    [InlineData("spring", "2026-02-01T09:00:00Z", "10.00 EUR")]
    public void Order_that_another_campaign_took_is_not_paid_in_either_order_of_the_log(
        string campaign, string at, string payable)
    {
        string log = March.Replace("100.00 EUR\"", "100.00 EUR\",\"orderId\":\"A-1\"", StringComparison.Ordinal)
            + $$"""{"type":"claim","order":"A-1","campaign":"{{campaign}}","outcome":"w1","at":"{{at}}"}""" + "\n";
        foreach (string text in (string[])[log, string.Join('\n', log.Split('\n').Reverse())])
        {
            using ToolRun tool = Start(text);
            tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--json").Should().Be(ExitCodes.Done);

            tool.Json.GetProperty("totals").GetProperty("payable").GetString().Should().Be(payable);
        }
    }

    [Fact]
    public void One_json_object_holds_partners_and_totals()
    {
        using ToolRun tool = Start(March);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--json").Should().Be(ExitCodes.Done);

        JsonElement mail = tool.Json.GetProperty("partners").EnumerateArray().Single();
        mail.GetProperty("partner").GetString().Should().Be("mail");
        foreach (JsonElement row in (JsonElement[])[mail, tool.Json.GetProperty("totals")])
        {
            (row.GetProperty("outcomes").GetString(), row.GetProperty("payable").GetString(),
                row.GetProperty("total").GetString()).Should().Be(("1", "10.00 EUR", "10.00 EUR"));
        }

        tool.Json.GetProperty("funnel").GetProperty("lines").GetArrayLength().Should().BeGreaterThan(3);
        tool.Json.GetProperty("rejectedLines").GetInt64().Should().Be(1);
    }

    [Fact]
    public void Decisions_explain_as_much_as_is_asked_for_and_amounts_stay()
    {
        using ToolRun tool = Start(March);
        string[] levels = ["none", "standard", "full"];
        foreach (string level in levels)
        {
            tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--out", $"@{level}", "--explain", level)
                .Should().Be(ExitCodes.Done, tool.Complained);
        }

        foreach (string file in (string[])["statements.json", "ledger.csv"])
        {
            levels.Select(level => tool.Read($"{level}/{file}")).Distinct().Should().ContainSingle(file);
        }

        string none = tool.Read("none/decisions.jsonl");
        none.Should().Contain("\"qualification\"").And.Contain("\"credits\"").And.Contain("\"entries\"");
        none.Should().NotContain("\"reasons\"").And.NotContain("\"reason\"").And.NotContain("\"touches\"");
        tool.Read("standard/decisions.jsonl").Should().Contain("settlement.over-budget").And.Contain("\"t2\"")
            .And.NotContain("attribution.not-chosen");
        tool.Read("full/decisions.jsonl").Should().Contain("settlement.over-budget")
            .And.Contain("attribution.not-chosen")
            .And.Contain("attribution.outside-lookback");
    }

    [Fact]
    public void The_files_hold_statements_ledger_decisions_and_rejected_lines()
    {
        using ToolRun tool = Start(March);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--out", "@out").Should().Be(ExitCodes.Done);

        JsonElement statements = JsonDocument.Parse(tool.Read("out/statements.json")).RootElement;
        statements.GetProperty("statements").EnumerateArray().Single().GetProperty("gross").GetString()
            .Should().Be("10.00 EUR");
        string[] ledger = tool.Read("out/ledger.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        ledger.Should().HaveCount(2);
        ledger[1].Should().Contain(",earning,affiliates,1,sale,mail,o1,2026-03-03T09:00:00Z,")
            .And.Contain(",10.00,EUR,");
        tool.Read("out/decisions.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("outcome"))
            .Select(static outcome => outcome.GetProperty("id").GetString())
            .Should().Equal("o1", "o2", "o3", "o4", "o5");
        tool.Read("out/rejected.csv").Should().Contain("\r\n12,1,terms.missing,");
        Directory.GetFiles(Path.Combine(tool.Folder, "out")).Should().HaveCount(6);
    }

    [Fact]
    public void A_shuffled_log_and_a_streamed_one_give_the_same_files()
    {
        using ToolRun tool = Start(March + Later);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--out", "@held").Should().Be(ExitCodes.Done);
        string[] lines = [.. (March + Later).Split('\n')
            .Where(static line => line.Length > 0 && !line.Contains("\"late\"", StringComparison.Ordinal))];
        tool.Write("sorted.jsonl", string.Join('\n', lines.OrderBy(RecordedAt, StringComparer.Ordinal)));
        tool.Run("settle", "@c.json", "--events", "@sorted.jsonl", "--sorted", "--out", "@streamed")
            .Should().Be(ExitCodes.Done, tool.Complained);
        Array.Reverse(lines);
        tool.Write("shuffled.jsonl", string.Join('\n', lines));
        tool.Run("settle", "@c.json", "--events", "@shuffled.jsonl", "--out", "@shuffled").Should().Be(ExitCodes.Done);

        foreach (string file in (string[])["statements.json", "ledger.csv"])
        {
            tool.Read("shuffled/" + file).Should().Be(tool.Read("held/" + file), file);
            tool.Read("streamed/" + file).Should().Be(tool.Read("held/" + file), file);
        }
    }

    [Fact]
    public void A_closed_statement_stands_whatever_comes_later()
    {
        using ToolRun tool = Start(March);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--period", "2026-03", "--out", "@march")
            .Should().Be(ExitCodes.Done);
        tool.Write("log.jsonl", March + Later);
        string[] words = ["settle", "@c.json", "--events", "@log.jsonl", "--period", "2026-04", "--previous", "@march"];
        tool.Run([.. words, "--out", "@april"]).Should().Be(ExitCodes.Done, tool.Complained);

        JsonElement[] march = Statements(tool, "march");
        JsonElement[] april = Statements(tool, "april");
        april[0].GetRawText().Should().Be(march[0].GetRawText());
        april[1].GetProperty("adjustments").GetString().Should().Be("-4.00 EUR");
        tool.Read("april/ledger.csv").Should().Contain(",-4.00,EUR,");
    }

    [Fact]
    public void A_month_that_was_closed_without_statements_stays_so()
    {
        using ToolRun tool = Start(March);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--as-of", "2026-05-02T00:00:00Z", "--out", "@may")
            .Should().Be(ExitCodes.Done, tool.Complained);
        tool.Write("log.jsonl", March + Later);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--previous", "@may", "--out", "@june",
            "--as-of", "2026-06-02T00:00:00Z").Should().Be(ExitCodes.Done, tool.Complained);

        Statements(tool, "june").Select(static s => s.GetProperty("period").GetString())
            .Should().Equal("2026-03", "2026-05");
    }

    [Fact]
    public void A_statement_that_stands_twice_is_refused()
    {
        using ToolRun tool = Start(March);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--period", "2026-03", "--out", "@march");
        string file = tool.Read("march/statements.json");
        string statement = Statements(tool, "march")[0].GetRawText();
        string twice = file.Replace(statement, $"{statement},{statement}", StringComparison.Ordinal);
        tool.Write("march/statements.json", twice);

        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--previous", "@march").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("settlement.statement-unsound");
    }

    [Fact]
    public void Statements_of_another_campaign_are_refused()
    {
        using ToolRun tool = Start(March);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--out", "@march");
        tool.Write("c.json", Campaign.Replace("spring", "autumn", StringComparison.Ordinal));

        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--previous", "@march").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("settle.other-campaign");
    }

    [Fact]
    public void Errors_of_campaign_and_log_are_printed_at_once()
    {
        using ToolRun tool = Start("type,at,colour\n");
        tool.Write("c.json", Campaign.Replace("10%", "ten", StringComparison.Ordinal));
        tool.Write("log.csv", "type,at,colour\n");

        tool.Run("settle", "@c.json", "--events", "@log.csv").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("log.csv(1,1): log.column-unknown: ")
            .And.Contain("c.json(").And.Contain("$.contracts[0].clauses[0].pays.rate: ");
    }

    [Fact]
    public void Strict_fails_on_a_bad_line_and_names_it()
    {
        using ToolRun tool = Start(March);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--strict", "--out", "@out")
            .Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("log.jsonl(12,1): terms.missing: ");
        tool.Printed.Should().BeEmpty();
        Directory.Exists(Path.Combine(tool.Folder, "out")).Should().BeFalse();
    }

    [Fact]
    public void What_is_recorded_after_the_instant_does_not_count()
    {
        using ToolRun tool = Start(March);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--as-of", "2026-03-04T08:59:59Z");
        Cells(tool.Printed, "mail").Should().Equal("mail", "1", "0", "1", "0", "0", "0.00", "0.00", "0.00", "0.00");
    }

    private static ToolRun Start(string log)
    {
        ToolRun tool = new();
        tool.Write("c.json", Campaign);
        tool.Write("log.jsonl", log);
        return tool;
    }

    private static string RecordedAt(string line)
    {
        JsonElement parsed = JsonDocument.Parse(line).RootElement;
        return (parsed.TryGetProperty("recordedAt", out JsonElement at) ? at : parsed.GetProperty("at")).GetString()!;
    }

    private static JsonElement[] Statements(ToolRun tool, string folder) =>
    [
        .. JsonDocument.Parse(tool.Read(folder + "/statements.json")).RootElement
            .GetProperty("statements").EnumerateArray(),
    ];

    private static string[] Cells(string table, string partner) =>
    [
        .. table.Split('\n').First(line => line.StartsWith(partner + " ", StringComparison.Ordinal)).Trim()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(static cell => cell is not "EUR"),
    ];
}
