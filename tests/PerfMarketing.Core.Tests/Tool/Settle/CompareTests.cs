using System.Text.Json;
using System.Xml.Linq;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Settle;

public sealed class CompareTests
{
    private const string Fixed = """
        {
          "id": "spring", "advertiser": "shop", "attribution": { "rule": "last-touch" },
          "contracts": [ {
            "id": "affiliates", "payer": "shop", "partners": [ "blog", "mail" ], "currency": "EUR",
            "clauses": [ { "id": "sale", "outcome": "sale", "pays": { "model": "fixed", "price": "8.00 EUR" } } ]
          } ]
        }
        """;

    private const string Log = """
        {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"blog"}
        {"type":"touch","id":"t2","at":"2026-03-02T09:00:00Z","customer":"c2","partner":"mail"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"100.00 EUR"}
        {"type":"outcome","id":"o2","at":"2026-03-04T09:00:00Z","customer":"c2","kind":"sale","value":"50.00 EUR"}
        {"type":"correction","id":"x1","outcome":"o2","correction":"retraction","at":"2026-03-05T09:00:00Z"}
        """;

    private static readonly string Share = Fixed.Replace(
        "\"fixed\", \"price\": \"8.00 EUR\"",
        "\"revenue-share\", \"rate\": \"10%\"",
        StringComparison.Ordinal);

    [Fact]
    public void Table_stands_side_by_side()
    {
        using ToolRun tool = Prepared();

        tool.Run("compare", "@fixed.json", "@share.json", "--events", "@log.jsonl").Should().Be(0, tool.Complained);

        string[] lines = tool.Printed.ReplaceLineEndings("\n").Split('\n');
        lines[1].Should().Be("2 clicks, 0 leads, 1 acquisitions, revenue 100.00 EUR");
        lines.Should().Contain("                         fixed      share")
            .And.Contain("cost                  8.00 EUR  10.00 EUR")
            .And.Contain("per click, CPC        4.00 EUR   5.00 EUR")
            .And.Contain("per lead, CPL                -          -")
            .And.Contain("share of revenue         8.00%     10.00%")
            .And.Contain("blog                  8.00 EUR  10.00 EUR")
            .And.Contain("mail                  0.00 EUR   0.00 EUR")
            .And.Contain("share against fixed: 1 differences")
            .And.Contain("  blog gains +2.00 EUR");
        tool.Complained.Should().BeEmpty();
    }

    [Fact]
    public void As_of_an_earlier_instant_the_return_has_not_happened()
    {
        using ToolRun tool = Prepared();

        tool.Run(
            "compare", "@fixed.json", "@share.json", "--events", "@log.jsonl", "--as-of", "2026-03-04T12:00:00Z",
            "--json").Should().Be(0);

        JsonElement json = tool.Json;
        json.GetProperty("campaigns")[0].GetProperty("costs")[0].GetProperty("cost").GetString()
            .Should().Be("16.00 EUR");
        json.GetProperty("campaigns")[1].GetProperty("costs")[0].GetProperty("perAcquisition").GetProperty("amount")
            .GetString().Should().Be("7.50 EUR");
        json.GetProperty("campaigns")[1].GetProperty("differences").GetArrayLength().Should().Be(2);
        json.GetProperty("results").GetProperty("revenue")[0].GetString().Should().Be("150.00 EUR");
        json.GetProperty("rejectedLines").GetInt32().Should().Be(0);
    }

    [Fact]
    public void Files_hold_everything_and_are_the_same_for_a_shuffled_log()
    {
        using ToolRun tool = Prepared();
        tool.Write("turned.jsonl", string.Join('\n', Log.Split('\n').Reverse()));

        tool.Run("compare", "@fixed.json", "@share.json", "--events", "@log.jsonl", "--out", "@a").Should().Be(0);
        tool.Run("compare", "@fixed.json", "@share.json", "--events", "@turned.jsonl", "--out", "@b").Should().Be(0);

        tool.Read("a/differences.csv").ReplaceLineEndings("\n").Should().Be(
            "campaign,outcome,kind,partner,period,currency,before,after,delta,reason\n"
            + "share,o1,sale,,,EUR,8.00,10.00,2.00,\"comparison.other-price (before: 8.00 EUR, after: 10.00 EUR)\"\n");
        foreach (string name in (string[])["comparison.json", "differences.csv"])
        {
            tool.Read($"b/{name}").Should().Be(tool.Read($"a/{name}"));
        }
    }

