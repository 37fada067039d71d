using System.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Serialization;

public sealed class JsonTextTests
{
    public static TheoryData<string, bool, byte[]> Corpus => JsonCorpus.All();

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Every_text_of_the_corpus_is_read_or_refused_with_its_place(string name, bool accepted, byte[] text)
    {
        TermFailures failures = [];
        bool read = JsonText.TryRead(text, failures, out TermNode node);

        // A duplicate is for the reader of the terms to find, with its path.
        bool unique = !read || Duplicates(node).Length == 0;
        (read && unique).Should().Be(accepted, name);
        failures.Should().HaveCount(read ? 0 : 1, name);
        failures.All(f => f.Code == TermCodes.Syntax && f.Line > 0 && f.Column > 0).Should().BeTrue(name);
        if (read)
        {
            JsonText.TryRead(JsonText.WriteUtf8(node), failures, out TermNode again).Should().BeTrue();
            again.Should().Be(node);
        }
    }

    [Fact]
    public void The_corpus_is_whole() => JsonCorpus.All().Should().HaveCount(318);

    [Theory]
    [InlineData("nothing", "", 1, 1)]
    [InlineData("only white space", " \n ", 2, 2)]
    [InlineData("comment", "{\n  // no\n}", 2, 3)]
    [InlineData("trailing comma", "{\"a\": 1,\n}", 2, 1)]
    [InlineData("trailing data", "{}\n{}", 2, 1)]
    [InlineData("byte order mark", "\uFEFF{}", 1, 1)]
    [InlineData("lone surrogate escape", "{\"a\":\n  \"\\ud800\"}", 2, 3)]
    [InlineData("lone surrogate in a name", "{\n \"\\udc00x\": 1}", 2, 2)]
    [InlineData("single quotes", "{'a': 1}", 1, 2)]
    [InlineData("not a number", "[1, NaN]", 1, 5)]
    [InlineData("unfinished", "{\"a\": [1, 2", 1, 12)]
    public void Malformed_text_is_refused_where_it_is_wrong(string reason, string json, int line, int column)
    {
        TermFailures failures = [];

        JsonText.TryRead(Encoding.UTF8.GetBytes(json), failures, out TermNode node).Should().BeFalse(reason);

        node.Should().Be(TermNode.Null);
        TermFailure failure = failures.Should().ContainSingle().Subject;
        (failure.Code, failure.Line, failure.Column).Should().Be((TermCodes.Syntax, line, column), failure.Message);
        failure.Message.Should().NotContain("LineNumber");
    }

    [Fact]
    public void Invalid_utf8_is_refused_at_its_first_byte()
    {
        TermFailures failures = [];

        JsonText.TryRead([.. "{\n\"ä\": \""u8, 0xC3, (byte)'"', (byte)'}'], failures, out _).Should().BeFalse();

        failures.Should().ContainSingle().Which.Should().Match<TermFailure>(f => f.Line == 2 && f.Column == 8);
    }

    [Fact]
    public void A_lone_surrogate_in_a_string_is_a_failure_too()
    {
        TermFailures failures = [];
        JsonText.TryRead("\"\ud800\"", failures, out _).Should().BeFalse();
        failures.Should().ContainSingle().Which.Code.Should().Be(TermCodes.Syntax);
    }

    [Fact]
    public void Every_node_knows_its_line_and_byte_column()
    {
        TermNode node = Read("{\n  \"ä\": [1,\n    {\"b\": true}, null ]\n}");

        (node.Line, node.Column).Should().Be((1, 1));
        TermNode list = node.Items[0];
        (list.Line, list.Column).Should().Be((2, 9), "ä is two bytes");
        (list.Items[0].Line, list.Items[0].Column).Should().Be((2, 10));
        (list.Items[1].Line, list.Items[1].Column).Should().Be((3, 5));
        (list.Items[1].Items[0].Line, list.Items[1].Items[0].Column).Should().Be((3, 11));
        list.Items[2].Kind.Should().Be(TermKind.Null);
    }

    [Fact]
    public void Duplicate_names_stay_in_the_node_and_are_reported_with_their_place()
    {
        TermFailure failure = Duplicates(Read("{\"a\": 1,\n \"a\": 999}")).Should().ContainSingle().Subject;
        failure.Should().Match<TermFailure>(f => f.Path == "$.a" && f.Line == 2 && f.Column == 7);
    }

    [Theory]
    [InlineData("1.10")]
    [InlineData("-0")]
    [InlineData("1e400")]
    [InlineData("0.00000000000000000000000000000000000001")]
    [InlineData("123456789012345678901234567890123456789")]
    public void Numbers_are_kept_as_their_digits(string digits)
    {
        Read(digits).Should().Be(TermNode.OfNumber(digits));
        JsonText.Write(Read(digits)).Should().Be(digits);
    }

