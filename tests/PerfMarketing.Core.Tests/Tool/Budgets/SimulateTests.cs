using System.Globalization;
using System.Text;
using System.Text.Json;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tool.Budgets;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Budgets;

public sealed class SimulateTests : IDisposable
{
    private const string Budget = """
        { "budget": { "id": "b", "limit": "30.00 EUR", "per": "day" }, "cost": "0.10 EUR" }
        """;

    private readonly ToolRun run = new();

    public SimulateTests()
    {
        run.Write("budget.json", Budget);
        StringBuilder series = new("instant,count\n");
        for (int hour = 0; hour < 12 * 24; hour++)
        {
            series.Append(CultureInfo.InvariantCulture, $"2026-03-{2 + (hour / 24):00}T{hour % 24:00}:00:00Z,")
                .Append(CultureInfo.InvariantCulture, $"{20 + (hour % 24 * 3)}\n");
        }

        run.Write("series.csv", series.ToString());
    }

    [Fact]
    public void Compare_lists_every_pace()
    {
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--budget-share", "0.3", "--compare")
            .Should().Be(ExitCodes.Done);

        string[] lines = run.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].Should().StartWith("8 days");
        lines.Skip(2).Select(static l => l.Split(' ')[0]).Should().Equal(SimulatedPace.All.Select(static p => p.Name));
    }

    [Fact]
    public void One_day_is_said_to_be_one()
    {
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--days", "1").Should().Be(ExitCodes.Done);
        run.Printed.Should().StartWith("1 day;");
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--days", "0")
            .Should().Be(ExitCodes.WrongUsage);
        run.Complained.Should().Contain("'perfmarketing simulate --help'");
    }

    [Fact]
    public void Json_has_the_figures_of_each_pace()
    {
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--pacer", "forecast,asap", "--days", "3",
            "--seed", "7", "--json").Should().Be(ExitCodes.Done);

        run.Json.GetProperty("days").GetInt32().Should().Be(3);
        JsonElement[] paces = [.. run.Json.GetProperty("pacers").EnumerateArray()];
        paces.Select(static p => p.GetProperty("pacer").GetString()).Should().Equal("forecast", "asap");
        paces.Should().AllSatisfy(static p => p.GetProperty("overspend").GetDouble().Should().Be(0));
        double Of(int pace, string figure) => paces[pace].GetProperty(figure).GetDouble();
        Of(0, "value").Should().BeGreaterThan(1.5 * Of(1, "value"));
        Of(0, "rms").Should().BeLessThan(Of(1, "rms") / 3);
        Of(1, "peakToEven").Should().BeGreaterThan(1);
        (Of(1, "delivered"), Of(1, "exhaustedAt") < 0.9).Should().Be((100, true));
    }

    [Fact]
    public void The_audience_may_live_in_another_zone()
    {
        run.Write("far.json", Living("Asia/Tokyo"));
        run.Write("lost.json", Living("Mars"));

        run.Run("simulate", "@far.json", "--traffic", "@series.csv", "--json").Should().Be(ExitCodes.Done);
        run.Json.GetProperty("days").GetInt32().Should().Be(8, "the budget keeps its own days");
        run.Run("simulate", "@lost.json", "--traffic", "@series.csv").Should().Be(ExitCodes.BadInput);
    }

    [Fact]
    public void The_budgets_own_pace_and_limit_are_the_default()
    {
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--json").Should().Be(ExitCodes.Done);
        run.Json.GetProperty("pacers")[0].GetProperty("pacer").GetString().Should().Be("budget");
    }

    [Fact]
    public void Local_times_and_columns_by_position_are_read()
    {
        string series = run.Read("series.csv").Replace("T", " ", StringComparison.Ordinal)
            .Replace("Z,", ",", StringComparison.Ordinal)
            .Replace("instant,count", "when,how many", StringComparison.Ordinal);
        run.Write("local.csv", series);
        run.Run("simulate", "@budget.json", "--traffic", "@local.csv", "--json").Should().Be(ExitCodes.Done);
        string local = run.Printed;
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--json").Should().Be(ExitCodes.Done);
        local.Should().Be(run.Printed.Replace("series.csv", "local.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_that_make_no_sense_are_named()
    {
        run.Write(
            "bad.csv",
            "instant,count\n2026-03-02T00:00:00Z,1\nyesterday,2\n2026-03-02T01:00:00Z,-1\n2026-03-02T02:00:00Z\n");
        run.Run("simulate", "@budget.json", "--traffic", "@bad.csv").Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain("bad.csv(3,1): simulate.line-invalid")
            .And.Contain("bad.csv(4,22): simulate.line-invalid")
            .And.Contain("bad.csv(5,1): simulate.line-invalid");
    }

    // Days are cut for the years 1000 to 8999; a first line that has a number is no header.
    [Theory]
    [InlineData("9999-12-31T23:00:00Z")]
    [InlineData("9999-12-31T23:59:59")]
    [InlineData("-9998-01-01T00:00:00Z")]
    [InlineData("-9998-01-01 00:00:00")]
    [InlineData("0999-12-31T23:59:59Z")]
    [InlineData("9000-01-01T00:00:00Z")]
    [InlineData("yesterday")]
    public void A_time_outside_of_all_calendars_is_named(string instant)
    {
        run.Write("far.csv", $"{instant},1\n2026-03-02T00:00:00Z,1\n{instant},1\n");
        run.Write("west.json", Budget.Replace(
            "\"cost\"", "\"zone\": \"America/New_York\", \"cost\"", StringComparison.Ordinal));

        run.Run("simulate", "@west.json", "--traffic", "@far.csv").Should().Be(ExitCodes.BadInput);

        run.Complained.Should().Contain("far.csv(1,1): simulate.line-invalid")
            .And.Contain("far.csv(3,1): simulate.line-invalid");
    }

    [Fact]
    public void Without_any_traffic_a_share_of_it_buys_nothing()
    {
        run.Write("none.csv", run.Read("series.csv").Replace("Z,", "Z,0e", StringComparison.Ordinal));

        run.Run("simulate", "@budget.json", "--traffic", "@none.csv", "--budget-share", "0.3",
            "--requests-per-day", "100").Should().Be(ExitCodes.BadInput);

        run.Complained.Should().Contain(SimulationCodes.BelowOneRequest);
    }

    [Theory]
    [InlineData("\"day\" }", "\"month\" }", SimulationCodes.NotDaily)]
    [InlineData("0.10 EUR", "0.10 USD", SimulationCodes.CostInvalid)]
    [InlineData("0.10 EUR", "0.00 EUR", SimulationCodes.CostInvalid)]
    [InlineData("30.00 EUR", "0.00 EUR", "budget.limit-not-positive")]
    [InlineData("30.00 EUR", "0.09 EUR", SimulationCodes.BelowOneRequest)]
    [InlineData("\"cost\"", "\"pacing\": { \"burst\": 0 }, \"cost\"", "pacing.burst-invalid")]
    [InlineData("\"cost\"", "\"zone\": \"Europe/Atlantis\", \"cost\"", "time.zone-unknown")]
    public void A_budget_that_makes_no_sense_is_refused(string right, string wrong, string code)
    {
        run.Write("wrong.json", Budget.Replace(right, wrong, StringComparison.Ordinal));
        run.Run("simulate", "@wrong.json", "--traffic", "@series.csv").Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain(code);
    }

    [Fact]
    public void A_share_that_buys_not_even_one_request_is_refused()
    {
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--budget-share", "0.0001")
            .Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain(SimulationCodes.BelowOneRequest);
    }

    [Fact]
    public void Every_pace_can_be_asked_for_by_its_name()
    {
        string names = string.Join(',', SimulatedPace.All) + ",as-soon-as-possible,asap,forecast";
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--pacer", names, "--days", "1", "--json")
            .Should().Be(ExitCodes.Done);
        JsonElement[] paces = [.. run.Json.GetProperty("pacers").EnumerateArray()];
        paces.Select(static p => p.GetProperty("pacer").GetString())
            .Should().Equal(SimulatedPace.All.Select(static p => p.Name), "each is replayed once");
        paces.Should().AllSatisfy(
            static p => p.GetProperty("deliveredOfPossible").GetDouble().Should().BeInRange(50, 100));
    }

    [Fact]
    public void The_sample_of_the_docs_runs()
    {
        string sample = Path.Combine(SourceTree.Root, "docs/samples/budgets/daily-budget.json");
        run.Run("simulate", sample, "--traffic", "@series.csv", "--budget-share", "0.3", "--json")
            .Should().Be(ExitCodes.Done);
        JsonElement pace = run.Json.GetProperty("pacers")[0];
        foreach (string figure in new[] { "delivered", "rms", "value", "peakToEven", "overspend" })
        {
            pace.GetProperty(figure).ValueKind.Should().Be(JsonValueKind.Number, figure);
        }
    }

    [Fact]
    public void A_series_without_a_whole_day_is_too_short()
    {
        run.Write("short.csv", "2026-03-02T00:00:00Z,1\n2026-03-02T01:00:00Z,1\n");
        run.Run("simulate", "@budget.json", "--traffic", "@short.csv").Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain(SimulationCodes.TooShort);
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--pacer", "magic")
            .Should().Be(ExitCodes.WrongUsage);
    }

    [Fact]
    public void A_grid_of_minutes_is_the_same_as_its_minutes()
    {
        SeededRandom counts = new(1);
        StringBuilder grid = new("date," + string.Join(',', Enumerable.Range(0, 1_440)) + "\n");
        StringBuilder lines = new();
        for (int day = 2; day < 8; day++)
        {
            grid.Append(CultureInfo.InvariantCulture, $"2026-03-{day:00}");
            for (int minute = 0; minute < 1_440; minute++)
            {
                int count = counts.Below(5);
                string clock = $"{minute / 60:00}:{minute % 60:00}";
                grid.Append(CultureInfo.InvariantCulture, $",{count}");
                lines.Append(CultureInfo.InvariantCulture, $"2026-03-{day:00}T{clock},{count}\n");
            }

            grid.Append('\n');
        }

        run.Write("lines.csv", lines.ToString());
        run.Write("grid.csv", grid.ToString());
        run.Run("simulate", "@budget.json", "--traffic", "@lines.csv", "--json").Should().Be(ExitCodes.Done);
        string printed = run.Printed.Replace("lines.csv", "grid.csv", StringComparison.Ordinal);
        run.Run("simulate", "@budget.json", "--traffic", "@grid.csv", "--json").Should().Be(ExitCodes.Done);
        run.Printed.Should().Be(printed);
    }

    // On 8 March the clocks of New York go on an hour.
    [Theory]
    [InlineData(7, 1_440, "")]
    [InlineData(8, 1_380, "")]
    [InlineData(8, 1_440, "grid.csv(1,2772): simulate.line-invalid")]
    [InlineData(7, 1_439, "grid.csv(1,1): simulate.line-invalid")]
    [InlineData(7, 1_441, "grid.csv(1,2892): simulate.line-invalid")]
    public void A_day_has_its_minutes(int day, int minutes, string complaint)
    {
        run.Write("budget.json", Budget.Replace(
            "\"cost\"", "\"zone\": \"America/New_York\", \"cost\"", StringComparison.Ordinal));
        run.Write("grid.csv", $"2026-03-0{day}," + string.Join(',', Enumerable.Repeat('3', minutes)) + "\n");

        run.Run("simulate", "@budget.json", "--traffic", "@grid.csv")
            .Should().Be(complaint.Length == 0 ? ExitCodes.Done : ExitCodes.BadInput);

        run.Complained.Split(": This", 2)[0].Should().EndWith(complaint);
    }

    [Fact]
    public void Days_without_end_are_refused()
    {
        StringBuilder daily = new();
        for (int day = 0; day < 5_000; day++)
        {
            daily.Append(CultureInfo.InvariantCulture, $"{new DateOnly(2001, 1, 1).AddDays(day):yyyy-MM-dd}T00:00,1\n");
        }

        run.Write("daily.csv", daily.ToString());
        run.Run("simulate", "@budget.json", "--traffic", "@daily.csv").Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain("daily.csv(3661,1): log.too-many");

        run.Write("rare.csv", "1001-01-01T00:00,5\n8998-01-01T00:00,5\n");
        run.Run("simulate", "@budget.json", "--traffic", "@rare.csv", "--json")
            .Should().Be(ExitCodes.Done, "what lies between two counts is a gap");
        run.Json.GetProperty("days").GetInt32().Should().Be(2);
    }

    [Fact]
    public void Prices_by_the_hour_make_cheap_hours_worth_more()
    {
        StringBuilder prices = new("timestamp,cpc\n");
        for (int hour = 0; hour < 12 * 24; hour++)
        {
            prices.Append(CultureInfo.InvariantCulture, $"2026-03-{2 + (hour / 24):00}T{hour % 24:00}:00:00Z,")
                .Append(hour % 24 < 12 ? "0.05\n" : "0.15\n");
        }

        run.Write("prices.csv", prices.ToString());
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--prices", "@prices.csv", "--budget-share",
            "0.3", "--pacer", "forecast,learned", "--json").Should().Be(ExitCodes.Done);

        double Of(int pace, string figure) => run.Json.GetProperty("pacers")[pace].GetProperty(figure).GetDouble();
        Of(0, "value").Should().BeGreaterThan(80).And.BeGreaterThan(1.5 * Of(1, "value"));
        (Of(0, "overspend"), Of(1, "overspend")).Should().Be((0, 0));
        Of(0, "delivered").Should().BeGreaterThan(90);
    }

    [Theory]
    [InlineData("2026-03-02T00:00:00Z,0\n", "prices.csv(1,22): simulate.line-invalid")]
    [InlineData("2026-03-02T00:00:00Z,1e9\n", "prices.csv(1,22): simulate.line-invalid")]
    [InlineData("2026-03-02T00:00:00Z,0.1\n2026-03-03T00:00:00Z,\"\n", "prices.csv(2,23): log.quotes")]
    [InlineData("", "prices.csv: log.empty")]
    [InlineData("2026-03-02T00:00:00Z,31\n", "budget.json: simulate.below-one-request")]
    public void Prices_that_make_no_sense_are_named(string prices, string complaint)
    {
        run.Write("prices.csv", prices);
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--prices", "@prices.csv")
            .Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain(complaint);
    }

    [Fact]
    public void Hostile_files_are_named_not_thrown()
    {
        run.Write("null.json", "null");
        run.Write("deep.json", new string('[', 100_000));
        run.Write("noise.csv", "\0\u0001,\uFFFD\n\"\n,,,,\n2026-03-02T00:00:00Z,NaN\n2026-03-02T00:00:00Z,1e999\n");

        foreach (string file in new[] { "null.json", "deep.json", "noise.csv", "missing.json" })
        {
            run.Run("simulate", $"@{file}", "--traffic", "@series.csv").Should().Be(ExitCodes.BadInput);
            run.Complained.Should().Contain($"{file}(1,");
        }

        run.Run("simulate", "@budget.json", "--traffic", "@noise.csv").Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain("noise.csv(4,22)").And.Contain("noise.csv(5,22)");
        run.Run("simulate", "@budget.json", "--traffic", "@missing.csv").Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain("missing.csv(1,1): log.unreadable");
    }

    public void Dispose() => run.Dispose();

    private static string Living(string zone) =>
        Budget.Replace("\"cost\"", $"\"audienceZone\": \"{zone}\", \"cost\"", StringComparison.Ordinal);
}
