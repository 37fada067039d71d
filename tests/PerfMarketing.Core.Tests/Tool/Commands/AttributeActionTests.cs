using System.Globalization;
using System.Text.Json;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Commands;

public sealed class AttributeActionTests
{
    private const string Paths = """
        path,total_conversions,total_conversion_value,total_null
        A > B > A > C,2,10.5,1
        B,1,2,3
        C > A,0,0,4
        A > A > B,3,0,2
        C,1,1,0
        """;

    private const string Map = """
        {
          "at": { "column": "time" }, "customer": { "column": "who" }, "partner": { "column": "channel" },
          "outcomes": [ {
            "when": { "column": "conversion", "is": [ "1" ] }, "kind": "sale",
            "value": { "column": "value" }, "currency": "EUR"
          } ]
        }
        """;

    private const string Events = """
        who,time,channel,conversion,value
        u1,2026-03-03T00:00:00Z,Paid Search,1,10.00
        u1,2026-03-01T00:00:00Z,e-mail,0,0
        u1,2026-03-05T00:00:00Z,e-mail,0,0
        u2,2026-03-02T00:00:00Z,Direct,0,0
        u1,2026-03-04T00:00:00Z,Direct,1,5.00
        u2,2026-03-02T00:00:00Z,e-mail,1,1.00
        """;

    [Fact]
    public void Counted_paths_are_told_by_their_columns()
    {
        using ToolRun tool = new();
        tool.Write("paths.csv", Paths);

        tool.Run("attribute", "@paths.csv", "--model", "last,linear,markov:2,shapley", "--json")
            .Should().Be(ExitCodes.Done, tool.Complained);

        JsonElement json = tool.Json;
        json.GetProperty("conversions").GetInt64().Should().Be(7);
        JsonElement[] models = [.. json.GetProperty("models").EnumerateArray()];
        models.Select(static m => m.GetProperty("model").GetString())
            .Should().Equal("last", "linear", "markov:2", "shapley");
        Credits(models[0]).Should().Equal(("A", 0, 0), ("B", 4, 2), ("C", 3, 11.5));
        JsonElement markov = models[2].GetProperty("credits")[1];
        markov.GetProperty("removalEffect").GetDouble().Should().BeApproximately(6 / 7.0, 1e-15);
        markov.GetProperty("credit").GetDouble().Should().BeApproximately(3, 1e-14);
        models[1].GetProperty("credits")[0].TryGetProperty("removalEffect", out _).Should().BeFalse();
        Credits(models[3])[1].Credit.Should().BeApproximately(19 / 6.0, 1e-15);
    }

    [Fact]
    public void Other_columns_need_to_be_told()
    {
        using ToolRun tool = new();
        tool.Write("paths.csv", "path,conversions,value,nulls\na > b,1,2.5,1\n>,1,0,0\nb,x,0,0\n");

        tool.Run("attribute", "@paths.csv", "--paths-file", "--json", "--model", "linear").Should().Be(ExitCodes.Done);
        Credits(tool.Json.GetProperty("models")[0]).Should().Equal(("a", 0.5, 1.25), ("b", 0.5, 1.25));
        tool.Json.GetProperty("rejectedLines").GetInt64().Should().Be(2);

        tool.Run("attribute", "@paths.csv", "--paths-file", "--strict").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("paths.csv(3,1): journeys.empty-path")
            .And.Contain("paths.csv(4,3): log.cell-malformed");
    }