    [Fact]
    public void Bounds_hold()
    {
        string deepest = new string('[', JsonText.DepthMax) + new string(']', JsonText.DepthMax);
        JsonText.Write(Read(deepest)).Should().Be(deepest);
        Refused($"[{deepest}]").Message.Should().Contain("depth");

        string longest = $"\"{new string('x', JsonText.TextLengthMax)}\"";
        Read(longest).Text.Should().HaveLength(JsonText.TextLengthMax);
        Refused(longest.Insert(1, "x")).Message.Should().Contain("65536");
        Refused($"{{{longest.Insert(1, "x")}:1}}").Column.Should().Be(2);

        Read(new string('1', JsonText.NumberLengthMax)).Kind.Should().Be(TermKind.Number);
        Refused(new string('1', JsonText.NumberLengthMax + 1)).Message.Should().Contain("256");

        static string List(string item, int count) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";
        Refused(List("1   ", JsonText.NodesMax)).Message.Should().Contain("2000000");
        Read(List("1", JsonText.NodesFree)).Items.Should().HaveCount(JsonText.NodesFree);
        Read(List("1  ", 4 * JsonText.NodesFree)).Items.Should().HaveCount(4 * JsonText.NodesFree);
        Refused(List("1", 4 * JsonText.NodesFree)).Message.Should()
            .Contain("3072", "more bytes than values are wanted");
        TermFailures failures = [];
        JsonText.TryRead(new byte[JsonText.BytesMax + 1], failures, out _).Should().BeFalse();
        failures.Should().ContainSingle().Which.Message.Should().Contain("67108864");
    }

    [Fact]
    public void Indented_text_has_two_spaces_a_level_and_line_feeds()
    {
        const string Compact = """{"a":[1,{"b":"x"}],"c":{},"d":[],"e":null,"f":true}""";
        string indented = JsonText.Write(Read(Compact), indented: true);

        indented.Should().Be(
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x\"\n    }\n  ],\n"
            + "  \"c\": {},\n  \"d\": [],\n  \"e\": null,\n  \"f\": true\n}");
        JsonText.Write(Read(indented)).Should().Be(Compact);
    }

    [Theory]
    [InlineData("needed by JSON", "\"\\\n\r\t\0", "\\\"\\\\\\n\\r\\t\\u0000")]
    [InlineData("markup", "</script>&'", "\\u003c/script\\u003e\\u0026\\u0027")]
    [InlineData("line separators", "\u2028\u2029\u0085", "\\u2028\\u2029\\u0085")]
    [InlineData("text direction", "\u202E\u2066\u200F", "\\u202e\\u2066\\u200f")]
    [InlineData("invisible", "\u00AD\u200B\uFEFF\uFFFF", "\\u00ad\\u200b\\ufeff\\uffff")]
    [InlineData("invisible tags", "\U000E0041", "\\udb40\\udc41")]
    [InlineData("letters of any script", "aß日本語🙂", "aß日本語🙂")]
    [InlineData("common signs", "+02:00 #1/2 €", "+02:00 #1/2 €")]
    public void Texts_escape_only_what_could_harm(string reason, string text, string expected) =>
        JsonText.Write(TermNode.OfText(text)).Should().Be($"\"{expected}\"", reason);

    [Fact]
    public void What_is_not_json_is_not_written()
    {
        TermNode deep = TermNode.Null;
        for (int i = 0; i <= JsonText.DepthMax; i++)
        {
            deep = TermNode.OfList([deep]);
        }

        foreach (TermNode bad in (TermNode[])[TermNode.OfText("\ud800"), deep, .. BadNumbers()])
        {
            FluentActions.Invoking(() => JsonText.Write(bad)).Should().Throw<ArgumentException>();
        }
    }

    private static IEnumerable<TermNode> BadNumbers() =>
        ((string[])["", "-", "01", "1.", ".5", "1e", "1e+", "+1", "0x1", "1 ", "NaN", "1,2"]).Select(TermNode.OfNumber);

    private static TermNode Read(string json)
    {
        TermFailures failures = [];
        JsonText.TryRead(json, failures, out TermNode node).Should().BeTrue(string.Join("; ", failures));
        return node;
    }

    private static TermFailure Refused(string json)
    {
        TermFailures failures = [];
        JsonText.TryRead(json, failures, out _).Should().BeFalse();
        return failures.Should().ContainSingle().Subject;
    }

    private static TermFailure[] Duplicates(TermNode node)
    {
        TermFailures failures = [];
        if (node.Kind == TermKind.Object)
        {
            TermReader.Read(node, failures, static reader => reader.Path);
        }

        return [.. failures.Where(static f => f.Code == TermCodes.Duplicate)];
    }
}
