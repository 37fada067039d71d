using System.Buffers;
using System.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Serialization;

/// <summary>
/// Reads JSON into terms and writes terms as JSON: the only door between bytes and <see cref="TermNode"/>.
/// </summary>
/// <remarks>
/// <para>
/// Reading is stricter than RFC 8259. Refused as <see cref="TermCodes.Syntax"/>, with line and column: invalid UTF-8,
/// lone surrogates (raw or escaped), a byte order mark, comments, trailing commas, anything after the value, and
/// whatever breaks one of the bounds below. Malformed bytes are a result; they never cause an exception.
/// </para>
/// <para>
/// A name that stands twice in an object stays twice in the node, so that <see cref="TermReader"/> can report it with
/// its path. Numbers are kept as their digits: nothing is rounded before a reader asks for a type.
/// </para>
/// <para>
/// Writing is deterministic: the same tree gives the same bytes on every platform and version. Line breaks are LF,
/// indents are two spaces. Escaped are only what JSON demands, what could end a script or an attribute in HTML
/// (<c>&lt; &gt; &amp; '</c>), and control and invisible formatting characters, such as those that turn the text
/// direction.
/// </para>
/// </remarks>
public static class JsonText
{
    /// <summary>How deep lists and objects may nest: the value itself is at depth 1.</summary>
    public const int DepthMax = 32;

    /// <summary>The most bytes that are read at once: 64 MiB.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    /// <summary>The most values (texts, numbers, flags, lists and objects together) in one tree.</summary>
    /// <remarks>
    /// Short texts have fewer: <see cref="NodesFree"/> and one for every <see cref="BytesPerNode"/> bytes, so that what
    /// is read takes at most 32 times the memory of its text.
    /// </remarks>
    public const int NodesMax = 2_000_000;

    /// <summary>How many values even the shortest text may hold.</summary>
    public const int NodesFree = 1_024;

    /// <summary>How many bytes of text each further value takes at least.</summary>
    public const int BytesPerNode = 4;

    /// <summary>The longest text or name, in UTF-16 characters.</summary>
    public const int TextLengthMax = 65_536;

    /// <summary>The longest number, in characters.</summary>
    public const int NumberLengthMax = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads one JSON value.</summary>
    /// <param name="utf8Json">The whole text, in UTF-8 without byte order mark.</param>
    /// <param name="failures">Where a failure is noted: at most one, since nothing after it can be understood.</param>
    /// <param name="node">
    /// The value with the place of every part; <see cref="TermNode.Null"/> when it could not be read.
    /// </param>
    /// <returns>Whether the text was read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8Json, TermFailures failures, out TermNode node)
    {
        ArgumentNullException.ThrowIfNull(failures);
        JsonTextReader reader = new(utf8Json);
        if (reader.Read() is { } found)
        {
            node = found;
            return true;
        }

        failures.Add(reader.Failure);
        node = TermNode.Null;
        return false;
    }

    /// <summary>Reads one JSON value.</summary>
    /// <param name="json">The whole text.</param>
    /// <param name="failures">Where a failure is noted: at most one.</param>
    /// <param name="node">
    /// The value with the place of every part; <see cref="TermNode.Null"/> when it could not be read.
    /// </param>
    /// <returns>Whether the text was read.</returns>
    public static bool TryRead(string json, TermFailures failures, out TermNode node)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(failures);
        if (json.Length > BytesMax)
        {
            failures.Add(JsonTextReader.TooLarge());
        }
        else if (TryEncode(json) is { } utf8)
        {
            return TryRead(utf8, failures, out node);
        }
        else
        {
            failures.Add(new("$", TermCodes.Syntax, "The text holds a lone surrogate.", 1, 1));
        }

        node = TermNode.Null;
        return false;
    }

    /// <summary>Writes a tree as JSON.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="indented">Whether every member stands on its own line.</param>
    /// <exception cref="ArgumentException">
    /// A text holds a lone surrogate, a number is none, or the tree is too deep.
    /// </exception>
    public static string Write(TermNode node, bool indented = false) =>
        StrictUtf8.GetString(WriteUtf8(node, indented));

    /// <summary>Writes a tree as JSON in UTF-8, without byte order mark and without a line break at the end.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="indented">Whether every member stands on its own line.</param>
    /// <exception cref="ArgumentException">
    /// A text holds a lone surrogate, a number is none, or the tree is too deep.
    /// </exception>
    public static byte[] WriteUtf8(TermNode node, bool indented = false)
    {
        ArrayBufferWriter<byte> buffer = new();
        Write(node, buffer, indented);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a tree as JSON in UTF-8 into a buffer.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="indented">Whether every member stands on its own line.</param>
    /// <exception cref="ArgumentException">
    /// A text holds a lone surrogate, a number is none, or the tree is too deep.
    /// </exception>
    public static void Write(TermNode node, IBufferWriter<byte> target, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(target);
        new JsonTextWriter(target, indented).Write(node);
    }

    private static byte[]? TryEncode(string json)
    {
        try
        {
            return StrictUtf8.GetBytes(json);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