    [Fact]
    public void Outcome_that_comes_again_with_other_content_is_named_and_counts_not()
    {
        using ToolRun tool = new();
        tool.Write("log.jsonl", """
            {"type":"touch","id":"t1","at":"2026-03-01T00:00:00Z","customer":"u1","partner":"p1","channel":"mail"}
            {"type":"outcome","id":"o1","at":"2026-03-02T00:00:00Z","customer":"u1","kind":"sale","value":"1.00 EUR"}
            {"type":"outcome","id":"o1","at":"2026-03-02T00:00:00Z","customer":"u1","kind":"sale","value":"9.00 EUR"}
            {"type":"outcome","id":"o1","at":"2026-03-02T00:00:00Z","customer":"u1","kind":"sale","value":"1.00 EUR"}
            """);

        tool.Run("attribute", "@log.jsonl", "--model", "last", "--json").Should().Be(ExitCodes.Done, tool.Complained);
        Credits(tool.Json.GetProperty("models")[0]).Should().Equal(("mail", 1, 1));
        tool.Json.GetProperty("rejectedLines").GetInt64().Should().Be(1);

        tool.Run("attribute", "@log.jsonl", "--strict").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("log.jsonl(3,1): log.id-conflict");
    }

    [Fact]
    public void Outcome_of_a_foreign_log_that_comes_again_with_other_content_is_named()
    {
        using ToolRun tool = new();
        tool.Write("log.csv", """
            who,time,channel,conversion,value,order
            u1,2026-03-03T00:00:00Z,mail,1,10.00,A1
            u1,2026-03-03T00:00:00Z,mail,1,12.00,A1
            """);
        tool.Write("map.json", Map.Replace(
            "\"kind\": \"sale\",", "\"kind\": \"sale\", \"id\": { \"column\": \"order\" },", StringComparison.Ordinal));

        tool.Run("attribute", "@log.csv", "--map", "@map.json", "--strict").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("log.csv(3,1): log.id-conflict");
    }

    [Fact]
    public void Values_beyond_what_is_summed_exactly_are_named()
    {
        using ToolRun tool = new();
        tool.Write("paths.csv", """
            path,conversions,value
            a > b,1,90000000000000000000000
            b,1,90000000000000000000000
            """);

        tool.Run("attribute", "@paths.csv", "--paths-file", "--model", "last").Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("log.too-many");
    }

    [Fact]
    public void In_a_log_every_row_is_a_touch_and_a_conversion_closes_the_journey()
    {
        using ToolRun tool = Prepared();

        tool.Run("attribute", "@log.csv", "--map", "@map.json", "--model", "first,last,markov", "--json")
            .Should().Be(ExitCodes.Done, tool.Complained);

        // u1: mail, search | direct | mail without conversion. u2: direct and mail at one instant, in the file's order.
        JsonElement json = tool.Json;
        json.GetProperty("conversions").GetInt64().Should().Be(3);
        json.GetProperty("journeys").GetInt64().Should().Be(4);
        json.GetProperty("value").GetDecimal().Should().Be(16);
        Credits(json.GetProperty("models")[0])
            .Should().Equal(("Direct", 2, 6), ("Paid Search", 0, 0), ("e-mail", 1, 10));
        Credits(json.GetProperty("models")[1])
            .Should().Equal(("Direct", 1, 5), ("Paid Search", 1, 10), ("e-mail", 1, 1));
        json.GetProperty("models")[2].GetProperty("conversionProbability").GetDouble().Should().Be(0.75);
    }

    [Fact]
    public void History_may_be_kept()
    {
        using ToolRun tool = Prepared();

        tool.Run("attribute", "@log.csv", "--map", "@map.json", "--model", "first", "--json", "--keep-history")
            .Should().Be(ExitCodes.Done);

        // u1 now begins with mail for both of its conversions.
        Credits(tool.Json.GetProperty("models")[0])
            .Should().Equal(("Direct", 1, 1), ("Paid Search", 0, 0), ("e-mail", 2, 15));
    }

    [Fact]
    public void A_lookback_ends_before_its_last_instant()
    {
        using ToolRun tool = Prepared();

        tool.Run("attribute", "@log.csv", "--map", "@map.json", "--model", "first", "--json", "--lookback", "2d")
            .Should().Be(ExitCodes.Done);
        Credits(tool.Json.GetProperty("models")[0])[1].Credit.Should().Be(1);

        tool.Run("attribute", "@log.csv", "--map", "@map.json", "--model", "first", "--json", "--lookback", "49h")
            .Should().Be(ExitCodes.Done);
        Credits(tool.Json.GetProperty("models")[0])[1].Credit.Should().Be(0);
    }

