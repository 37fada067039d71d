using System.Text.Json;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Settle;

/// <summary>An id that comes again with other content: the first stands, the other is named with its line.</summary>
public sealed class ContradictionTests
{
    private const string Campaign = """
        {
          "id": "spring", "advertiser": "shop", "attribution": { "rule": "last-touch", "lookback": "30d" },
          "contracts": [
            {
              "id": "affiliates", "payer": "shop", "partners": [ "blog", "mail" ], "currency": "EUR",
              "clauses": [ {
                "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "10%" },
                "proof": {
                  "proof": "require", "kind": "order-paid", "minStrength": "asserted", "coveredClaims": "as-named",
                  "within": "30d"
                }
              } ]
            }
          ]
        }
        """;

    private const string Log = """
        {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"mail"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"100.00 EUR"}
        {"type":"outcome","id":"o2","at":"2026-03-03T09:00:00Z","customer":"c2","kind":"sale","value":"100.00 EUR"}
        {"type":"evidence","id":"e1","outcome":"o1","kind":"order-paid","at":"2026-03-04T09:00:00Z"}

        """;

    [Theory]
    [InlineData("another time", "o1", "order-paid", "10:00", "proof.replay-conflict")]
    [InlineData("another kind", "o1", "order-shipped", "10:00", "proof.replay-conflict")]
    [InlineData("another outcome", "o2", "order-paid", "09:00", "proof.replay")]
    [InlineData("another outcome and time", "o2", "order-paid", "10:00", "proof.replay-conflict")]
    public void Evidence_of_one_id(string what, string outcome, string kind, string time, string code)
    {
        using ToolRun tool = Settled(Log
            + $"{{\"type\":\"evidence\",\"id\":\"e1\",\"outcome\":\"{outcome}\",\"kind\":\"{kind}\","
            + $"\"at\":\"2026-03-04T{time}:00Z\",\"recordedAt\":\"2026-03-04T11:00:00Z\"}}");

        tool.Json.GetProperty("conflicting").GetInt64().Should().Be(1, what);
        Aside(tool).Should().Equal((code, "e1", 5));
        Total(tool).Should().Be("10.00 EUR");
        tool.Read("out/rejected.csv").Should().Contain($"\n5,0,{code},").And.Contain("2026-03-04T11:00:00Z");
    }

    [Fact]
    public void Evidence_that_was_sent_again_is_no_contradiction()
    {
        using ToolRun tool = Settled(Log
            + "{\"type\":\"evidence\",\"id\":\"e1\",\"outcome\":\"o1\",\"kind\":\"order-paid\","
            + "\"at\":\"2026-03-04T09:00:00Z\",\"recordedAt\":\"2026-03-05T09:00:00Z\"}");

        tool.Json.GetProperty("repeated").GetInt64().Should().Be(1);
        Aside(tool).Should().BeEmpty();
    }

    [Theory]
    [InlineData("customer", "c2", "mail")]
    [InlineData("partner", "c1", "blog")]
    public void Touches_of_one_id(string what, string customer, string partner)
    {
        string other = "{\"type\":\"touch\",\"id\":\"t1\",\"at\":\"2026-03-02T09:00:00Z\","
            + $"\"customer\":\"{customer}\",\"partner\":\"{partner}\"}}\n";
        const string Proof =
            """{"type":"evidence","id":"e2","outcome":"o2","kind":"order-paid","at":"2026-03-04T09:00:00Z"}""";
        foreach ((string log, int line) in ((string, int)[])[(Log + other + Proof, 5), (other + Log + Proof, 1)])
        {
            using ToolRun tool = Settled(log);

            tool.Json.GetProperty("conflicting").GetInt64().Should().Be(1, what);
            Aside(tool).Should().Equal(("settle.touch-conflict", "t1", line));
            tool.Json.GetProperty("partners").EnumerateArray().Single().GetProperty("partner").GetString()
                .Should().Be("mail");
            Total(tool).Should().Be("10.00 EUR");
            tool.Read("out/rejected.csv").Should().Contain($"\n{line},0,settle.touch-conflict,");
            tool.Run("audit", "@out").Should().Be(ExitCodes.Done, tool.Complained);
            tool.Run("attribute", "@log.jsonl", "--out", "@paths").Should().Be(ExitCodes.Done, tool.Complained);
            tool.Read("paths/rejected.csv").Should().Be(tool.Read("out/rejected.csv"), "attribute lists it alike");
        }
    }

    [Fact]
    public void A_sorted_log_names_the_same()
    {
        const string Other = """
            {"type":"touch","id":"t1","at":"2026-03-05T09:00:00Z","customer":"c2","partner":"blog"}
            {"type":"evidence","id":"e1","outcome":"o1","kind":"order-paid","at":"2026-03-06T10:00:00Z"}
            """;
        using ToolRun tool = Settled(Log + Other);
        string held = tool.Printed;

        Settle(tool, "--sorted", "--json").Should().Be(ExitCodes.Done, tool.Complained);
        tool.Printed.Should().Be(held);
        Aside(tool).Should().HaveCount(2);
    }

    [Fact]
    public void Lines_that_cannot_be_used_are_named_by_code_and_place()
    {
        using ToolRun tool = Settled("nothing\n" + Log + "{\"type\":\"touch\"}\nnothing\n");

        tool.Json.GetProperty("rejectedLines").GetInt64().Should().Be(3);
        tool.Json.GetProperty("rejected").EnumerateArray()
            .Select(static r => string.Join(
                ' ',
                [
                    r.GetProperty("code").ToString(), r.GetProperty("count").ToString(),
                    .. r.GetProperty("lines").EnumerateArray().Select(static l => l.ToString()),
                ]))
            .Should().Equal("terms.missing 1 6", "terms.syntax 2 1 7");
        Settle(tool).Should().Be(ExitCodes.Done);
        tool.Printed.Should().Contain("could not be used: 3")
            .And.Contain("           1  terms.missing (line 6)").And.Contain("           2  terms.syntax (lines 1, 7)");
    }

    private static ToolRun Settled(string log)
    {
        ToolRun tool = new();
        tool.Write("c.json", Campaign);
        tool.Write("log.jsonl", log);
        Settle(tool, "--out", "@out", "--json").Should().Be(ExitCodes.Done, tool.Complained);
        return tool;
    }

    private static int Settle(ToolRun tool, params string[] more) =>
        tool.Run(["settle", "@c.json", "--events", "@log.jsonl", .. more]);

    private static string? Total(ToolRun tool) =>
        tool.Json.GetProperty("totals").GetProperty("total").GetString();

    private static IEnumerable<(string? Code, string? Id, int Line)> Aside(ToolRun tool) =>
        tool.Json.TryGetProperty("setAside", out JsonElement aside)
            ? aside.EnumerateArray().Select(static a => (
                a.GetProperty("code").GetString(), a.GetProperty("id").GetString(), a.GetProperty("line").GetInt32()))
            : [];
}
