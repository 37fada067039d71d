namespace PerfMarketing.Proofs.Schemes;

/// <summary>Where and how a provider writes the code over the body of its messages.</summary>
/// <param name="Header">The header with the code.</param>
public sealed record BodyMacProfile(string Header)
{
    /// <summary>The algorithm: HMAC with SHA-256 by default, or with SHA-384 or SHA-512.</summary>
    public ProofAlgorithm Algorithm { get; init; }

    /// <summary>How the code is written. Hexadecimal by default.</summary>
    public MacEncoding Encoding { get; init; }

    /// <summary>What stands before the code in the header, such as <c>sha256=</c>. Nothing by default.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>
    /// The header with the provider's id of the delivery, which is not signed and proves nothing. None by default.
    /// </summary>
    public string? DeliveryHeader { get; init; }

    /// <summary>
    /// The field of the JSON body with the id by which a repetition is told; null, the default, takes the digest of
    /// the body, and so does a body that has not exactly one such field.
    /// </summary>
    public string? IdField { get; init; }
}
