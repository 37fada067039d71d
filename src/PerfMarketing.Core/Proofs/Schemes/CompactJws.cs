using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>A JSON Web Signature in compact form (RFC 7515 §7.1), read strictly and not yet believed.</summary>
internal sealed class CompactJws
{
    /// <summary>The most characters of a header.</summary>
    internal const int HeaderLengthMax = 8 * 1024;

    /// <summary>The most characters of a signature: enough for RSA of 8,192 bits.</summary>
    internal const int SignatureLengthMax = 1_400;

    /// <summary>Header, dot and payload as they were sent: what is signed.</summary>
    internal required ReadOnlyMemory<byte> SigningInput { get; init; }

    /// <summary>The payload's bytes.</summary>
    internal required byte[] Payload { get; init; }

    /// <summary>The signature's bytes.</summary>
    internal required byte[] Signature { get; init; }

    /// <summary>The algorithm that the header says; it must be the key's own.</summary>
    internal required string Algorithm { get; init; }

    /// <summary>The name that the header gives its key; null when it gives none.</summary>
    internal string? KeyId { get; init; }

    internal static bool TryRead(
        ReadOnlyMemory<byte> text, [NotNullWhen(true)] out CompactJws? jws, [NotNullWhen(false)] out Reason? wrong)
    {
        jws = null;
        ReadOnlySpan<byte> span = text.Span;
        int first = span.IndexOf((byte)'.');
        int last = span.LastIndexOf((byte)'.');
        if (first < 0 || last == first || span[(first + 1)..last].Contains((byte)'.'))
        {
            wrong = Malformed("parts");
            return false;
        }

        if (first > HeaderLengthMax || !StrictBase64.TryDecodeUrl(span[..first], out byte[]? header)
            || !TryReadHeader(header, out string algorithm, out string? keyId))
        {
            wrong = Malformed("header");
            return false;
        }

        if (!StrictBase64.TryDecodeUrl(span[(first + 1)..last], out byte[]? payload))
        {
            wrong = Malformed("payload");
            return false;
        }

        if (span.Length - last - 1 > SignatureLengthMax
            || !StrictBase64.TryDecodeUrl(span[(last + 1)..], out byte[]? signature))
        {
            wrong = Malformed("signature");
            return false;
        }

        wrong = null;
        jws = new()
        {
            SigningInput = text[..last],
            Payload = payload,
            Signature = signature,
            Algorithm = algorithm,
            KeyId = keyId,
        };
        return true;
    }

    internal static Reason Malformed(string part) => Reason.Of(ProofReasons.Malformed, ("part", part));

    // A member "crit" says that the message means something else to who does not know what it names, and "b64" that
    // other bytes are signed: neither is read here. All other members are the sender's own affair.
    private static bool TryReadHeader(byte[] json, out string algorithm, out string? keyId)
    {
        using JsonDocument? document = StrictJson.ParseObject(json);
        algorithm = document is null ? string.Empty : StrictJson.Text(document.RootElement, "alg") ?? string.Empty;
        keyId = document is null ? null : StrictJson.Text(document.RootElement, "kid");
        return document is { RootElement: var header } && algorithm.Length > 0
            && !header.TryGetProperty("crit", out _)
            && (!header.TryGetProperty("b64", out JsonElement isEncoded) || isEncoded.ValueKind == JsonValueKind.True)
            && (keyId is not null || !header.TryGetProperty("kid", out _));
    }
}
