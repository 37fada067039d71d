using System.Text.Json;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Settle;

/// <summary>What a run reads and does not use: it is named, with its id, and moves no money.</summary>
public sealed class SetAsideTests
{
    private const string Campaign = """
        {
          "id": "spring", "advertiser": "shop", "attribution": { "rule": "last-touch", "lookback": "30d" },
          "contracts": [
            {
              "id": "affiliates", "payer": "shop", "partners": [ "mail" ], "currency": "EUR",
              "clauses": [ { "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "10%" } } ]
            }
          ]
        }
        """;

    private const string March = """
        {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"mail"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"100.00 EUR"}

        """;

    private const string Return =
        "{\"type\":\"correction\",\"id\":\"x1\",\"outcome\":\"o1\",\"at\":\"2026-04-02T09:00:00Z\","
        + "\"correction\":\"amount-return\",\"amount\":\"50.00 EUR\"}\n";

    [Fact]
    public void Contradictions_and_what_is_about_unknown_outcomes_are_named()
    {
        using ToolRun tool = Start(March + """
            {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"200.00 EUR"}
            {"type":"correction","id":"x9","outcome":"nosuch","at":"2026-03-09T09:00:00Z","correction":"retraction"}
            {"type":"evidence","id":"e9","outcome":"nosuch","kind":"order-paid","at":"2026-03-04T09:00:00Z"}
            """);

        Settle(tool, "--out", "@out").Should().Be(ExitCodes.Done, tool.Complained);
        tool.Printed.Should().Contain("Set aside: outcome.conflict 1 (o1 in line 3)")
            .And.Contain("Set aside: settle.outcome-unknown 2 (e9 in line 5, x9 in line 4)");
        string[] rows = tool.Read("out/rejected.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        rows.Should().HaveCount(4);
        rows.Should().Contain(static r =>
            r.StartsWith("3,0,outcome.conflict,", StringComparison.Ordinal) && r.Contains("200.00 EUR"));
        rows.Should().Contain(static r => r.Contains("nosuch") && r.Contains("x9"));
        tool.Run("audit", "@out").Should().Be(ExitCodes.Done, tool.Complained);

        Settle(tool, "--json").Should().Be(ExitCodes.Done);
        tool.Json.GetProperty("setAside").EnumerateArray().Select(static a => a.GetProperty("id").GetString())
            .Should().BeEquivalentTo("o1", "x9", "e9");
        tool.Json.GetProperty("setAside").EnumerateArray().Select(static a => a.GetProperty("line").GetInt32())
            .Should().BeEquivalentTo([3, 4, 5]);
    }

    [Theory]
    [InlineData("100.00 EUR", "900.00 EUR")]
    [InlineData("2026-03-03T09:00:00Z", "2026-03-04T09:00:00Z")]
    public void What_a_closed_statement_paid_for_stands_when_the_log_tells_it_otherwise(string was, string now)
    {
        using ToolRun tool = Closed();
        tool.Write("log.jsonl", March.Replace(was, now, StringComparison.Ordinal) + Return);

        Settle(tool, "--previous", "@march", "--out", "@april").Should().Be(ExitCodes.Done, tool.Complained);

        Amounts(tool, "april").Should().Equal("10.00 EUR");
        tool.Printed.Should().Contain("Set aside: outcome.conflict 1 (o1 in line 2)");
    }

    [Fact]
    public void What_a_closed_statement_paid_for_is_named_when_the_log_does_not_have_it()
    {
        using ToolRun tool = Closed();
        tool.Write("log.jsonl", March.Replace("o1", "o2", StringComparison.Ordinal));

        Settle(tool, "--previous", "@march", "--as-of", "2026-04-02T00:00:00Z", "--json")
            .Should().Be(ExitCodes.Done, tool.Complained);

        tool.Json.GetProperty("setAside").EnumerateArray().Single().GetProperty("reason").GetString()
            .Should().Be("settle.outcome-missing (outcome: o1)");
    }

    [Fact]
    public void A_correction_of_what_only_closed_statements_know_says_that_the_whole_log_is_needed()
    {
        using ToolRun tool = Closed();
        tool.Write("log.jsonl", Return);

        Settle(tool, "--previous", "@march", "--out", "@april").Should().Be(ExitCodes.Done, tool.Complained);

        Amounts(tool, "april").Should().Equal("10.00 EUR");
        tool.Printed.Should().Contain("Set aside: settle.outcome-unknown 1 (x1 in line 1)")
            .And.Contain("closed statements paid for and the log does not have: 1 (o1). What was paid stands; hand in");
        tool.Read("april/rejected.csv").Should()
            .Contain("\n,,settle.outcome-missing,settle.outcome-missing (outcome: o1),o1");
    }

    [Fact]
    public void The_same_log_goes_on_from_a_closed_statement()
    {
        using ToolRun tool = Closed();
        tool.Write("log.jsonl", March + Return);

        Settle(tool, "--previous", "@march", "--out", "@april").Should().Be(ExitCodes.Done, tool.Complained);

        Amounts(tool, "april").Should().Equal("10.00 EUR", "-5.00 EUR");
        tool.Printed.Should().NotContain("Set aside");
    }

    [Fact]
    public void Other_terms_under_a_version_that_was_paid_by_are_refused()
    {
        using ToolRun tool = Closed();
        tool.Write("c.json", Campaign.Replace("10%", "20%", StringComparison.Ordinal));

        Settle(tool, "--previous", "@march").Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("statements.json(").And.Contain("settlement.terms-changed")
            .And.Contain("affiliates");
    }

    [Fact]
    public void An_earlier_run_cannot_be_later_than_this_one()
    {
        using ToolRun tool = Closed();

        Settle(tool, "--previous", "@march", "--as-of", "2026-03-10T00:00:00Z").Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("settle.previous-later").And.Contain("2026-04-01T00:00:00Z");
    }

    [Fact]
    public void What_an_order_is_worth_is_not_told_to_a_partner_without_a_part_in_it()
    {
        using ToolRun tool = Start(March);
        tool.Write("c.json", Campaign.Replace("\"mail\" ]", "\"mail\", \"blog\" ]", StringComparison.Ordinal));

        tool.Run("explain", "@c.json", "--events", "@log.jsonl", "--outcome", "o1", "--audience", "partner:blog")
            .Should().Be(ExitCodes.Done, tool.Complained);
        tool.Printed.Should().Contain("without a part of blog").And.NotContain("100.00");
        tool.Run("explain", "@c.json", "--events", "@log.jsonl", "--outcome", "o1", "--audience", "partner:mail")
            .Should().Be(ExitCodes.Done, tool.Complained);
        tool.Printed.Should().Contain("worth 100.00 EUR");
    }

    [Fact]
    public void An_earning_that_is_not_the_sum_of_its_lines_is_refused()
    {
        using ToolRun tool = Closed();
        string file = tool.Read("march/statements.json");
        int lines = file.LastIndexOf("\"lines\"", StringComparison.Ordinal);
        tool.Write(
            "march/statements.json",
            file[..lines].Replace("10.00 EUR", "12.00 EUR", StringComparison.Ordinal) + file[lines..]);

        Settle(tool, "--previous", "@march").Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("settlement.entry-unsound");
    }

    [Theory]
    [InlineData("what is this\n\nand that\n", "log.unusable", "log.jsonl(1,1): ")]
    [InlineData("", "log.empty", "as of when")]
    public void A_log_of_which_nothing_can_be_used_replaces_nothing(string log, string code, string more)
    {
        using ToolRun tool = Closed();
        string before = tool.Read("march/statements.json");
        tool.Write("log.jsonl", log);

        Settle(tool, "--out", "@march").Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain(code).And.Contain(more);
        tool.Read("march/statements.json").Should().Be(before);
    }

    [Fact]
    public void Outcomes_that_are_worth_more_than_can_be_summed_stop_no_settlement()
    {
        const string Great = """
            {"type":"outcome","id":"o2","at":"2026-03-03T09:00:00Z","customer":"c9","kind":"sale","value":"!"}
            """;
        using ToolRun tool = Start(March + Great.Replace("!", "9999999999999.99 EUR", StringComparison.Ordinal));

        Settle(tool, "--out", "@out", "--json").Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("log.jsonl: settle.too-great: What the outcomes are worth")
            .And.Contain("the greatest is o2 with 9999999999999.99 EUR.");
        tool.Json.GetProperty("totals").GetProperty("total").GetString().Should().Be("10.00 EUR");
        Amounts(tool, "out").Should().Equal("10.00 EUR");
    }

    [Fact]
    public void A_key_that_is_not_there_is_named_by_its_own_path()
    {
        using ToolRun tool = Start(March);

        Settle(tool, "--seal-key", "@nosuch", "--out", "@out").Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("nosuch: settle.seal-key-unusable: ");
    }

    private static int Settle(ToolRun tool, params string[] more) =>
        tool.Run(["settle", "@c.json", "--events", "@log.jsonl", .. more]);

    private static ToolRun Start(string log)
    {
        ToolRun tool = new();
        tool.Write("c.json", Campaign);
        tool.Write("log.jsonl", log);
        return tool;
    }

    private static ToolRun Closed()
    {
        ToolRun tool = Start(March);
        Settle(tool, "--period", "2026-03", "--out", "@march").Should().Be(ExitCodes.Done, tool.Complained);
        return tool;
    }

    private static string[] Amounts(ToolRun tool, string folder) =>
    [
        .. JsonDocument.Parse(tool.Read(folder + "/statements.json")).RootElement.GetProperty("statements")
            .EnumerateArray().SelectMany(static s => s.GetProperty("lines").EnumerateArray())
            .Select(static l => l.GetProperty("amount").GetString()!),
    ];
}
