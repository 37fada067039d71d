using System.Globalization;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>One shop under five payment models: the sample of docs/compare-payment-models.md.</summary>
public sealed class PaymentModelsTests
{
    private const string Folder = "docs/samples/payment-models";

    private static readonly string[] Models = ["cpc", "cpl", "cpa", "revenue-share", "hybrid"];

    [Fact]
    public void Log_is_what_the_generator_writes() =>
        KeptFile.ShouldBe($"{Folder}/events.jsonl", PaymentModelsGenerator.Write());

    [Fact]
    public void Command_prints_the_kept_table_and_the_page_shows_it()
    {
        string printed = Compare().ReplaceLineEndings("\n");

        KeptFile.ShouldBe($"{Folder}/expected.txt", printed);
        KeptFile.Read("docs/compare-payment-models.md").Should().Contain(
            printed[..printed.IndexOf("\n\ncpl against", StringComparison.Ordinal)], "the page shows the first table");
    }

    [Fact]
    public void The_picture_of_the_page_is_what_the_command_draws()
    {
        string folder = Directory.CreateTempSubdirectory("perfmarketing").FullName;
        try
        {
            string picture = Path.Combine(folder, "costs.svg");
            Compare("--picture", picture);
            KeptFile.ShouldBe("docs/images/payment-models.svg", File.ReadAllText(picture));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Each_file_is_a_valid_campaign()
    {
        foreach (string model in Models)
        {
            CampaignJson.ParseCampaign(KeptFile.Read($"{Folder}/{model}.json")).Validate().Errors.Should().BeEmpty();
        }
    }

    private static string Compare(params string[] more)
    {
        string folder = Path.Combine(KeptFile.Root, Folder);
        using StringWriter printed = new(CultureInfo.InvariantCulture);
        using StringWriter complained = new(CultureInfo.InvariantCulture);
        ToolConsole console = new(printed, complained, IsTerminal: false);
        string[] words =
        [
            "compare", .. Models.Select(m => Path.Combine(folder, $"{m}.json")),
            "--events", Path.Combine(folder, "events.jsonl"), .. more,
        ];
        Entry.Run(words, console, new ToolActions(console)).Should().Be(ExitCodes.Done, complained.ToString());
        return printed.ToString();
    }
}
