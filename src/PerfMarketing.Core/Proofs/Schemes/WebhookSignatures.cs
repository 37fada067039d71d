
namespace PerfMarketing.Proofs.Schemes;

/// <summary>The asymmetric side of Standard Webhooks: <c>v1a</c>, Ed25519 over the same bytes as <c>v1</c>.</summary>
internal static class WebhookSignatures
{
    private const int PublicKeyLength = 32;
    private const int SignatureTextMax = 128;

    // What stands before the 32 bytes in a SubjectPublicKeyInfo of Ed25519 (RFC 8410).
    private static ReadOnlySpan<byte> SpkiPrefix =>
        [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>A public key of the base64 of its 32 bytes; one that is not usable when the text is none.</summary>
    internal static ProofMaterial ReadPublicKey(string text) =>
        StrictBase64.TryDecode(text, out byte[]? bytes) && bytes.Length == PublicKeyLength
            ? ProofForeignKey.FromBytes(SignatureAlgorithm.Ed25519, [.. SpkiPrefix, .. bytes])
            : ProofForeignKey.FromBytes(SignatureAlgorithm.Ed25519, []);

    /// <summary>The ring without public keys, which check no codes, and whether there were any.</summary>
    internal static (KeyRing Secrets, bool HasPublic) SecretsOf(KeyRing keys)
    {
        foreach (ProofKey key in keys.Keys)
        {
            if (key.Material is ProofForeignKey)
            {
                return (new([.. keys.Keys.Where(static k => k.Material is not ProofForeignKey)]), true);
            }
        }

        return (keys, false);
    }

    /// <summary>Tries every signature under every public key, as far as a message may ask for it.</summary>
    internal static SignatureTrial Try(
        SignatureTrial trial, KeyRing keys, byte[] content, string signatures, ReadOnlySpan<Range> ranges)
    {
        foreach (Range range in ranges)
        {
            string text = signatures[range];
            byte[]? bytes = null;
            bool isText = text.Length <= SignatureTextMax && StrictBase64.TryDecode(text, out bytes);
            trial.TryAll(keys, keyId: null, SignatureAlgorithm.Ed25519, content, isText ? bytes! : []);
        }

        return trial;
    }
}
