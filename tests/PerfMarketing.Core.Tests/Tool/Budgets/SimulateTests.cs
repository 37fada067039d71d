using System.Globalization;
using System.Text;
using System.Text.Json;
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
        string names = string.Join(',', SimulatedPace.All) + ",as-soon-as-possible";
        run.Run("simulate", "@budget.json", "--traffic", "@series.csv", "--pacer", names, "--days", "1", "--json")
            .Should().Be(ExitCodes.Done);
        JsonElement[] paces = [.. run.Json.GetProperty("pacers").EnumerateArray()];
        paces.Should().HaveCount(SimulatedPace.All.Count + 1).And.AllSatisfy(
            static p => p.GetProperty("deliveredOfPossible").GetDouble().Should().BeInRange(50, 100));
        paces[^1].GetProperty("value").GetDouble().Should().Be(paces[^2].GetProperty("value").GetDouble());
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

    public void Dispose() => run.Dispose();

    private static string Living(string zone) =>
        Budget.Replace("\"cost\"", $"\"audienceZone\": \"{zone}\", \"cost\"", StringComparison.Ordinal);
}
