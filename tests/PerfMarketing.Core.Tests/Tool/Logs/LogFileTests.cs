using System.Text;
using PerfMarketing.Events;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

public sealed class LogFileTests
{
    private const string Lines = """
        {"type":"touch","id":"t1","at":"2026-03-01T10:00:00Z","customer":"c1","partner":"p1"}
        {"type":"outcome","id":"o1","at":"2026-03-01T10:05:00Z","customer":"c1","kind":"sale","value":"9.00 EUR"}
        {"type":"evidence","id":"e1","outcome":"o1","kind":"order-paid","at":"2026-03-02T00:00:00Z"}
        {"type":"correction","id":"x1","outcome":"o1","correction":"retraction","at":"2026-03-03T00:00:00Z"}
        """;

    private const string Cells = """
        type,id,at,customer,partner,outcome,kind,value,correction,note
        touch,t1,2026-03-01T10:00:00Z,c1,p1,,,,,
        outcome,o1,2026-03-01T10:05:00Z,c1,,,sale,9.00 EUR,,
        evidence,e1,2026-03-02T00:00:00Z,,,o1,order-paid,,,
        correction,x1,2026-03-03T00:00:00Z,,,o1,,,retraction,
        """;

    [Fact]
    public void Log_of_more_kinds_of_touches_than_are_held_is_refused_at_its_line()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, Enumerable.Range(0, 4).Select(static i =>
                $$"""{"type":"touch","at":"2026-03-01T00:00:00Z","customer":"u1","partner":"p{{i}}"}"""));
            LogTables tables = new(profileCountMax: 3);
            using LogFile file = LogFile.Open(path, null, tables, new EventColumns(tables));

            LogException full = file.Invoking(static f => f.ReadToEnd(null, CancellationToken.None))
                .Should().Throw<LogException>().Which;

            (full.Problems.Single().Line, full.Problems.Single().Code).Should().Be((4, LogCodes.TooMany));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("log.csv")]
    [InlineData("log.csv.gz")]
    [InlineData("log.CSV")]
    [InlineData("cells")]
    public void Csv_and_json_lines_say_the_same(string name)
    {
        byte[] cells = name.EndsWith(".gz", StringComparison.Ordinal) ? LogText.Compress(Cells) : Bytes(Cells);
        string expected = LogText.Describe(LogText.Read("log.jsonl", Lines));

        LogText.Describe(LogText.Read(name, cells)).Should().Be(expected);
        expected.Split('\n').Should().HaveCount(4);
    }

    [Theory]
    [InlineData("log.jsonl.gz")]
    [InlineData("log.ndjson")]
    [InlineData("lines")]
    public void Compression_is_told_by_its_bytes_and_the_form_by_name_or_first_byte(string name)
    {
        string expected = LogText.Describe(LogText.Read("log.jsonl", Lines));
        LogText.Describe(LogText.Read(name, LogText.Compress(Lines))).Should().Be(expected);
        LogText.Describe(LogText.Read(name, Lines)).Should().Be(expected);
        LogText.Describe(LogText.Read(name, "\uFEFF\r\n" + Lines.Replace("\n", "\r\n\r\n", StringComparison.Ordinal)))
            .Should().Be(expected);
    }

    [Fact]
    public void A_bad_line_is_rejected_with_its_reasons_and_the_others_count()
    {
        string text = Lines + "\n" + """
            {"type":"touch","at":"yesterday","customer":"c1","partner":"p1","colour":"red"}
            {"type":"tuoch"}
            not json
            {"type":"outcome","id":"o2","at":"2026-03-01T10:05:00Z","kind":"sale","value":"-9.00 EUR"}
            {"type":"outcome","at":"2026-03-01T10:05:00Z","kind":"sale"}
            {"type":"touch","at":"2600-03-01T10:00:00Z","customer":"c1","partner":"p1"}
            """;
        EventColumns log = LogText.Read("log.jsonl", text);

        (log.Touches.Count, log.Events.Count).Should().Be((1, 3));
        log.Rejected.Select(static r => (r.Line, r.Column, r.Code)).Should().Equal(
            (5L, 22, "terms.malformed"),
            (6L, 9, "log.type"),
            (7L, 2, "terms.syntax"),
            (8L, 0, "event.amount-negative"),
            (9L, 1, "terms.missing"),
            (10L, 0, "log.cell-malformed"));
        log.Rejected[0].Reason.Should().Contain("$.at").And.Contain("$.colour");
        log.Rejected[2].Raw.Should().Be("not json");
        log.Rejected[2].ToString("log.jsonl").Should().StartWith("log.jsonl(7,2): terms.syntax: ");
    }

    [Fact]
    public void A_bad_record_of_cells_is_rejected_with_its_place()
    {
        string text = Cells + "\n" + """
            touch,t2,yesterday,c1,p1,,,,,
            touch,t3,2026-03-01T10:00:00Z
            "unclosed,t4,2026-03-01T10:00:00Z,c1,p1,,,,,
            outcome,o9,2026-03-01T10:05:00Z,c1,,,sale,9.001 EUR,,
            touch,t5,2026-03-01T10:00:00Z,jane@example.org,p1,,,,,
            """;
        EventColumns log = LogText.Read("log.csv", text);

        (log.Touches.Count, log.Events.Count).Should().Be((1, 3));
        log.Rejected.Select(static r => (r.Line, r.Column, r.Code)).Should().Equal(
            (6L, 10, "terms.malformed"),
            (7L, 0, "log.cell-count"),
            (8L, 2, "log.quotes"),
            (9L, 43, "terms.malformed"),
            (10L, 31, "terms.malformed"));
    }

    [Fact]
    public void Facts_and_tests_have_columns_too()
    {
        EventColumns log = LogText.Read("log.csv", """
            type,id,at,kind,isTest,quantity,facts.device,facts.call-seconds,facts.returning
            outcome,o1,2026-03-01T10:05:00Z,call-received,true,2.5,mobile,95,false
            outcome,o2,2026-03-01T10:05:00Z,call-received,,,,,
            """);

        Outcome[] outcomes = [.. log.Events.Select(static e => (Outcome)e.Value)];
        (outcomes[0].IsTest, outcomes[0].Quantity, outcomes[1].Facts.Count).Should().Be((true, 2.5m, 0));
        outcomes[0].Facts.Select(static f => f.ToString())
            .Should().Equal("call-seconds: 95", "device: mobile", "returning: false");
    }

    [Theory]
    [InlineData("nothing", "log.csv", "", "(1,1): log.empty")]
    [InlineData("unknown column", "log.csv", "type,at,colour\n", "(1,1): log.column-unknown")]
    [InlineData("missing column", "log.csv", "type,id\n", "(1,1): log.column-missing")]
    [InlineData("no header", "log.csv", "touch,,2026-03-01T10:00:00Z\n", "(1,7): log.header-missing")]
    [InlineData("column twice", "log.csv", "type,at,type\n", "(1,9): log.column-twice")]
    [InlineData("header broken", "log.csv", "type,\"at\n", "(1,7): log.quotes")]
    public void A_log_that_cannot_be_read_says_why(string reason, string name, string text, string expected)
    {
        LogException thrown = FluentActions.Invoking(() => LogText.Read(name, text))
            .Should().Throw<LogException>(reason).Which;
        thrown.Message.Should().Contain(name + expected);
        thrown.Problems.Should().NotBeEmpty();
    }

    [Fact]
    public void Damaged_compression_is_an_error_of_the_file()
    {
        byte[] damaged = LogText.Compress(Lines)[..40];
        FluentActions.Invoking(() => LogText.Read("log.jsonl.gz", damaged))
            .Should().Throw<LogException>().Which.Problems.Should().ContainSingle()
            .Which.Code.Should().Be("log.unreadable");
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_of_the_file() =>
        FluentActions.Invoking(() => LogFile.ReadAll("no-such.csv", null, null, CancellationToken.None))
            .Should().Throw<LogException>().Which.Problems[0].Code.Should().Be("log.unreadable");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
