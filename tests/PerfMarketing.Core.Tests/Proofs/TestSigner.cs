using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tests.Proofs;

/// <summary>Signs what tests make up, with keys that everybody knows.</summary>
internal static class TestSigner
{
    internal static readonly byte[] SecretBytes = SHA256.HashData("a secret that everybody knows"u8);

    private static readonly ECParameters Private = Parameters();

    internal static ProofSecret Secret { get; } = ProofSecret.FromBytes(SecretBytes);

    internal static ProofPublicKey PublicKey { get; } =
        ProofPublicKey.FromPoint([4, .. Private.Q.X!, .. Private.Q.Y!]);

    // As SubjectPublicKeyInfo in base64.
    internal static string PublicText => TextOf(Private);

    internal static string TextOf(ECParameters parameters)
    {
        using ECDsa key = ECDsa.Create(new ECParameters { Curve = parameters.Curve, Q = parameters.Q });
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    internal static byte[] Hs256(string header, string payload) => Jws(
        header, payload, static input => HMACSHA256.HashData(SecretBytes, input));

    internal static byte[] Es256(string header, string payload) => Jws(header, payload, Raw);

    internal static byte[] Raw(byte[] content) => Sign(content, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    internal static string Der(byte[] content) =>
        Convert.ToBase64String(Sign(content, DSASignatureFormat.Rfc3279DerSequence));

    internal static byte[] Jws(string header, string payload, Func<byte[], byte[]> sign)
    {
        string input = $"{Encode(header)}.{Encode(payload)}";
        return Encoding.ASCII.GetBytes($"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}");
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static byte[] Sign(byte[] content, DSASignatureFormat format)
    {
        using ECDsa key = ECDsa.Create(Private);
        return key.SignData(content, HashAlgorithmName.SHA256, format);
    }

    // A private key on P-256 and its point.
    private static ECParameters Parameters()
    {
        using ECDsa key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = SHA256.HashData("a private key that everybody knows"u8),
        });
        return key.ExportParameters(includePrivateParameters: true);
    }
}
