using System.Globalization;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Commands;

/// <summary>Folders and streams that cannot be written, and results that would replace what is read.</summary>
public sealed class HostileFilesTests
{
    private const string Campaign = """
        {
          "id": "spring", "advertiser": "shop", "attribution": { "rule": "last-touch" },
          "contracts": [ {
            "id": "affiliates", "payer": "shop", "partners": [ "blog" ], "currency": "EUR",
            "clauses": [ { "id": "sale", "outcome": "sale", "pays": { "model": "fixed", "price": "8.00 EUR" } } ]
          } ]
        }
        """;

    private const string Log = """
        {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"blog"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"100.00 EUR"}
        """;

    [Theory]
    [InlineData("settle", "ledger.csv")]
    [InlineData("compare", "differences.csv")]
    [InlineData("attribute", "credits.csv")]
    public void A_file_that_cannot_be_written_leaves_the_folder_as_it_was(string command, string file)
    {
        using ToolRun tool = Prepared();
        Run(tool, command, "log.jsonl", "out").Should().Be(ExitCodes.Done, tool.Complained);
        string[] names = Names(tool);
        Dictionary<string, string> before = names.Where(n => n != file)
            .ToDictionary(static n => n, n => tool.Read("out/" + n));
        File.Delete(Path.Combine(tool.Folder, "out", file));
        Directory.CreateDirectory(Path.Combine(tool.Folder, "out", file));
        tool.Write("log.jsonl", Log.Replace("o1", "o2", StringComparison.Ordinal) + "\nnothing\n");

        Run(tool, command, "log.jsonl", "out").Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("settle.unwritable: ").And.Contain(file);
        Names(tool).Should().Equal(names);
        before.Should().OnlyContain(one => tool.Read("out/" + one.Key) == one.Value);
    }

    [Theory]
    [InlineData("settle", "decisions.jsonl")]
    [InlineData("settle", "chain.jsonl.new")]
    [InlineData("compare", "comparison.json")]
    [InlineData("attribute", "credits.csv")]
    public void What_is_read_is_never_replaced(string command, string file)
    {
        using ToolRun tool = Prepared();
        tool.Write(file, Log);

        Run(tool, command, file, string.Empty).Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("settle.unwritable: What is written would replace ").And.Contain(file);
        tool.Read(file).Should().Be(Log);
        Directory.GetFiles(tool.Folder).Should().HaveCount(3);
    }

    [Fact]
    public void Output_that_cannot_be_printed_is_no_success()
    {
        using ToolRun tool = Prepared();
        string[] args =
            ["settle", Path.Combine(tool.Folder, "c.json"), "--events", Path.Combine(tool.Folder, "log.jsonl")];
        using StringWriter complained = new(CultureInfo.InvariantCulture);
        using FullWriter full = new();

        ToolConsole console = new(full, complained, IsTerminal: false);
        Entry.Run(args, console, new ToolActions(console)).Should().Be(ExitCodes.BadInput);
        complained.ToString().Trim().Should().Be("settle.not-printed: The device is full.");

        ToolConsole mute = new(full, full, IsTerminal: false);
        Entry.Run(args, mute, new ToolActions(mute)).Should().Be(ExitCodes.BadInput);
    }

    [Fact]
    public void Who_looks_for_an_outcome_or_a_partner_in_vain_is_told_why()
    {
        using ToolRun tool = Prepared();
        tool.Write("log.jsonl", Log + "\nnothing\n");

        tool.Run("explain", "@c.json", "--events", "@log.jsonl", "--outcome", "o2").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("settle.outcome-unknown: No event is about o2.")
            .And.Contain("Lines that could not be used: 1; the first:").And.Contain("log.jsonl(3,2): terms.syntax");
        tool.Run("explain", "@c.json", "--events", "@log.jsonl", "--outcome", "o1", "--audience", "partner:blogg")
            .Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("c.json: settle.partner-unknown: No contract of the campaign names blogg.");
        tool.Write("log.jsonl", "nothing\n");
        tool.Run("attribute", "@log.jsonl").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("journeys.none").And.Contain("log.jsonl(1,2): terms.syntax");
    }

    private static int Run(ToolRun tool, string command, string log, string folder)
    {
        string[] words = command switch
        {
            "settle" => ["settle", "@c.json", "--events", "@" + log],
            "compare" => ["compare", "@c.json", "@c.json", "--events", "@" + log],
            _ => ["attribute", "@" + log],
        };
        return tool.Run([.. words, "--out", "@" + folder]);
    }

    private static string[] Names(ToolRun tool) =>
        [.. Directory.GetFileSystemEntries(Path.Combine(tool.Folder, "out")).Select(Path.GetFileName).Order()!];

    private static ToolRun Prepared()
    {
        ToolRun tool = new();
        tool.Write("c.json", Campaign);
        tool.Write("log.jsonl", Log);
        return tool;
    }

    private sealed class FullWriter : StringWriter
    {
        internal FullWriter()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public override void WriteLine(string? value) => throw new IOException("The device is full.");
    }
}
