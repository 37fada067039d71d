using System.Text;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("nothing", "", new string[0])]
    [InlineData("last line without a break", "a\nb", new[] { "a", "b" })]
    [InlineData("last line with a break", "a\nb\n", new[] { "a", "b" })]
    [InlineData("both kinds of breaks", "a\r\nb\nc\r\n", new[] { "a", "b", "c" })]
    [InlineData("empty lines stay", "\n\na\n", new[] { "", "", "a" })]
    [InlineData("byte order mark", "\uFEFFa\n\uFEFFb", new[] { "a", "\uFEFFb" })]
    [InlineData("a return inside a line", "a\rb\n", new[] { "a\rb" })]
    public void Lines_are_read_without_their_breaks(string reason, string text, string[] expected)
    {
        foreach (int chunk in (int[])[1, 3, 1000])
        {
            ReadAll(Encoding.UTF8.GetBytes(text), chunk).Should().Equal(expected, reason);
        }
    }

    [Fact]
    public void Line_numbers_count_every_line_of_a_record()
    {
        using Trickle stream = new("a\nb\nc\nd\n"u8.ToArray(), 2);
        LineReader lines = new(stream);

        lines.Read().Should().BeTrue();
        lines.Line.Should().Be(1);
        lines.Extend().Should().BeTrue();
        Encoding.UTF8.GetString(lines.Current).Should().Be("a\nb");
        lines.Read().Should().BeTrue();
        (lines.Line, Encoding.UTF8.GetString(lines.Current)).Should().Be((3, "c"));
        lines.Extend().Should().BeTrue();
        lines.KeepFirstLine();
        Encoding.UTF8.GetString(lines.Current).Should().Be("c");
        lines.Read().Should().BeTrue();
        (lines.Line, Encoding.UTF8.GetString(lines.Current)).Should().Be((4, "d"));
        lines.Extend().Should().BeFalse();
        lines.Read().Should().BeFalse();
    }

    [Theory]
    [InlineData(LineReader.LengthMax + 1)]
    [InlineData((3 * LineReader.LengthMax) + 7)]
    public void A_line_that_is_too_long_is_cut_and_the_next_is_read(int length)
    {
        byte[] text = [.. "a\n"u8, .. Enumerable.Repeat((byte)'x', length), .. "\nb\n"u8];
        using Trickle stream = new(text, 100_000);
        LineReader lines = new(stream);

        lines.Read();
        lines.Read().Should().BeTrue();
        (lines.IsTooLong, lines.Line).Should().Be((true, 2));
        lines.Current.Length.Should().BeGreaterThanOrEqualTo(LineReader.LengthMax);
        lines.Extend().Should().BeFalse();
        lines.Read().Should().BeTrue();
        (lines.IsTooLong, lines.Line, Encoding.UTF8.GetString(lines.Current)).Should().Be((false, 3, "b"));
        lines.Read().Should().BeFalse();
    }

    [Fact]
    public void The_longest_line_is_read()
    {
        using Trickle stream = new([.. Enumerable.Repeat((byte)'x', LineReader.LengthMax), (byte)'\n'], 99_999);
        LineReader lines = new(stream);
        lines.Read().Should().BeTrue();
        (lines.IsTooLong, lines.Current.Length).Should().Be((false, LineReader.LengthMax));
    }

    [Theory]
    [InlineData("\uFEFF \n{", true)]
    [InlineData("{}", true)]
    [InlineData("a{", false)]
    [InlineData("", false)]
    public void The_first_byte_is_seen_before_anything_is_read(string text, bool expected)
    {
        using Trickle stream = new(Encoding.UTF8.GetBytes(text), 1);
        new LineReader(stream).StartsWith((byte)'{').Should().Be(expected);
    }

    private static List<string> ReadAll(byte[] text, int chunk)
    {
        using Trickle stream = new(text, chunk);
        LineReader lines = new(stream);
        List<string> read = [];
        while (lines.Read())
        {
            read.Add(Encoding.UTF8.GetString(lines.Current));
        }

        return read;
    }
}

/// <summary>A stream that gives few bytes at a time, as networks and decompressors do.</summary>
internal sealed class Trickle(byte[] content, int chunk) : MemoryStream(content)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);
}
