using System.Buffers;
using System.Security.Cryptography;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>Reads codes from text; a text of another length or spelling is no code.</summary>
internal static class MacText
{
    internal static bool TryDecode(ReadOnlySpan<char> text, MacEncoding encoding, Span<byte> bytes) =>
        encoding == MacEncoding.Hex ? TryDecodeHex(text, bytes) : TryDecodeBase64(text, bytes);

    internal static bool Fits(ReadOnlySpan<char> text, MacEncoding encoding, ReadOnlySpan<byte> mac)
    {
        Span<byte> candidate = stackalloc byte[ProofSecret.MacLengthMax];
        candidate = candidate[..mac.Length];
        return TryDecode(text, encoding, candidate) && CryptographicOperations.FixedTimeEquals(candidate, mac);
    }

    // All letters are small or all are large, as senders write them.
    private static bool TryDecodeHex(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == bytes.Length * 2
        && !(text.ContainsAnyInRange('a', 'f') && text.ContainsAnyInRange('A', 'F'))
        && Convert.FromHexString(text, bytes, out _, out int written) == OperationStatus.Done
        && written == bytes.Length;

    // Writing the bytes again shows spaces inside the text and bits left over at its end.
    private static bool TryDecodeBase64(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        Span<char> again = stackalloc char[(ProofSecret.MacLengthMax + 2) / 3 * 4];
        return text.Length == (bytes.Length + 2) / 3 * 4
            && Convert.TryFromBase64Chars(text, bytes, out int written)
            && written == bytes.Length
            && Convert.TryToBase64Chars(bytes, again, out int length)
            && text.SequenceEqual(again[..length]);
    }
}