    [Fact]
    public void Native_logs_have_touches_and_outcomes_of_their_own()
    {
        using ToolRun tool = new();
        tool.Write("log.jsonl", """
            {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"100.00 EUR"}
            {"type":"touch","id":"t2","at":"2026-03-03T09:00:00Z","customer":"c1","partner":"mail"}
            {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"blog","channel":"content"}
            {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"blog","channel":"content"}
            {"type":"outcome","id":"o2","at":"2026-03-04T09:00:00Z","customer":"c2","kind":"sale","value":"1.00 EUR"}
            """);

        tool.Run("attribute", "@log.jsonl", "--model", "linear,time-decay", "--json", "--top-paths", "3")
            .Should().Be(ExitCodes.Done, tool.Complained);

        JsonElement json = tool.Json;
        Credits(json.GetProperty("models")[0]).Should().Equal(("content", 0.5, 50), ("mail", 0.5, 50));
        json.GetProperty("conversionsWithoutTouch").GetInt64().Should().Be(1);
        json.GetProperty("topPaths")[0].GetProperty("path").EnumerateArray().Select(static c => c.GetString())
            .Should().Equal("content", "mail");
        json.GetProperty("timeLags")[0].GetProperty("days").GetInt64().Should().Be(2);
        double mail = 1 / (1 + Math.Pow(2, -2 / 7.0));
        Credits(json.GetProperty("models")[1])[1].Credit.Should().BeApproximately(mail, 1e-12);
    }

    [Fact]
    public void Paths_are_told_apart_by_a_fact_of_touches()
    {
        using ToolRun tool = new();
        tool.Write("log.jsonl", """
            {"type":"touch","id":"t1","at":"2026-03-01T00:00:00Z","customer":"u1","partner":"a",@"phone"}}
            {"type":"touch","id":"t2","at":"2026-03-03T00:00:00Z","customer":"u1","partner":"b",@"desk"}}
            {"type":"outcome","id":"o1","at":"2026-03-03T01:00:00Z","customer":"u1","kind":"sale","value":"10.00 EUR"}
            {"type":"touch","id":"t3","at":"2026-03-04T00:00:00Z","customer":"u1","partner":"b",@"desk"}}
            {"type":"touch","id":"t4","at":"2026-03-02T00:00:00Z","customer":"u2","partner":"b"}
            {"type":"outcome","id":"o2","at":"2026-03-02T01:00:00Z","customer":"u2","kind":"sale","value":"5.00 EUR"}
            """.Replace("@", "\"facts\":{\"device\":", StringComparison.Ordinal));

        tool.Run("attribute", "@log.jsonl", "--model", "last", "--by", "device", "--json")
            .Should().Be(ExitCodes.Done, tool.Complained);

        JsonElement[] segments = [.. tool.Json.GetProperty("segments").EnumerateArray()];
        segments.Select(static s => $"{s.GetProperty("segment")} {s.GetProperty("conversions")}/"
            + $"{s.GetProperty("journeys")} {s.GetProperty("value")}")
            .Should().Equal("desk 0/1 0", "phone 1/1 10", "(rest) 1/1 5");
        segments[1].GetProperty("topPaths")[0].GetProperty("path").EnumerateArray().Select(static c => c.GetString())
            .Should().Equal("a", "b");
        segments[1].GetProperty("channels")[0].GetProperty("assisted").GetInt64().Should().Be(1);
        segments[1].GetProperty("timeLags")[0].GetProperty("days").GetInt64().Should().Be(2);
        segments[0].GetProperty("transitions")[1].GetProperty("kind").GetString().Should().Be("end");

        tool.Run("attribute", "@log.jsonl", "--model", "last", "--by", "device").Should().Be(ExitCodes.Done);
        tool.Printed.Should().Contain("phone: 1 conversions of 1 journeys, value 10");
    }

    [Fact]
    public void Counted_paths_cannot_be_told_apart_by_facts()
    {
        using ToolRun tool = new();
        tool.Write("paths.csv", Paths);

        tool.Run("attribute", "@paths.csv", "--by", "device").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("journeys.no-facts");
    }

