using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>Reads structured fields (RFC 8941), as much of them as signatures need, and strictly.</summary>
/// <remarks>
/// Stricter than the standard, whose readers take base64 with other last bits and names that stand twice: here one
/// value has one text, apart from spaces.
/// </remarks>
internal ref struct StructuredFieldReader(ReadOnlySpan<char> text)
{
    private const int IntegerLengthMax = 15;

    private static readonly SearchValues<char> KeyStart = SearchValues.Create("abcdefghijklmnopqrstuvwxyz*");
    private static readonly SearchValues<char> KeyChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*");

    private ReadOnlySpan<char> rest = text;

    /// <summary>Whether nothing is left.</summary>
    internal readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>Skips spaces, and tabs too where the standard allows them.</summary>
    internal void SkipSpaces(bool tabs = false) => rest = tabs ? rest.TrimStart(" \t") : rest.TrimStart(' ');

    /// <summary>Takes one character if it is next.</summary>
    internal bool Take(char expected)
    {
        bool isNext = rest.StartsWith(expected);
        rest = isNext ? rest[1..] : rest;
        return isNext;
    }

    /// <summary>Reads the next member's key and the sign after it; after the first also the comma before.</summary>
    internal bool TryMember(bool isFirst, [NotNullWhen(true)] out string? key)
    {
        key = null;
        if (!isFirst)
        {
            SkipSpaces(tabs: true);
            if (!Take(','))
            {
                return false;
            }

            SkipSpaces(tabs: true);
        }

        return TryKey(out key) && Take('=');
    }

    /// <summary>Reads a key.</summary>
    internal bool TryKey([NotNullWhen(true)] out string? key)
    {
        int length = rest.IndexOfAnyExcept(KeyChars);
        length = length < 0 ? rest.Length : length;
        bool isKey = length is > 0 and <= 64 && KeyStart.Contains(rest[0]);
        key = isKey ? rest[..length].ToString() : null;
        rest = isKey ? rest[length..] : rest;
        return isKey;
    }

    /// <summary>Reads a text in quotation marks.</summary>
    internal bool TryString([NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!Take('"'))
        {
            return false;
        }

        StringBuilder read = new();
        while (rest.Length > 0 && rest[0] is >= ' ' and <= '~')
        {
            char next = rest[0];
            rest = rest[1..];
            if (next == '"')
            {
                value = read.ToString();
                return true;
            }

            if (next == '\\')
            {
                if (rest.IsEmpty || rest[0] is not ('"' or '\\'))
                {
                    return false;
                }

                next = rest[0];
                rest = rest[1..];
            }

            read.Append(next);
        }

        return false;
    }

    /// <summary>Reads a whole number that is not negative and has no leading zero.</summary>
    internal bool TryInteger(out ReadOnlySpan<char> digits)
    {
        int length = rest.IndexOfAnyExceptInRange('0', '9');
        digits = rest[..(length < 0 ? rest.Length : length)];
        bool isInteger = digits.Length is > 0 and <= IntegerLengthMax && (digits[0] != '0' || digits.Length == 1);
        rest = isInteger ? rest[digits.Length..] : rest;
        return isInteger && !rest.StartsWith('.');
    }

    /// <summary>Reads bytes in base64 between colons.</summary>
    internal bool TryBytes([NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (!Take(':') || rest.IndexOf(':') is not (>= 0 and int end)
            || !StrictBase64.TryDecode(rest[..end], out bytes))
        {
            return false;
        }

        rest = rest[(end + 1)..];
        return true;
    }

    /// <summary>Reads a dictionary whose members are all bytes; null when it is anything else.</summary>
    internal static Dictionary<string, byte[]>? BytesByKey(string text, int countMax)
    {
        StructuredFieldReader reader = new(text.AsSpan().Trim(' '));
        Dictionary<string, byte[]> members = new(StringComparer.Ordinal);
        do
        {
            if (!reader.TryMember(members.Count == 0, out string? key) || !reader.TryBytes(out byte[]? bytes)
                || !members.TryAdd(key, bytes) || members.Count > countMax)
            {
                return null;
            }
        }
        while (!reader.IsAtEnd);

        return members;
    }
}
