using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>JSON from strangers: one meaning a text, or none.</summary>
/// <remarks>
/// Refused are invalid UTF-8, a byte order mark, lone surrogates, names that stand twice, comments, trailing commas and
/// more than 32 levels. What is left can be read without an exception.
/// </remarks>
internal static class StrictJson
{
    private const int DepthMax = 32;

    private static readonly JsonDocumentOptions Options =
        new() { AllowDuplicateProperties = false, MaxDepth = DepthMax };

    /// <summary>Whether the bytes are text that can be read as one: UTF-8 without halves of characters.</summary>
    internal static bool IsText(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8) && !HasLoneSurrogate(utf8);

    /// <summary>Reads a document, which the caller disposes; null when the text is refused.</summary>
    internal static JsonDocument? Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!IsText(utf8.Span))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an object, which the caller disposes; null when the text is refused or is none.</summary>
    /// <remarks>Anything else is not read on: thousands of values are quick to send.</remarks>
    internal static JsonDocument? ParseObject(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? Parse(utf8) : null;

    /// <summary>The text of a scalar: a string's content, a number as it is written, or true or false.</summary>
    internal static bool TryText(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
        return text is not null;
    }

    /// <summary>The text of an object's member; null when there is none, or no string.</summary>
    internal static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The scalar members of an object as claims, in its order and within the bounds of claims.</summary>
    internal static ValueList<EvidenceClaim> Claims(JsonElement from, Func<string, bool>? takes = null)
    {
        List<EvidenceClaim> claims = [];
        foreach (JsonProperty member in from.EnumerateObject())
        {
            if (claims.Count == EvidenceClaim.CountMax)
            {
                break;
            }

            if (TryText(member.Value, out string? text) && text.Length <= EvidenceClaim.LengthMax
                && member.Name is { Length: > 0 and <= EvidenceClaim.LengthMax } name && (takes is null || takes(name)))
            {
                claims.Add(new(name, text));
            }
        }

        return claims.ToValueList();
    }

    // Escapes such as \ud800 without their other half parse, and throw when the string is read.
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> utf8)
    {
        bool isHalf = false;
        while (utf8.IndexOf((byte)'\\') is >= 0 and int at)
        {
            if (isHalf && at != 0)
            {
                return true;
            }

            utf8 = utf8[at..];
            int unit = CodeUnit(utf8);
            if (isHalf != (unit is >= 0xDC00 and <= 0xDFFF))
            {
                return true;
            }

            isHalf = unit is >= 0xD800 and <= 0xDBFF;
            utf8 = utf8[Math.Min(unit < 0 ? 2 : 6, utf8.Length)..];
        }

        return isHalf;
    }

    // The code unit of an escape by four hexadecimal digits; −1 for any other escape.
    private static int CodeUnit(ReadOnlySpan<byte> escape) =>
        escape.Length >= 6 && escape[1] == 'u'
        && int.TryParse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int unit)
            ? unit
            : -1;
}
