using System.Text;
using PerfMarketing.Events;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

public sealed class SortedLogTests
{
    private const string Rows = """
        customer,time,interaction,conversion,channel
        c1,2018-07-01T10:00:00Z,impression,0,Paid Search
        c1,2018-07-01T10:00:00Z,impression,0,Paid Search
        c2,2018-07-02T10:00:00Z,conversion,1,Instagram
        c2,2018-07-02T10:00:00Z,conversion,1,Instagram
        c2,2018-07-02T10:00:00Z,impression,0,Instagram
        c1,2018-07-05T10:00:00Z,conversion,1,Facebook

        c1,yesterday,conversion,1,Facebook
        """;

    [Fact]
    public void A_stream_gives_the_same_events_as_a_log_that_is_held()
    {
        EventColumns held = LogText.Read("log.csv", Rows, LogText.Mapping);
        (List<LogEvent> events, List<RejectedLine> rejected) = Stream("log.csv", Rows, LogText.Mapping);

        events.Should().HaveCount(9).And.BeInAscendingOrder();
        events.Where(static e => e.Rank != EventRank.Touchpoint).Should().Equal(held.Events);
        events.Where(static e => e.Rank == EventRank.Touchpoint).Select(static e => (Touchpoint)e.Value).Should()
            .BeEquivalentTo(Enumerable.Range(0, held.TouchCount).Select(held.TouchpointOf));
        rejected.Should().Equal(held.Rejected);
    }

    [Fact]
    public void Events_of_one_instant_come_by_kind_and_id_whatever_their_lines()
    {
        (List<LogEvent> events, _) = Stream("log.jsonl", """
            {"type":"outcome","id":"o2","at":"2026-03-01T10:00:00Z","kind":"sale"}
            {"type":"evidence","id":"e1","outcome":"o1","kind":"order-paid","at":"2026-03-01T10:00:00Z"}
            {"type":"touch","id":"t1","at":"2026-03-01T10:00:00Z","customer":"c","partner":"p"}
            {"type":"outcome","id":"o1","at":"2026-03-01T10:00:00Z","kind":"sale"}
            """);

        events.Select(static e => e.Id).Should().Equal("t1", "o1", "o2", "e1");
    }

    [Fact]
    public void A_line_out_of_order_ends_the_reading()
    {
        const string Unsorted = """
            {"type":"outcome","id":"o2","at":"2026-03-01T10:00:00Z","kind":"sale"}
            {"type":"outcome","id":"o1","at":"2026-03-01T09:59:59Z","kind":"sale"}
            """;
        FluentActions.Invoking(() => Stream("log.jsonl", Unsorted)).Should().Throw<LogException>()
            .WithMessage("*log.jsonl(2,1): log.not-sorted: *");
    }

    private static (List<LogEvent> Events, List<RejectedLine> Rejected) Stream(
        string name, string text, string? mapping = null)
    {
        string folder = Directory.CreateTempSubdirectory("perfmarketing").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
            LogMapping? read = mapping is null ? null : TermJson.Parse(mapping, LogMapping.Read);
            List<RejectedLine> rejected = [];
            using SortedLog log = new(path, read, rejected.Add);
            return ([.. log.Read(progress: null)], rejected);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