    [Fact]
    public void Errors_of_all_files_are_named_with_their_places()
    {
        using ToolRun tool = Prepared();
        tool.Write("bad.json", Fixed.Replace("8.00 EUR", "8.005 EUR", StringComparison.Ordinal));
        tool.Write("worse.json", "{");

        tool.Run("compare", "@fixed.json", "@bad.json", "@worse.json", "--events", "@nothing.jsonl")
            .Should().Be(ExitCodes.BadInput);

        tool.Printed.Should().BeEmpty();
        tool.Complained.Should().Contain("bad.json(5,").And.Contain("worse.json(1,2)")
            .And.Contain("nothing.jsonl(1,1)");
    }

    [Fact]
    public void Bad_lines_are_counted_or_end_a_strict_run()
    {
        using ToolRun tool = Prepared();
        tool.Write("log.jsonl", Log + "\n{\"type\":\"outcome\"}\n");

        tool.Run("compare", "@fixed.json", "@share.json", "--events", "@log.jsonl").Should().Be(0);
        tool.Printed.Should().Contain("could not be used: 1");
        tool.Run("compare", "@fixed.json", "@share.json", "--events", "@log.jsonl", "--strict").Should().Be(1);
        tool.Complained.Should().Contain("log.jsonl(6,");
    }

    [Fact]
    public void Files_of_one_name_are_told_apart()
    {
        using ToolRun tool = Prepared();
        Directory.CreateDirectory(Path.Combine(tool.Folder, "old"));
        tool.Write("old/fixed.json", Share);

        tool.Run("compare", "@fixed.json", "@old/fixed.json", "--events", "@log.jsonl").Should().Be(0, tool.Complained);
        tool.Printed.Should().Contain(Path.Combine(tool.Folder, "old/fixed.json"));
        tool.Run("compare", "@fixed.json", "@fixed.json", "--events", "@log.jsonl").Should().Be(0, tool.Complained);
        tool.Printed.Should().Contain("(2) pays what");
    }

    [Fact]
    public void What_is_read_and_not_used_is_named_as_by_settle()
    {
        const string Unused = """

            {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"999.00 EUR"}
            {"type":"evidence","id":"e9","outcome":"nosuch","kind":"order-paid","at":"2026-03-04T09:00:00Z"}

            """;
        const string Invalid =
            "{\"type\":\"invalidation\",\"id\":\"i1\",\"contract\":\"affiliates\",\"partner\":\"blog\","
            + "\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-04-01T00:00:00Z\",\"at\":\"2026-03-20T00:00:00Z\","
            + "\"amount\":\"9.00 EUR\",\"author\":\"ann\",\"note\":\"audit\"}\nnothing\n";
        using ToolRun tool = Prepared();
        tool.Write("log.jsonl", Log + Unused + Invalid);

        tool.Run("compare", "@fixed.json", "@share.json", "--events", "@log.jsonl", "--out", "@out")
            .Should().Be(0, tool.Complained);
        tool.Printed.Should().Contain("Set aside: outcome.conflict 1 (o1 in line 6)\n")
            .And.Contain("Set aside: settle.outcome-unknown 1 (e9 in line 7)\n")
            .And.Contain("Set aside: invalidation.too-much 1 (i1 in line 8) under fixed\n")
            .And.Contain("could not be used: 1").And.Contain("terms.syntax (line 9)");
        string rows = tool.Read("out/rejected.csv");
        rows.Should().Contain("\n9,2,terms.syntax,").And.Contain("\n6,0,outcome.conflict,").And.Contain("999.00 EUR")
            .And.Contain("\n7,0,settle.outcome-unknown,").And.Contain("\n8,0,invalidation.too-much,")
            .And.Contain(" under fixed");

        tool.Run("compare", "@fixed.json", "@share.json", "--events", "@log.jsonl", "--json").Should().Be(0);
        tool.Json.GetProperty("conflicting").GetInt64().Should().Be(1);
        tool.Json.GetProperty("setAside").EnumerateArray()
            .Single(static a => a.GetProperty("id").GetString() == "i1").GetProperty("under").EnumerateArray()
            .Single().GetString().Should().Be("fixed");
    }

