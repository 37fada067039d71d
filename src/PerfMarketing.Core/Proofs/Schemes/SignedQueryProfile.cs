using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>How a provider signs a query, a form or an address.</summary>
/// <param name="Form">What the code is over.</param>
/// <param name="Signature">The field with the code, or the header for <see cref="QueryForm.AddressThenForm"/>.</param>
public sealed record SignedQueryProfile(QueryForm Form, string Signature)
{
    /// <summary>The algorithm of keys that name none: HMAC with SHA-256 by default.</summary>
    public ProofAlgorithm Algorithm { get; init; }

    /// <summary>The algorithms that a key may name beside. None by default.</summary>
    public ValueList<ProofAlgorithm> Others { get; init; } = [];

    /// <summary>How the code is written. Hexadecimal by default.</summary>
    public MacEncoding Encoding { get; init; }

    /// <summary>
    /// The field with the signed time, in seconds since 1970; null, the default, when nothing signed grows old.
    /// </summary>
    public string? TimeField { get; init; }

    /// <summary>
    /// The field with the id by which a repetition is told; null, the default, takes the digest of what is signed.
    /// </summary>
    public string? IdField { get; init; }

    /// <summary>
    /// For the two forms that do not sign where fields end: the names that the provider writes itself. A message with
    /// these names only, each found nowhere but in its place, can be read in one way; any other covers nothing.
    /// </summary>
    public ValueList<string> Names { get; init; } = [];

    /// <summary>
    /// Of these, the names whose values people write: what follows such a field could be part of what somebody wrote,
    /// so a message that has one covers nothing. None by default.
    /// </summary>
    public ValueList<string> Written { get; init; } = [];

    /// <summary>Whether keys with an algorithm that is broken elsewhere may verify. False by default.</summary>
    public bool AllowLegacy { get; init; }
}
