namespace PerfMarketing.Proofs.Schemes;

/// <summary>ECDSA signatures on P-256 in DER, in their one encoding.</summary>
/// <remarks>
/// The platform takes numbers without their leading zero, so a signature has several spellings there. Even so, whoever
/// sees a signature can make a second one for the same content: signatures are no ids.
/// </remarks>
internal static class DerSignature
{
    /// <summary>The bytes of r and s together.</summary>
    internal const int RawLength = 64;

    private const int NumberLength = RawLength / 2;
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    /// <summary>Reads SEQUENCE { r INTEGER, s INTEGER } (RFC 3279 §2.2.3) into r and s of 32 bytes each.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> der, Span<byte> raw)
    {
        // Two numbers of at most 33 bytes: every length is one byte.
        if (der.Length < 2 || der[0] != Sequence || der[1] != der.Length - 2)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = der[2..];
        return TryReadNumber(ref rest, raw[..NumberLength]) && TryReadNumber(ref rest, raw[NumberLength..])
            && rest.IsEmpty;
    }

    // Positive, without a zero in front that is not needed.
    private static bool TryReadNumber(ref ReadOnlySpan<byte> from, Span<byte> number)
    {
        if (from.Length < 3 || from[0] != Integer || from[1] is 0 or > NumberLength + 1 || from[1] > from.Length - 2)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = from.Slice(2, from[1]);
        from = from[(2 + bytes.Length)..];
        bool isNegative = bytes[0] >= 0x80;
        bool isPadded = bytes[0] == 0;
        if (isNegative || (isPadded && (bytes.Length == 1 || bytes[1] < 0x80)))
        {
            return false;
        }

        ReadOnlySpan<byte> digits = isPadded ? bytes[1..] : bytes;
        if (digits.Length > NumberLength)
        {
            return false;
        }

        number.Clear();
        digits.CopyTo(number[(NumberLength - digits.Length)..]);
        return true;
    }
}