    [Fact]
    public void A_picture_has_a_bar_for_each_campaign_and_never_replaces_what_is_read()
    {
        using ToolRun tool = Prepared();
        string[] words = ["compare", "@fixed.json", "@share.json", "--events", "@log.jsonl", "--picture"];

        tool.Run([.. words, "@costs.svg"]).Should().Be(0, tool.Complained);
        XElement[] parts = [.. XDocument.Parse(tool.Read("costs.svg")).Root!.Elements()];
        double[] bars = [.. parts.Where(static p => p.Attribute("class")?.Value == "c0")
            .Select(static p => (double)p.Attribute("width")!)];
        bars.Should().Equal([408, 510, 14], "8.00 of 10.00, 10.00, and the legend");
        parts.Select(static p => p.Value).Should().Contain(["8.00 EUR, 8.00 each", "10.00 EUR, 10.00 each", "blog"]);

        tool.Run([.. words, "@share.json"]).Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("would replace");
        tool.Read("share.json").Should().Be(Share);
    }

    [Theory]
    [InlineData("", "log.empty")]
    [InlineData("nothing", "log.unusable")]
    public void A_log_that_says_nothing_is_refused(string log, string code)
    {
        using ToolRun tool = Prepared();
        tool.Write("log.jsonl", log);

        tool.Run("compare", "@fixed.json", "@share.json", "--events", "@log.jsonl", "--out", "@out").Should().Be(1);

        (tool.Printed, Directory.Exists(Path.Combine(tool.Folder, "out"))).Should().Be((string.Empty, false));
        tool.Complained.Should().Contain("log.jsonl: " + code);
    }

    [Fact]
    public void What_is_more_than_an_amount_can_be_is_named_with_its_terms()
    {
        const string Great =
            "\n{\"type\":\"outcome\",\"id\":\"!\",\"at\":\"2026-03-03T09:00:00Z\",\"customer\":\"c1\",\"kind\":\"sale\""
            + ",\"value\":\"6000000000000.00 EUR\"}";
        using ToolRun tool = Prepared();
        tool.Write("log.jsonl", Log + Great.Replace("!", "g1", StringComparison.Ordinal)
            + Great.Replace("!", "g2", StringComparison.Ordinal));
        tool.Write("all.json", Share.Replace("10%", "100%", StringComparison.Ordinal));

        tool.Run("compare", "@fixed.json", "@all.json", "--events", "@log.jsonl", "--out", "@out").Should().Be(1);
        tool.Complained.Should().Contain("settle.too-great: Under 'all' what is paid is, summed in EUR,")
            .And.Contain("contract 'affiliates' for 'blog' in 2026-03 on.");
        tool.Run("compare", "@fixed.json", "@fixed.json", "--events", "@log.jsonl").Should().Be(1);
        tool.Complained.Should().Contain("log.jsonl: settle.too-great: What the outcomes are worth is, summed in EUR,")
            .And.Contain("the greatest is g1 with 6000000000000.00 EUR.");
        Directory.Exists(Path.Combine(tool.Folder, "out")).Should().BeFalse();
    }

    private static ToolRun Prepared()
    {
        ToolRun tool = new();
        tool.Write("fixed.json", Fixed);
        tool.Write("share.json", Share);
        tool.Write("log.jsonl", Log);
        return tool;
    }
}