    [Fact]
    public void The_order_is_chosen_where_it_is_asked_for()
    {
        using ToolRun tool = new();
        tool.Write("paths.csv", """
            path,total_conversions,total_conversion_value,total_null
            A,40,40,10
            B > A,10,10,90
            """);

        tool.Run("attribute", "@paths.csv", "--model", "markov:auto,markov:1", "--json")
            .Should().Be(ExitCodes.Done, tool.Complained);

        JsonElement[] models = [.. tool.Json.GetProperty("models").EnumerateArray()];
        models[0].GetProperty("model").GetString().Should().Be("markov:auto");
        models[0].GetProperty("order").GetInt32().Should().Be(2, "what comes of A depends on what came before");
        models[0].GetProperty("orders").GetArrayLength().Should().Be(4);
        models[0].GetProperty("orders")[0].GetProperty("heldOut").GetDouble().Should().BeNegative();
        models[1].TryGetProperty("order", out _).Should().BeFalse();

        tool.Run("attribute", "@paths.csv", "--model", "markov:auto").Should().Be(ExitCodes.Done);
        tool.Printed.Should().Contain("markov:auto has order 2; mean log-likelihood of a step of 30 held-out journeys");
        tool.Run("attribute", "@paths.csv", "--model", "shapley:auto").Should().NotBe(ExitCodes.Done);

        tool.Write("few.csv", "path,total_conversions,total_conversion_value,total_null\nA,1,1,0\n");
        tool.Run("attribute", "@few.csv", "--model", "markov:auto,last").Should().Be(ExitCodes.Done);
        tool.Printed.Should().Contain("markov:auto is refused: model.too-few-journeys");
    }

    [Fact]
    public void Files_hold_all_digits()
    {
        using ToolRun tool = new();
        tool.Write("paths.csv", Paths);

        tool.Run("attribute", "@paths.csv", "--model", "shapley,markov", "--out", "@out").Should().Be(ExitCodes.Done);

        string[] lines = tool.Read("out/credits.csv").ReplaceLineEndings("\n").Split('\n');
        lines[0].Should().Be("model,channel,credit,value,removalEffect");
        lines[2].Should().Be("shapley,B,3.1666666666666665,5.5,");
        double.Parse(lines[4].Split(',')[4], CultureInfo.InvariantCulture).Should().BeApproximately(13 / 24.0, 1e-15);
        tool.Read("out/attribution.json").Should().Contain("\"conversions\": 7");
        tool.Printed.Should().Contain("channel  shapley  markov").And.Contain("P(conversion) 0.411765");
    }

    [Fact]
    public void What_makes_no_sense_is_said()
    {
        using ToolRun tool = new();
        tool.Write("paths.csv", Paths);
        tool.Write("none.csv", Paths.Split('\n')[0]);

        tool.Run("attribute", "@paths.csv", "--model", "best").Should().Be(ExitCodes.WrongUsage);
        tool.Complained.Should().Contain("No model is called 'best'");
        tool.Run("attribute", "@paths.csv", "--model", "markov:9").Should().Be(ExitCodes.WrongUsage);
        tool.Run("attribute", "@none.csv").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("journeys.none");
        tool.Run("attribute", "@missing.csv").Should().Be(ExitCodes.BadInput);
        tool.Run("attribute", "@paths.csv", "--model", "time-decay").Should().Be(ExitCodes.Done);
        tool.Printed.Should().Contain("time-decay is refused: model.no-clock");
    }

    [Fact]
    public void Too_many_channels_are_refused_and_not_left_out()
    {
        using ToolRun tool = new();
        IEnumerable<int> many = Enumerable.Range(0, 65_536);
        tool.Write("paths.csv", "path,total_conversions\n" + string.Join('\n', many.Select(static i => $"c{i},1")));
        tool.Write("map.json", Map);
        tool.Write("log.csv", "who,time,channel,conversion,value\n"
            + string.Join('\n', many.Select(static i => $"u1,2026-03-03T00:00:00Z,c{i},0,0")));

        tool.Run("attribute", "@paths.csv", "--model", "last").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("paths.csv(65537,1): log.too-many");
        tool.Run("attribute", "@log.csv", "--map", "@map.json", "--model", "last").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("log.too-many").And.Contain("65535 channels");
    }

