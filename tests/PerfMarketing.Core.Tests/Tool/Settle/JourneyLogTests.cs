using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tool.Commands;
using Xunit.Abstractions;

namespace PerfMarketing.Tests.Tool.Settle;

/// <summary>The main job on a real log: 62,483 rows, 1,838 conversions, five channels as partners.</summary>
/// <remarks>
/// The log lies beside the repository, since its licence differs; without it there is nothing to test.
/// </remarks>
public sealed class JourneyLogTests(ITestOutputHelper output)
{
    private static readonly string Log =
        Path.Combine(SourceTree.Root, "../shared/data/attribution/si05_attribution_events.csv.gz");

    private static readonly string Samples = Path.Combine(SourceTree.Root, "docs/samples/journey-log");

    [Fact]
    public void Last_touch_pays_each_channel_for_the_sales_it_closed()
    {
        if (!HasLog())
        {
            return;
        }

        using ToolRun tool = new();
        Settle(tool, "campaign.json", Log, "--period", "2018-07").Should().Be(ExitCodes.Done, tool.Complained);

        // The converting row is a touch itself, so the sales of a channel are its rows with conversion 1.
        tool.Json.GetProperty("partners").EnumerateArray()
            .Select(static row => (Text(row, "partner"), Text(row, "outcomes"), Text(row, "total")))
            .Should().Equal(
                ("Facebook", "561", "5610.00 EUR"),
                ("Instagram", "237", "2370.00 EUR"),
                ("Online Display", "233", "2330.00 EUR"),
                ("Online Video", "350", "3500.00 EUR"),
                ("Paid Search", "457", "4570.00 EUR"));
        Text(tool.Json.GetProperty("totals"), "payable").Should().Be("18380.00 EUR");
        tool.Json.GetProperty("rejectedLines").GetInt64().Should().Be(0);
    }

    [Fact]
    public void Linear_shares_out_every_sale_and_every_cent()
    {
        if (!HasLog())
        {
            return;
        }

        using ToolRun tool = new();
        Settle(tool, "campaign-linear.json", Log).Should().Be(ExitCodes.Done, tool.Complained);

        JsonElement[] rows = [.. tool.Json.GetProperty("partners").EnumerateArray()];
        rows.Sum(static row => decimal.Parse(Text(row, "outcomes"), CultureInfo.InvariantCulture)).Should().Be(1_838m);
        rows.Sum(static row => decimal.Parse(Text(row, "total").Split(' ')[0], CultureInfo.InvariantCulture))
            .Should().Be(18_380m);
        JsonElement totals = tool.Json.GetProperty("totals");
        (Text(totals, "outcomes"), Text(totals, "total")).Should().Be(("1838", "18380.00 EUR"));
    }

    [Fact]
    public void The_same_log_shuffled_gives_identical_statements()
    {
        if (!HasLog())
        {
            return;
        }

        using ToolRun tool = new();
        Settle(tool, "campaign-linear.json", Log, "--out", Path.Combine(tool.Folder, "first"));
        Settle(tool, "campaign-linear.json", Shuffle(tool), "--out", Path.Combine(tool.Folder, "second"));

        tool.Read("second/statements.json").Should().Be(tool.Read("first/statements.json"));
    }

    [Fact]
    public void The_built_program_is_small()
    {
        if (!HasLog())
        {
            return;
        }

        using Process program = Start();
        long memory = Watch(program);

        program.ExitCode.Should().Be(ExitCodes.Done);
        memory.Should().BeLessThan(300_000_000);
    }

    private bool HasLog()
    {
        bool exists = File.Exists(Log);
        if (!exists)
        {
            output.WriteLine("The real log is not beside the repository (../shared): nothing was tested.");
        }

        return exists;
    }

    private static long Watch(Process program)
    {
        long memory = 0;
        while (!program.WaitForExit(20))
        {
            try
            {
                program.Refresh();
                memory = Math.Max(memory, program.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It ended between the two lines.
            }
        }

        return memory;
    }

    private static Process Start()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PerfMarketing.Tool.dll");
        string[] words =
        [
            program, "settle", Path.Combine(Samples, "campaign.json"), "--events", Log,
            "--map", Path.Combine(Samples, "mapping.json"), "--json",
        ];
        ProcessStartInfo start = new("dotnet", words) { RedirectStandardOutput = true };
        Process started = Process.Start(start)!;
        started.BeginOutputReadLine();
        return started;
    }

    private static int Settle(ToolRun tool, string campaign, string log, params string[] more) => tool.Run(
        ["settle", Path.Combine(Samples, campaign), "--events", log, "--map", Path.Combine(Samples, "mapping.json"),
            "--json", .. more]);

    private static string Shuffle(ToolRun tool)
    {
        using GZipStream content = new(File.OpenRead(Log), CompressionMode.Decompress);
        using StreamReader reader = new(content);
        string[] lines = reader.ReadToEnd().Split('\n');
#pragma warning disable CA5394 // The seed makes every run the same; nothing here is secret.
        new Random(1_838).Shuffle(lines.AsSpan(1));
#pragma warning restore CA5394
        return tool.Write("shuffled.csv", string.Join('\n', lines));
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
