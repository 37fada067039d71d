using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

public sealed class CsvRecordsTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(62_483, 1);

    [Theory]
    [InlineData("plain", "a,b\n1,2", "1:a|b 2:1|2")]
    [InlineData("empty cells", ",\n,,\n", "1:| 2:||")]
    [InlineData("empty lines are passed over", "a\n\n\r\nb\n", "1:a 4:b")]
    [InlineData("quoted separator", "\"a,b\",c\n", "1:a,b|c")]
    [InlineData("doubled marks", "\"\"\"a\"\"\",\"b\"\"c\"\n", "1:\"a\"|b\"c")]
    [InlineData("empty quoted", "\"\",\"\"\n", "1:|")]
    [InlineData("line break in a cell", "\"a\nb\",c\nd,e\n", "1:a\nb|c 3:d|e")]
    [InlineData("line break of two bytes in a cell", "\"a\r\nb\",c\r\nd,e\r\n", "1:a\r\nb|c 3:d|e")]
    [InlineData("quoted at the end without a break", "a,\"b\"", "1:a|b")]
    [InlineData("letters of any script", "ä,日本\n", "1:ä|日本")]
    [InlineData("white space stays", " a , b \n", "1: a | b ")]
    public void Records_are_read_by_the_rfc(string reason, string text, string expected) =>
        Read(text).Should().Be(expected, reason);

    [Theory]
    [InlineData("never closed", "a,b\n\"x,2\n3,4\n5,6", "1:a|b 2!log.quotes@2 3:3|4 4:5|6")]
    [InlineData("closed by accident far below", "a,b\n\"x,2\n3,4\n\"y\",6", "1:a|b 2!log.quotes@11 3:3|4 4:y|6")]
    [InlineData("mark inside a plain cell", "5\" pipe,2\n3,4", "1!log.quotes@2 2:3|4")]
    [InlineData("text after a closing mark", "\"x\"y,2\n3,4", "1!log.quotes@4 2:3|4")]
    [InlineData("never closed in the last line", "a,b\n1,\"", "1:a|b 2!log.quotes@4")]
    public void A_broken_line_is_rejected_alone(string reason, string text, string expected) =>
        Read(text).Should().Be(expected, reason);

    [Fact]
    public void Bytes_that_are_no_text_are_rejected_alone() =>
        Read([.. "a\n"u8, 0xFF, .. "\nb\n"u8]).Should().Be("1:a 2!log.encoding@0 3:b");

    [Fact]
    public void A_line_that_is_too_long_is_rejected_alone_and_shown_in_part()
    {
        string text = "a\n" + new string('x', LineReader.LengthMax + 1) + "\nb\n";
        Read(text).Should().Be("1:a 2!log.line-too-long@0 3:b");
    }

    [Fact]
    public void A_mark_that_is_never_closed_costs_one_pass_over_the_bound()
    {
        StringBuilder text = new("\"x\n");
        for (int i = 0; i < 400_000; i++)
        {
            text.Append("a,b,c\n");
        }

        Read(text.ToString()).Should().StartWith("1!log.quotes@2 2:a|b|c 3:a|b|c").And.EndWith("400001:a|b|c");
    }

    [Fact]
    public void Whatever_is_written_by_the_rfc_is_read_back()
    {
        Gen<string> cell = Gen.Choose(0, 5).SelectMany(static length =>
            Gen.Elements('a', 'ß', ',', '"', '\n', '\r', ' ', ';').ArrayOf(length)).Select(static c => new string(c));
        Gen<string[][]> rows = Gen.Choose(1, 4).SelectMany(columns => cell.ArrayOf(columns).ArrayOf(3));
        Prop.ForAll(rows.ToArbitrary(), static rows =>
        {
            string text = string.Concat(rows.Select(static row => string.Join(',', row.Select(Quote)) + "\r\n"));
            using Trickle stream = new(Encoding.UTF8.GetBytes(text), 7);
            CsvRecords records = new(new LineReader(stream));
            return rows.All(row => records.Read() && records.Problem is null && records.Count == row.Length
                && row.Select((expected, i) => records.Text(i) == expected).All(static same => same));
        }).Check(Seeded);
    }

    private static string Quote(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static string Read(byte[] text)
    {
        using MemoryStream stream = new(text);
        CsvRecords records = new(new LineReader(stream));
        List<string> read = [];
        while (records.Read())
        {
            string cells = string.Join('|', Enumerable.Range(0, records.Count).Select(records.Text));
            read.Add(records.Problem is { } problem
                ? string.Create(CultureInfo.InvariantCulture, $"{problem.Line}!{problem.Code}@{problem.Column}")
                : string.Create(CultureInfo.InvariantCulture, $"{records.Line}:{cells}"));
        }

        return string.Join(' ', read);
    }
}
