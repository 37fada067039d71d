namespace PerfMarketing.Proofs;

/// <summary>The algorithm that a key is for; it comes from configuration, never from a message.</summary>
public enum ProofAlgorithm
{
    /// <summary>HMAC with SHA-256.</summary>
    HmacSha256,

    /// <summary>HMAC with SHA-384.</summary>
    HmacSha384,

    /// <summary>HMAC with SHA-512.</summary>
    HmacSha512,

    /// <summary>ECDSA on the curve P-256 with SHA-256.</summary>
    EcdsaP256Sha256,

    /// <summary>HMAC with SHA-1, which only schemes that are allowed as legacy verify.</summary>
    HmacSha1,

    /// <summary>HMAC with MD5, which only schemes that are allowed as legacy verify.</summary>
    HmacMd5,

    /// <summary>
    /// MD5 of the content followed by the secret, which only schemes that are allowed as legacy verify.
    /// </summary>
    Md5Suffix,
}
