using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;

namespace PerfMarketing.Proofs;

/// <summary>A public key for ECDSA on the curve P-256, which verifies and cannot sign.</summary>
/// <remarks>
/// Importing a key costs more than verifying with it, so it is imported when it is first used and kept. Anything that
/// is not such a key gives one that is not usable. Thread-safe.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ProofPublicKey : ProofMaterial
{
    /// <summary>The bytes of a point: 4, then x and y of 32 bytes each.</summary>
    public const int PointLength = 65;

    // The platform's object is not promised to serve two threads at once, so each takes one and puts it back.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ConcurrentBag<ECDsa> imported = [];

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] point;

    private readonly Lazy<bool> isOnCurve;

    private ProofPublicKey(ReadOnlySpan<byte> point)
    {
        this.point = point.ToArray();
        isOnCurve = new(TryFirstImport);
    }

    // The one DER encoding of algorithm and curve (RFC 5480) before an uncompressed point.
    private static ReadOnlySpan<byte> SpkiPrefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];

    /// <summary>Whether the key is a point of the curve.</summary>
    public override bool IsUsable => isOnCurve.Value;

    /// <summary>A key of the point itself.</summary>
    /// <param name="point">4, then x and y of 32 bytes each; anything else gives a key that is not usable.</param>
    public static ProofPublicKey FromPoint(ReadOnlySpan<byte> point) =>
        new(point.Length == PointLength && point[0] == 4 ? point : []);

    /// <summary>A key of its <c>SubjectPublicKeyInfo</c> in DER.</summary>
    /// <param name="der">
    /// The named curve P-256 and an uncompressed point (RFC 5480); any other encoding gives a key that is not usable.
    /// </param>
    public static ProofPublicKey FromSpki(ReadOnlySpan<byte> der) =>
        FromPoint(der.StartsWith(SpkiPrefix) ? der[SpkiPrefix.Length..] : []);

    /// <summary>A key of its <c>SubjectPublicKeyInfo</c> as PEM (<c>PUBLIC KEY</c>) or as bare base64.</summary>
    /// <param name="text">The text; what is neither gives a key that is not usable.</param>
    public static ProofPublicKey FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> base64 = text.AsSpan().Trim();
        if (PemEncoding.TryFind(text, out PemFields fields))
        {
            base64 = text.AsSpan()[fields.Label] is "PUBLIC KEY" ? text.AsSpan()[fields.Base64Data] : [];
        }

        Span<byte> der = stackalloc byte[128];
        return base64.Length <= 192 && Convert.TryFromBase64Chars(base64, der, out int length)
            ? FromSpki(der[..length])
            : FromSpki([]);
    }

    /// <summary>Verifies a signature over content by ECDSA with SHA-256.</summary>
    /// <param name="content">What was signed.</param>
    /// <param name="signature">The signature; one of another shape does not verify.</param>
    /// <param name="format">How the signature is written.</param>
    /// <returns>Whether it verifies; false too when the key is not usable.</returns>
    public bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, DSASignatureFormat format)
    {
        if (!IsUsable)
        {
            return false;
        }

        ECDsa verifier = imported.TryTake(out ECDsa? kept) ? kept : Import();
        try
        {
            bool verifies = verifier.VerifyData(content, signature, HashAlgorithmName.SHA256, format);
            imported.Add(verifier);
            return verifies;
        }
        catch (CryptographicException)
        {
            verifier.Dispose();
            return false;
        }
    }

    /// <summary>Always the same text, whatever the key.</summary>
    public override string ToString() => "[public key]";

    private bool TryFirstImport()
    {
        try
        {
            if (point.Length == PointLength)
            {
                imported.Add(Import());
            }
        }
        catch (CryptographicException)
        {
            return false;
        }

        return point.Length == PointLength;
    }

    private ECDsa Import() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33], Y = point[33..] },
    });
}
