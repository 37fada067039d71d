using System.Buffers;
using System.Globalization;
using System.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Serialization;

/// <summary>Writes one tree as JSON bytes, the same on every platform.</summary>
internal ref struct JsonTextWriter
{
    private const int BlockSize = 4_096;
    private const int EscapeSize = 6;

    // Printable ASCII but for quotation mark, reverse solidus and what HTML could take for markup.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private readonly IBufferWriter<byte> target;
    private readonly bool indented;
    private Span<byte> block;
    private int used;

    public JsonTextWriter(IBufferWriter<byte> target, bool indented)
    {
        this.target = target;
        this.indented = indented;
    }

    /// <summary>Writes a whole tree.</summary>
    public void Write(TermNode node)
    {
        Write(node, depth: 1);
        target.Advance(used);
        block = default;
        used = 0;
    }

    private void Write(TermNode node, int depth)
    {
        switch (node.Kind)
        {
            case TermKind.Text:
                WriteText(node.Text);
                break;
            case TermKind.Number:
                WriteNumber(node.Text);
                break;
            case TermKind.Flag:
                WriteAscii(node.Text);
                break;
            case TermKind.List:
            case TermKind.Object:
                WriteMembers(node, depth);
                break;
            case TermKind.Null:
            default:
                WriteAscii("null");
                break;
        }
    }

    private void WriteMembers(TermNode node, int depth)
    {
        if (depth > JsonText.DepthMax)
        {
            throw new ArgumentException($"Terms nest deeper than {JsonText.DepthMax}.", nameof(node));
        }

        bool named = node.Kind == TermKind.Object;
        WriteByte(named ? (byte)'{' : (byte)'[');
        for (int i = 0; i < node.Items.Count; i++)
        {
            if (i > 0)
            {
                WriteByte((byte)',');
            }

            BreakLine(depth);
            if (named)
            {
                WriteText(node.Names[i]);
                WriteAscii(indented ? ": " : ":");
            }

            Write(node.Items[i], depth + 1);
        }

        if (node.Items.Count > 0)
        {
            BreakLine(depth - 1);
        }

        WriteByte(named ? (byte)'}' : (byte)']');
    }

    private void BreakLine(int depth)
    {
        if (indented)
        {
            Span<byte> bytes = Take(1 + (2 * depth));
            bytes.Fill((byte)' ');
            bytes[0] = (byte)'\n';
        }
    }

    private void WriteText(string text)
    {
        WriteByte((byte)'"');
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int plain = rest.IndexOfAnyExcept(Plain);
            plain = plain < 0 ? rest.Length : plain;
            WriteAscii(rest[..plain]);
            rest = rest[plain..];
            if (!rest.IsEmpty)
            {
                rest = rest[WriteRune(rest)..];
            }
        }

        WriteByte((byte)'"');
    }

    private int WriteRune(ReadOnlySpan<char> text)
    {
        if (Rune.DecodeFromUtf16(text, out Rune rune, out int length) != OperationStatus.Done)
        {
            throw new ArgumentException("A text holds a lone surrogate.", nameof(text));
        }

        switch (rune.Value)
        {
            case '"':
                WriteAscii("\\\"");
                break;
            case '\\':
                WriteAscii("\\\\");
                break;
            case '\n':
                WriteAscii("\\n");
                break;
            case '\r':
                WriteAscii("\\r");
                break;
            case '\t':
                WriteAscii("\\t");
                break;
            default:
                if (IsEscaped(rune.Value))
                {
                    WriteEscaped(text[..length]);
                }
                else
                {
                    Take(rune.Utf8SequenceLength);
                    rune.EncodeToUtf8(block[(used - rune.Utf8SequenceLength)..]);
                }

                break;
        }

        return length;
    }

    // A fixed list, not the platform's character classes: those change between versions.
    private static bool IsEscaped(int value) => value switch
    {
        < 0x20 or '<' or '>' or '&' or '\'' => true, // C0 controls and HTML
        >= 0x7F and <= 0x9F => true, // delete and C1 controls
        0x00AD or 0x061C or 0x180E => true, // soft hyphen and other invisible marks
        >= 0x200B and <= 0x200F => true, // zero width, left-to-right and right-to-left marks
        >= 0x2028 and <= 0x202E => true, // line and paragraph separators, direction overrides
        >= 0x2060 and <= 0x206F => true, // invisible operators, direction isolates
        0xFEFF or (>= 0xFFF0 and <= 0xFFFF) => true, // byte order mark, specials and non-characters
        >= 0xE0000 and <= 0xE0FFF => true, // tags
        _ => false,
    };

    private void WriteEscaped(ReadOnlySpan<char> units)
    {
        foreach (char unit in units)
        {
            Span<byte> bytes = Take(EscapeSize);
            "\\u"u8.CopyTo(bytes);
            _ = ((int)unit).TryFormat(bytes[2..], out _, "x4", CultureInfo.InvariantCulture);
        }
    }

    private void WriteNumber(string digits)
    {
        if (!IsNumber(digits))
        {
            throw new ArgumentException("A number node does not hold a JSON number.", nameof(digits));
        }

        WriteAscii(digits);
    }

    private void WriteAscii(ReadOnlySpan<char> text) => Ascii.FromUtf16(text, Take(text.Length), out _);

    private void WriteByte(byte value) => Take(1)[0] = value;

    private Span<byte> Take(int size)
    {
        if (block.Length - used < size)
        {
            target.Advance(used);
            block = target.GetSpan(Math.Max(size, BlockSize));
            used = 0;
        }

        used += size;
        return block.Slice(used - size, size);
    }

    // RFC 8259, section 6: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text.Length > JsonText.NumberLengthMax)
        {
            return false;
        }

        text = text.StartsWith('-') ? text[1..] : text;
        int whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        text = text[whole..];
        if (text.StartsWith('.'))
        {
            int fraction = Digits(text[1..]);
            if (fraction == 0)
            {
                return false;
            }

            text = text[(1 + fraction)..];
        }

        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ('e' or 'E'))
        {
            return false;
        }

        text = text[1..];
        text = !text.IsEmpty && text[0] is '+' or '-' ? text[1..] : text;
        return !text.IsEmpty && Digits(text) == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