    [Fact]
    public void Conversions_of_one_instant_do_not_stand_in_the_order_of_the_file()
    {
        const string Touch =
            """{"type":"touch","id":"t","at":"2026-03-01T09:00:00Z","customer":"c","partner":"mail"}""";
        const string When = "\"at\":\"2026-03-03T09:00:00Z\",\"customer\":\"c\",\"kind\":\"sale\"}";
        string[] outcomes =
        [
            """{"type":"outcome","id":"b","value":"1.00 EUR",""" + When,
            """{"type":"outcome","id":"a","value":"5.00 EUR",""" + When,
        ];
        foreach (string[] lines in new[] { outcomes, [.. outcomes.Reverse()] })
        {
            using ToolRun tool = new();
            tool.Write("log.jsonl", string.Join('\n', [Touch, .. lines]));

            tool.Run("attribute", "@log.jsonl", "--model", "last", "--json").Should().Be(ExitCodes.Done);

            Credits(tool.Json.GetProperty("models")[0]).Should().Equal(("mail", 1, 5));
        }
    }

    [Fact]
    public void A_line_that_came_twice_converts_once()
    {
        using ToolRun tool = new();
        tool.Write(
            "map.json",
            Map.Replace("\"at\":", "\"id\":{\"column\":\"id\"},\"at\":", StringComparison.Ordinal));
        tool.Write("log.csv", """
            id,who,time,channel,conversion,value
            t1,u1,2026-03-03T00:00:00Z,mail,1,10.00
            t1,u1,2026-03-03T00:00:00Z,mail,1,10.00
            t2,u1,2026-03-04T00:00:00Z,blog,1,10.00
            """);

        tool.Run("attribute", "@log.csv", "--map", "@map.json", "--model", "last", "--json")
            .Should().Be(ExitCodes.Done, tool.Complained);

        Credits(tool.Json.GetProperty("models")[0]).Should().Equal(("blog", 1, 10), ("mail", 1, 10));
        tool.Json.GetProperty("conversionsWithoutTouch").GetInt64().Should().Be(0);
    }

    [Fact]
    public void Of_touches_with_one_id_the_one_recorded_first_counts()
    {
        using ToolRun tool = new();
        string[] lines =
        [
            Touch("2026-03-03T00:00:00Z", "late"),
            Touch("2026-03-02T00:00:00Z", "soon"),
            """{"type":"outcome","id":"o","at":"2026-03-04T00:00:00Z","customer":"c","kind":"sale","""
                + "\"value\":\"1.00 EUR\"}",
        ];
        tool.Write("log.jsonl", string.Join('\n', lines));

        tool.Run("attribute", "@log.jsonl", "--model", "last", "--json").Should().Be(ExitCodes.Done);

        Credits(tool.Json.GetProperty("models")[0]).Should().Equal(("soon", 1, 1));

        static string Touch(string recordedAt, string partner) =>
            """{"type":"touch","id":"t","at":"2026-03-01T00:00:00Z","customer":"c","recordedAt":"R","partner":"P"}"""
                .Replace("\"R\"", $"\"{recordedAt}\"", StringComparison.Ordinal)
                .Replace("\"P\"", $"\"{partner}\"", StringComparison.Ordinal);
    }

    private static (string Channel, double Credit, double Value)[] Credits(JsonElement model) =>
    [
        .. model.GetProperty("credits").EnumerateArray().Select(static c => (
            c.GetProperty("channel").GetString()!,
            c.GetProperty("credit").GetDouble(),
            c.GetProperty("value").GetDouble())),
    ];

    private static ToolRun Prepared()
    {
        ToolRun tool = new();
        tool.Write("map.json", Map);
        tool.Write("log.csv", Events);
        return tool;
    }
}
