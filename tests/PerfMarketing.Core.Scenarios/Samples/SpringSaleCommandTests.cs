using System.Globalization;
using System.Text.Json;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>The command settles the spring sale as the library does.</summary>
public sealed class SpringSaleCommandTests : IDisposable
{
    private static readonly string Campaign = Path.Combine(KeptFile.Root, SpringSaleTests.Folder, "campaign.json");
    private static readonly string Events = Path.Combine(KeptFile.Root, SpringSaleTests.Folder, "events.jsonl");

    private readonly string folder = Directory.CreateTempSubdirectory("perfmarketing").FullName;

    [Fact]
    public void Command_prints_the_totals_of_the_kept_page()
    {
        JsonElement json = JsonDocument.Parse(Run("settle", Campaign, "--events", Events, "--json")).RootElement;

        string[] made = [.. json.GetProperty("partners").EnumerateArray().Select(static p =>
            $"{p.GetProperty("partner").GetString()} {p.GetProperty("gross").GetString()} "
            + $"{p.GetProperty("adjustments").GetString()} {p.GetProperty("payable").GetString()}")];
        made.Should().Equal(Kept());
    }

    [Fact]
    public void Command_writes_the_same_files_again_and_from_a_shuffled_log()
    {
        SampleRandom random = new(11);
        string shuffled = Path.Combine(folder, "shuffled.jsonl");
        File.WriteAllLines(shuffled, File.ReadAllLines(Events).OrderBy(_ => random.Below(int.MaxValue)));

        Run("settle", Campaign, "--events", Events, "--out", Path.Combine(folder, "a"));
        Run("settle", Campaign, "--events", Events, "--out", Path.Combine(folder, "b"));
        Run("settle", Campaign, "--events", shuffled, "--out", Path.Combine(folder, "c"));

        foreach (string name in (string[])["statements.json", "ledger.csv", "decisions.jsonl"])
        {
            Read("b", name).AsSpan().SequenceEqual(Read("a", name)).Should().BeTrue(name);
            Read("c", name).AsSpan().SequenceEqual(Read("a", name)).Should().BeTrue(name);
        }
    }

    [Fact]
    public void Page_of_the_samples_names_outcomes_of_the_log()
    {
        string log = File.ReadAllText(Events);
        string[] named = [.. KeptFile.Read("docs/samples/README.md").Split('\n')
            .Where(static l => l.StartsWith("| `sale-", StringComparison.Ordinal)).Select(static l => l.Split('`')[1])];

        named.Should().HaveCountGreaterThan(10);
        named.Where(o => !log.Contains($"\"outcome\",\"id\":\"{o}\"", StringComparison.Ordinal)).Should().BeEmpty();
        Run("explain", Campaign, "--events", Events, "--outcome", "sale-lounge").Should()
            .Contain("64.00 EUR").And.Contain("16.00 EUR").And.Contain("-8.00 EUR").And.Contain("-2.00 EUR");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // A partner's block of the page begins with its name and ends with its totals.
    private static string[] Kept()
    {
        string partner = string.Empty;
        SortedDictionary<string, string> totals = new(StringComparer.Ordinal);
        foreach (string line in KeptFile.Read($"{SpringSaleTests.Folder}/expected.txt").Split('\n'))
        {
            string[] words = line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            partner = words is [var name, "contract", _] ? name : partner;
            if (words is ["total", var gross, var adjustments, var payable, _])
            {
                totals.Add(partner, $"{partner} {gross} EUR {adjustments} EUR {payable} EUR");
            }
        }

        return [.. totals.Values];
    }

    private byte[] Read(string run, string name) => File.ReadAllBytes(Path.Combine(folder, run, name));

    private static string Run(params string[] words)
    {
        using StringWriter printed = new(CultureInfo.InvariantCulture);
        using StringWriter complained = new(CultureInfo.InvariantCulture);
        ToolConsole console = new(printed, complained, IsTerminal: false);
        Entry.Run(words, console, new ToolActions(console)).Should().Be(ExitCodes.Done, complained.ToString());
        return printed.ToString();
    }
}
