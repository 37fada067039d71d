using System.Globalization;
using System.Text;
using System.Xml.Linq;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Budgets;

public sealed class SimulationPictureTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly ToolRun run = new();

    public SimulationPictureTests()
    {
        run.Write("daily-budget.json", """
            { "budget": { "id": "b", "limit": "3000.00 EUR", "per": "day" }, "cost": "0.50 EUR" }
            """);
        StringBuilder series = new();
        for (int hour = 0; hour < 21 * 24; hour++)
        {
            double clock = hour % 24;
            double noon = Math.Exp(-Math.Pow((clock - 12) / 4, 2));
            double evening = Math.Exp(-Math.Pow((clock - 20) / 2.5, 2));
            double count = Math.Floor((100 + (1_000 * noon) + (1_200 * evening)) * (hour / 24 % 7 >= 5 ? 0.7 : 1));
            series.Append(CultureInfo.InvariantCulture, $"2026-03-{2 + (hour / 24):00}T{clock:00}:00:00Z,{count}\n");
        }

        run.Write("spring-traffic.csv", series.ToString());
    }

    // The picture of docs/choose-a-pace.md.
    [Fact]
    public void The_picture_of_the_docs_is_what_the_command_draws()
    {
        Draw("a.svg", "--pacer", "forecast,dual,learned,even,front-loaded,asap");
        Golden.Compare("docs/images/paces-of-a-day.svg", run.Read("a.svg")).Should().BeNull();
    }

    [Fact]
    public void Every_pace_has_a_line_that_ends_where_its_budget_does()
    {
        Draw("a.svg", "--compare");

        XElement[] lines = [.. XDocument.Parse(run.Read("a.svg")).Root!.Elements(Svg + "path")
            .Where(static p => p.Attribute("class")!.Value.StartsWith("pace", StringComparison.Ordinal))];
        lines.Should().HaveCount(2 * 10, "each has one in the legend too");
        lines.Select(static l => l.Attribute("class")!.Value).Distinct().Should().HaveCount(10);
        string soon = lines[0].Attribute("d")!.Value;
        soon.Should().StartWith("M60 410 L").And.EndWith("L650 84", "the last one is drawn first, and used all");
        soon.Split('L').Should().HaveCount(97);
    }

    [Fact]
    public void The_same_words_draw_the_same_picture()
    {
        Draw("a.svg", "--days", "2");
        Draw("b.svg", "--days", "2");
        run.Read("a.svg").Should().Be(run.Read("b.svg")).And.Contain("mean of 2 days").And.NotContain("\r");
        File.Exists(Path.Combine(run.Folder, "b.svg.new")).Should().BeFalse();
    }

    [Fact]
    public void A_name_of_a_file_is_text_and_nothing_else()
    {
        const string Name = "<b>&\u0007\uFFFF.csv";
        File.Move(Path.Combine(run.Folder, "spring-traffic.csv"), Path.Combine(run.Folder, Name));
        run.Run("simulate", "@daily-budget.json", "--traffic", $"@{Name}", "--days", "1", "--picture", "@a.svg")
            .Should().Be(ExitCodes.Done);
        XDocument.Parse(run.Read("a.svg")).Root!.Elements(Svg + "text").Select(static t => t.Value)
            .Should().Contain("<b>&\uFFFD\uFFFD.csv, one day");
    }

    [Fact]
    public void A_picture_that_cannot_be_written_is_named()
    {
        run.Run("simulate", "@daily-budget.json", "--traffic", "@spring-traffic.csv", "--days", "1", "--picture",
            "@missing/a.svg").Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain("settle.unwritable");
    }

    [Theory]
    [InlineData("daily-budget.json")]
    [InlineData("spring-traffic.csv")]
    [InlineData("prices.csv")]
    [InlineData("folder/../spring-traffic.csv")]
    public void A_picture_never_takes_the_place_of_what_is_read(string file)
    {
        run.Write("prices.csv", "2026-03-02T00:00:00Z,0.50\n");
        string before = run.Read("daily-budget.json") + run.Read("spring-traffic.csv") + run.Read("prices.csv");
        Refused("@spring-traffic.csv", $"@{file}");
        (run.Read("daily-budget.json") + run.Read("spring-traffic.csv") + run.Read("prices.csv")).Should().Be(before);
    }

    [Fact]
    public void A_picture_replaces_neither_what_a_link_leads_to_nor_what_is_called_as_its_draft()
    {
        run.Write("a.svg.new", run.Read("spring-traffic.csv"));
        File.CreateSymbolicLink(
            Path.Combine(run.Folder, "link.csv"), Path.Combine(run.Folder, "spring-traffic.csv"));
        Refused("@link.csv", "@spring-traffic.csv");
        Refused("@link.csv", "@link.csv");
        Refused("@a.svg.new", "@a.svg");
    }

    public void Dispose() => run.Dispose();

    private void Refused(string traffic, string picture)
    {
        run.Run(
            "simulate", "@daily-budget.json", "--traffic", traffic, "--prices", "@prices.csv", "--picture", picture)
            .Should().Be(ExitCodes.BadInput);
        run.Complained.Should().Contain("would replace");
    }

    private void Draw(string file, params string[] more)
    {
        string[] words = ["simulate", "@daily-budget.json", "--traffic", "@spring-traffic.csv", "--picture"];
        run.Run([.. words, "@" + file, .. more]).Should().Be(ExitCodes.Done);
    }
}
