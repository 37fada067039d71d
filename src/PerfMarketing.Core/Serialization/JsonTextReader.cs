using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using PerfMarketing.Primitives;

namespace PerfMarketing.Serialization;

/// <summary>One reading of one JSON text: the tokenizer, where it stands, and what went wrong.</summary>
internal ref struct JsonTextReader
{
    private static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = JsonText.DepthMax,
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
    };

    private readonly ReadOnlySpan<byte> text;
    private Utf8JsonReader tokens;
    private int counted;
    private int line;
    private int lineStart;
    private readonly int nodesMax;
    private int nodes;

    public JsonTextReader(ReadOnlySpan<byte> text)
    {
        this.text = text;
        tokens = new(text, Options);
        line = 1;
        nodesMax = Math.Min(JsonText.NodesMax, JsonText.NodesFree + (text.Length / JsonText.BytesPerNode));
        Failure = new("$", TermCodes.Syntax, string.Empty);
    }

    /// <summary>What went wrong; counts only when <see cref="Read"/> gave nothing.</summary>
    public TermFailure Failure { get; private set; }

    public static TermFailure TooLarge() =>
        new("$", TermCodes.Syntax, $"The text is longer than {JsonText.BytesMax} bytes.", 1, 1);

    /// <summary>The whole value, or null with a <see cref="Failure"/>.</summary>
    public TermNode? Read()
    {
        if (!CheckBytes())
        {
            return null;
        }

        try
        {
            if (!tokens.Read())
            {
                return Refuse(0, "The text is empty.");
            }

            TermNode? root = ReadValue();
            if (root is not null)
            {
                // The tokenizer throws here when anything but white space follows.
                tokens.Read();
            }

            return root;
        }
        catch (JsonException malformed)
        {
            Failure = new(
                "$",
                TermCodes.Syntax,
                Describe(malformed),
                (int)(malformed.LineNumber ?? 0) + 1,
                (int)(malformed.BytePositionInLine ?? 0) + 1);
            return null;
        }
    }

    private bool CheckBytes()
    {
        if (text.Length > JsonText.BytesMax)
        {
            Failure = TooLarge();
            return false;
        }

        if (text.StartsWith("\uFEFF"u8))
        {
            Refuse(0, "The text starts with a byte order mark.");
            return false;
        }

        if (!Utf8.IsValid(text))
        {
            Refuse(FirstInvalid(text), "The text is not valid UTF-8.");
            return false;
        }

        return true;
    }

    private TermNode? ReadValue()
    {
        int start = (int)tokens.TokenStartIndex;
        if (++nodes > nodesMax)
        {
            return Refuse(start, $"There are more than {nodesMax} values.");
        }

        (int atLine, int atColumn) = PlaceOf(start);
        return tokens.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(atLine, atColumn),
            JsonTokenType.StartArray => ReadList(atLine, atColumn),
            JsonTokenType.String => ReadText() is { } content
                ? TermNode.Leaf(TermKind.Text, content, atLine, atColumn)
                : null,
            JsonTokenType.Number => ReadNumber() is { } digits
                ? TermNode.Leaf(TermKind.Number, digits, atLine, atColumn)
                : null,
            JsonTokenType.True => TermNode.Leaf(TermKind.Flag, "true", atLine, atColumn),
            JsonTokenType.False => TermNode.Leaf(TermKind.Flag, "false", atLine, atColumn),
            _ => TermNode.Null.At(atLine, atColumn),
        };
    }

    private TermNode? ReadList(int atLine, int atColumn)
    {
        List<TermNode>? items = null;
        while (tokens.Read() && tokens.TokenType != JsonTokenType.EndArray)
        {
            if (ReadValue() is not { } item)
            {
                return null;
            }

            items ??= [];
            items.Add(item);
        }

        return TermNode.Branch(names: null, items?.ToValueList() ?? [], atLine, atColumn);
    }

    private TermNode? ReadObject(int atLine, int atColumn)
    {
        List<string>? names = null;
        List<TermNode>? items = null;
        while (tokens.Read() && tokens.TokenType != JsonTokenType.EndObject)
        {
            if (ReadText() is not { } name)
            {
                return null;
            }

            tokens.Read();
            if (ReadValue() is not { } item)
            {
                return null;
            }

            names ??= [];
            items ??= [];
            names.Add(name);
            items.Add(item);
        }

        return TermNode.Branch(names?.ToValueList() ?? [], items?.ToValueList() ?? [], atLine, atColumn);
    }

    private string? ReadText()
    {
        int start = (int)tokens.TokenStartIndex;

        // One character comes from at most three bytes, or six when it is escaped.
        if (tokens.ValueSpan.Length > 6 * JsonText.TextLengthMax)
        {
            return RefuseText(start);
        }

        try
        {
            string content = tokens.GetString()!;
            return content.Length <= JsonText.TextLengthMax ? content : RefuseText(start);
        }
        catch (InvalidOperationException)
        {
            // The bytes are valid UTF-8, so this can only be an escape such as \ud800 without its other half.
            Refuse(start, "The text holds a lone surrogate.");
            return null;
        }
    }

    private string? ReadNumber()
    {
        if (tokens.ValueSpan.Length <= JsonText.NumberLengthMax)
        {
            return Encoding.ASCII.GetString(tokens.ValueSpan);
        }

        Refuse((int)tokens.TokenStartIndex, $"A number is longer than {JsonText.NumberLengthMax} characters.");
        return null;
    }

    private string? RefuseText(int start)
    {
        Refuse(start, $"A text is longer than {JsonText.TextLengthMax} characters.");
        return null;
    }

    private TermNode? Refuse(int offset, string message)
    {
        (int atLine, int atColumn) = PlaceOf(offset);
        Failure = new("$", TermCodes.Syntax, message, atLine, atColumn);
        return null;
    }

    // Offsets only ever grow, so every byte is looked at once.
    private (int Line, int Column) PlaceOf(int offset)
    {
        while (text[counted..offset].IndexOf((byte)'\n') is >= 0 and int next)
        {
            counted += next + 1;
            lineStart = counted;
            line++;
        }

        counted = offset;
        return (line, offset - lineStart + 1);
    }

    // The tokenizer's message without the place, which stands beside it, and without unbounded echoes of the input.
    private static string Describe(JsonException malformed)
    {
        string message = malformed.Message;
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        message = place > 0 ? message[..place] : message;
        return message.Length <= 160 ? message : string.Concat(message.AsSpan(0, 160), "…");
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            offset += length;
        }

        return offset;
    }
}
