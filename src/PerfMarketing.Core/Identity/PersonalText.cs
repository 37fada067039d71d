using System.Buffers;

namespace PerfMarketing.Identity;

/// <summary>Tells texts that name a person in the clear, or by a hash that anybody can guess back.</summary>
/// <remarks>
/// A digest of an e-mail address or phone number without a key is found again by hashing all addresses and numbers
/// there are. Plain digits stay allowed, since they are the ids of many hosts: a national phone number cannot be told
/// from them.
/// </remarks>
internal static class PersonalText
{
    private static readonly SearchValues<char> PhoneSeparators = SearchValues.Create(" ()-./");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>What a text looks like, for a message; null when it looks like nothing personal.</summary>
    public static string? LooksLike(string text) =>
        IsEmail(text) ? "an e-mail address"
        : IsPhone(text) ? "a phone number"
        : IsPlainHash(text) ? "a hash without a key"
        : null;

    /// <summary>Whether a text has an at sign, plain or percent-encoded.</summary>
    public static bool IsEmail(ReadOnlySpan<char> text) =>
        text.Contains('@') || text.Contains("%40", StringComparison.Ordinal);

    /// <summary>
    /// Whether a text has an international prefix, or the brackets, spaces or groups of a phone number.
    /// </summary>
    public static bool IsPhone(ReadOnlySpan<char> text)
    {
        int digits = 0;
        bool plus = text.StartsWith('+');
        foreach (char c in plus ? text[1..] : text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else if (!PhoneSeparators.Contains(c))
            {
                return false;
            }
        }

        if (digits is < 7 or > 17)
        {
            return false;
        }

        bool international = text.StartsWith("00") && digits >= 11 && text[2] != '0';
        return plus || international || text.ContainsAny(' ', '(') || IsNorthAmerican(text);
    }

    /// <summary>Whether a text has the digits of an MD5, SHA-1, SHA-224 or SHA-256, and is no GUID.</summary>
    public static bool IsPlainHash(ReadOnlySpan<char> text) =>
        text.Length is 32 or 40 or 56 or 64 && !text.ContainsAnyExcept(HexDigits) && !IsGuid(text);

    // 555-123-4567 or 555.123.4567.
    private static bool IsNorthAmerican(ReadOnlySpan<char> text) =>
        text.Length == 12 && text[3] is '-' or '.' && text[7] == text[3];

    // A GUID without hyphens shows its version (1 to 8) and its variant (8 to b); one MD5 in eight does by chance.
    private static bool IsGuid(ReadOnlySpan<char> text) =>
        text.Length == 32 && text[12] is >= '1' and <= '8' && text[16] is '8' or '9' or 'a' or 'b' or 'A' or 'B';
}
