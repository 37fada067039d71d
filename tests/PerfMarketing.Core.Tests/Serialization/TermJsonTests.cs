using System.Text.Json;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Serialization;

public sealed class TermJsonTests
{
    private const string Broken = """
        {
          "name": 7,
          "size": "big",
          "size": 2,
          "colour": "red"
        }
        """;

    [Fact]
    public void All_failures_are_collected_with_path_and_place()
    {
        TermFailures failures = [];

        TermJson.TryParse(Broken, Box.Read, failures, out Box? box).Should().BeFalse();

        box.Should().BeNull();
        failures.Select(static f => (f.Path, f.Code, f.Line, f.Column)).Should().Equal(
            ("$.name", TermCodes.WrongKind, 2, 11),
            ("$.size", TermCodes.WrongKind, 3, 11),
            ("$.size", TermCodes.Duplicate, 4, 11),
            ("$.colour", TermCodes.Unknown, 5, 13));
    }

    [Fact]
    public void Parse_throws_the_first_failure_and_lists_all()
    {
        JsonException thrown = FluentActions.Invoking(() => TermJson.Parse(Broken, Box.Read))
            .Should().Throw<JsonException>().Which;

        (thrown.Path, thrown.LineNumber, thrown.BytePositionInLine).Should().Be(("$.name", 1L, 10L));
        thrown.Message.Should().StartWith("The JSON has 4 failures:\n$.name (2,11): terms.wrong-kind: ")
            .And.Contain("\n$.colour (5,13): terms.unknown: ");
    }

    [Fact]
    public void Malformed_text_is_a_json_exception_as_well()
    {
        FluentActions.Invoking(() => TermJson.Parse("{"u8, Box.Read))
            .Should().Throw<JsonException>().Which.Message.Should().Contain(TermCodes.Syntax);
        FluentActions.Invoking(() => TermJson.Parse("[]"u8, Box.Read))
            .Should().Throw<JsonException>().Which.Path.Should().Be("$");
    }

    [Fact]
    public void Objects_come_back_as_they_were_written()
    {
        Box box = new("b", 3);
        TermJson.Write(box).Should().Be("""{"name":"b","size":3}""");
        TermJson.Parse(TermJson.Write(box, indented: true), Box.Read).Should().Be(box);
    }

    [Fact]
    public void Earlier_failures_do_not_spoil_a_later_reading()
    {
        TermFailures failures = [];
        TermJson.TryParse("x", Box.Read, failures, out _).Should().BeFalse();
        TermJson.TryParse("""{"name":"b","size":3}"""u8, Box.Read, failures, out Box? box).Should().BeTrue();
        box.Should().Be(new Box("b", 3));
    }

    private sealed record Box(string Name, long Size) : ITerms
    {
        public static Box Read(TermReader terms) => new(terms.Text("name"), terms.Integer("size"));

        public void Write(TermWriter terms)
        {
            terms.Value("name", Name);
            terms.Integer("size", Size);
        }
    }
}
