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
        Streamed streamed = Stream("log.csv", Rows, LogText.Mapping);

        streamed.Events.Should().HaveCount(3).And.Equal(held.Events);
        streamed.Touches.Should()
            .BeEquivalentTo(Enumerable.Range(0, held.Touches.Count).Select(held.Touches.TouchpointOf));
        streamed.Rejected.Should().Equal(held.Rejected);
        streamed.End.Should().Be(held.LastRecordedAt);
    }

    [Fact]
    public void Events_of_one_instant_come_by_kind_and_id_whatever_their_lines()
    {
        Streamed streamed = Stream("log.jsonl", """
            {"type":"outcome","id":"o2","at":"2026-03-01T10:00:00Z","kind":"sale"}
            {"type":"evidence","id":"e1","outcome":"o1","kind":"order-paid","at":"2026-03-01T10:00:00Z"}
            {"type":"touch","id":"t1","at":"2026-03-01T10:00:00Z","customer":"c","partner":"p"}
            {"type":"outcome","id":"o1","at":"2026-03-01T10:00:00Z","kind":"sale"}
            {"type":"outcome","id":"o0","at":"2026-03-01T10:00:01Z","kind":"sale"}
            """);

        streamed.Events.Select(static e => e.Id).Should().Equal("o1", "o2", "e1", "o0");
        streamed.Touches.Should().ContainSingle();
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

    private static Streamed Stream(string name, string text, string? mapping = null)
    {
        string folder = Directory.CreateTempSubdirectory("perfmarketing").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
            LogMapping? read = mapping is null ? null : TermJson.Parse(mapping, LogMapping.Read);
            using SortedLog log = new(path, read);
            LogEvent[] events = [.. log.Read(progress: null)];
            IEnumerable<Touchpoint> touches = Enumerable.Range(0, log.Touches.Count).Select(log.Touches.TouchpointOf);
            return new(events, [.. touches], log.Rejected, log.LastRecordedAt);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed record Streamed(
        LogEvent[] Events, Touchpoint[] Touches, IReadOnlyList<RejectedLine> Rejected, NodaTime.Instant End);
}
