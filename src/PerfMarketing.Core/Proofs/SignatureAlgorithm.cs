namespace PerfMarketing.Proofs;

/// <summary>Names of algorithms that only an <see cref="ISignatureVerifier"/> verifies: an open set.</summary>
/// <remarks>Where it is not said otherwise the key is a <c>SubjectPublicKeyInfo</c> in DER.</remarks>
public static class SignatureAlgorithm
{
    /// <summary>Ed25519 (RFC 8032): <c>EdDSA</c> of JWS, RFC 9421.</summary>
    public const string Ed25519 = "ed25519";

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256: <c>RS256</c> of JWS, RFC 9421.</summary>
    public const string RsaPkcs1Sha256 = "rsa-v1_5-sha256";

    /// <summary>RSASSA-PSS with SHA-256 and a salt of 32 bytes: <c>PS256</c> of JWS.</summary>
    public const string RsaPssSha256 = "rsa-pss-sha256";

    /// <summary>RSASSA-PSS with SHA-512 and a salt of 64 bytes: RFC 9421.</summary>
    public const string RsaPssSha512 = "rsa-pss-sha512";

    /// <summary>ECDSA on P-384 with SHA-384, r and s of 48 bytes each: <c>ES384</c> of JWS, RFC 9421.</summary>
    public const string EcdsaP384Sha384 = "ecdsa-p384-sha384";

    /// <summary>ECDSA on P-521 with SHA-512, r and s of 66 bytes each: <c>ES512</c> of JWS.</summary>
    public const string EcdsaP521Sha512 = "ecdsa-p521-sha512";

    /// <summary>
    /// A timestamp token over the content (RFC 3161); the key is the certificate in DER that its chain ends in.
    /// </summary>
    public const string Rfc3161 = "rfc3161";
}
