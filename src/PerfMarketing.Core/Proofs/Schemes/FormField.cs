using System.Buffers;
using System.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>One name and value of a query or a form, decoded.</summary>
internal readonly record struct FormField(string Name, string Value)
{
    /// <summary>The most fields of a message.</summary>
    internal const int CountMax = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>What stands between the first question mark of an address and its fragment.</summary>
    internal static ReadOnlySpan<char> QueryOf(ReadOnlySpan<char> url)
    {
        int end = url.IndexOf('#');
        url = end < 0 ? url : url[..end];
        int start = url.IndexOf('?');
        return start < 0 ? [] : url[(start + 1)..];
    }

    /// <summary>Adds the fields of a query; false when it is not well written or has too many.</summary>
    internal static bool TryRead(ReadOnlySpan<char> query, List<FormField> fields)
    {
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> pair = query[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            int at = pair.IndexOf('=');
            ReadOnlySpan<char> value = at < 0 ? [] : pair[(at + 1)..];
            if (fields.Count == CountMax || Decode(at < 0 ? pair : pair[..at]) is not { Length: > 0 } name
                || Decode(value) is not { } text)
            {
                return false;
            }

            fields.Add(new(name, text));
        }

        return true;
    }

    /// <summary>Adds the fields of a form in a body.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> body, List<FormField> fields)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(body.Length);
        int length = Encoding.Latin1.GetChars(body, rented);
        bool read = TryRead(rented.AsSpan(0, length), fields);
        ArrayPool<char>.Shared.Return(rented);
        return read;
    }

    /// <summary>The fields as claims; what is longer than claims may be is left out.</summary>
    internal static ValueList<EvidenceClaim> Claims(IEnumerable<FormField> fields) => fields
        .Where(static field => field.Name.Length <= EvidenceClaim.LengthMax
            && field.Value.Length <= EvidenceClaim.LengthMax)
        .Take(EvidenceClaim.CountMax)
        .Select(static field => new EvidenceClaim(field.Name, field.Value))
        .ToValueList();

    // Null when it is not printable ASCII, or an escape is not one, or the bytes are not UTF-8.
    private static string? Decode(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        return text.ContainsAny('%', '+') ? Unescape(text) : text.ToString();
    }

    private static string? Unescape(ReadOnlySpan<char> text)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            int length = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '%')
                {
                    if (i + 2 > text.Length - 1 || !Hex(text[i + 1], text[i + 2], out bytes[length++]))
                    {
                        return null;
                    }

                    i += 2;
                    continue;
                }

                bytes[length++] = text[i] == '+' ? (byte)' ' : (byte)text[i];
            }

            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static bool Hex(char high, char low, out byte value)
    {
        bool isHex = char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low);
        value = isHex ? (byte)((HexValue(high) << 4) | HexValue(low)) : (byte)0;
        return isHex;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
