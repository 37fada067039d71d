using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>Base64 texts that have one spelling: no white space, and no bits that mean nothing.</summary>
/// <remarks>
/// The platform's decoders skip white space and take any last bits, so that many texts give the same bytes.
/// </remarks>
internal static class StrictBase64
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<byte> Url =
        SearchValues.Create([.. $"{Letters}-_".Select(static c => (byte)c)]);
    private static readonly SearchValues<char> Plain = SearchValues.Create($"{Letters}+/");

    /// <summary>Decodes base64url without padding (RFC 7515 §2).</summary>
    internal static bool TryDecodeUrl(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Url))
        {
            return false;
        }

        byte[] decoded = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        bool isWhole = Base64Url.DecodeFromUtf8(text, decoded, out _, out int length) == OperationStatus.Done
            && length == decoded.Length;
        bytes = isWhole && IsCanonicalUrl(text, decoded) ? decoded : null;
        return bytes is not null;
    }

    /// <summary>Decodes base64 with its padding (RFC 4648 §4).</summary>
    internal static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        ReadOnlySpan<char> digits = text.TrimEnd('=');
        int padding = text.Length - digits.Length;
        if (text.Length % 4 != 0 || padding > 2 || digits.ContainsAnyExcept(Plain))
        {
            return false;
        }

        byte[] decoded = new byte[(text.Length / 4 * 3) - padding];
        bool isWhole = Convert.TryFromBase64Chars(text, decoded, out int length) && length == decoded.Length;
        Span<char> last = stackalloc char[4];
        isWhole = isWhole && (padding == 0 || (Convert.TryToBase64Chars(decoded.AsSpan()[^(3 - padding)..], last, out _)
            && last.SequenceEqual(text[^4..])));
        bytes = isWhole ? decoded : null;
        return isWhole;
    }

    // Whether the last group, encoded again, is what was there.
    private static bool IsCanonicalUrl(ReadOnlySpan<byte> text, ReadOnlySpan<byte> decoded)
    {
        int rest = text.Length % 4;
        if (rest == 0)
        {
            return true;
        }

        Span<byte> last = stackalloc byte[4];
        return Base64Url.TryEncodeToUtf8(decoded[^(rest - 1)..], last, out int length)
            && last[..length].SequenceEqual(text[^rest..]);
    }
}
