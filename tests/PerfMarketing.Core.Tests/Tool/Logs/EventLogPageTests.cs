using System.Text.RegularExpressions;
using PerfMarketing.Events;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

/// <summary>The examples of docs/event-log.md are read as the page says.</summary>
public sealed partial class EventLogPageTests
{
    private static string Page => File.ReadAllText(Path.Combine(SourceTree.Root, "docs/event-log.md"));

    [Fact]
    public void Json_lines_are_one_event_of_each_type()
    {
        EventColumns log = LogText.Read("log.jsonl", Blocks("json").First());

        log.Rejected.Should().BeEmpty();
        log.Touches.Count.Should().Be(1);
        log.Events.Select(static e => e.Rank).Should()
            .Equal(
                EventRank.Outcome, EventRank.Evidence, EventRank.Classification, EventRank.Correction,
                EventRank.Correction);
        log.Events[2].Value.Should().BeOfType<LogClaim>();
        log.Events[^1].Value.Should().BeOfType<LogInvalidation>();
    }

    [Fact]
    public void Csv_says_the_same_as_json_lines()
    {
        EventColumns log = LogText.Read("log.csv", Blocks("csv").Single());

        log.Rejected.Should().BeEmpty();
        log.Touches.Count.Should().Be(1);
        Outcome sale = log.Events.Select(static e => e.Value).OfType<Outcome>().Single();
        sale.Facts.TryGet(Facts.CustomerStatus, out CustomerStatus status).Should().BeTrue();
        status.Should().Be(CustomerStatus.Returning);
    }

    [Fact]
    public void Mapping_reads_a_foreign_log()
    {
        const string Cells = """
            Zeit;Kunde;Kanal;Kauf;Betrag;Bestellung
            2026-03-29 03:30:00;c-1;NL;nein;;
            2026-03-30 12:00:00;c-1;Blog;ja;49.90;LG-7
            2026-03-30 12:00:00;c-2;Radio;;;
            2026-03-30 12:00:00;c-2;Radio;vielleicht;;
            """;

        EventColumns log = LogText.Read("log.csv", Cells, Blocks("json").Last());

        log.Rejected.Should().ContainSingle().Which.Code.Should().Be(LogCodes.Unmapped);
        Enumerable.Range(0, log.Touches.Count).Select(log.Touches.TouchpointOf).Select(t => $"{t.At} {t.Partner}")
            .Should().Equal(
                "2026-03-29T01:30:00Z friday-letter",
                "2026-03-30T10:00:00Z green-thumb-blog",
                "2026-03-30T10:00:00Z nobody");
        Outcome sale = log.Events.Select(static e => e.Value).OfType<Outcome>().Single();
        $"{sale.OrderId} {sale.Value}".Should().Be("LG-7 49.90 EUR");
    }

    private static IEnumerable<string> Blocks(string language) =>
        Block().Matches(Page).Where(m => m.Groups["language"].Value == language)
            .Select(static m => m.Groups["code"].Value);

    [GeneratedRegex("(?s)```(?<language>\\w+)\n(?<code>.*?)\n```")]
    private static partial Regex Block();
}
