using System.Globalization;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>The sample that shows what is held and rejected as invalid traffic, and which calls count.</summary>
public sealed class InstallFraudTests
{
    private const string Folder = "docs/samples/install-fraud";

    [Fact]
    public void Command_prints_the_kept_page()
    {
        KeptFile.ShouldBe($"{Folder}/expected.txt", Run("settle"));
    }

    [Theory]
    [InlineData("install-fast", "2.00 EUR")]
    [InlineData("install-again", "traffic.repeated")]
    [InlineData("install-bot", "traffic.classified")]
    [InlineData("install-flood", "traffic.click-flood")]
    [InlineData("install-shared", "traffic.repeated")]
    [InlineData("call-short", "call.too-short")]
    [InlineData("call-again", "call.repeated-caller")]
    [InlineData("call-late", "call.not-accepted")]
    public void Command_explains_what_the_page_names(string outcome, string expected)
    {
        KeptFile.Read("docs/samples/README.md").Should().Contain($"| `{outcome}` |");
        Run("explain", "--outcome", outcome).Should().Contain(expected);
    }

    private static string Run(string command, params string[] words)
    {
        using StringWriter printed = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using StringWriter complained = new(CultureInfo.InvariantCulture);
        ToolConsole console = new(printed, complained, IsTerminal: false);
        string[] all =
        [
            command, Path.Combine(KeptFile.Root, Folder, "campaign.json"),
            "--events", Path.Combine(KeptFile.Root, Folder, "events.jsonl"), .. words,
        ];
        Entry.Run(all, console, new ToolActions(console)).Should().Be(ExitCodes.Done, complained.ToString());
        return printed.ToString();
    }
}
