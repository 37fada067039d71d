using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>What an HTTP signature must cover to count, and for how long.</summary>
public sealed record HttpSignaturePolicy
{
    /// <summary>The digest of the body, the one component that is checked against more than the signature.</summary>
    public const string ContentDigest = "content-digest";

    /// <summary>The components that every signature must cover; more are welcome.</summary>
    /// <remarks>
    /// By default <c>@method</c>, <c>@authority</c>, <c>@path</c>, <c>@query</c> and <c>content-digest</c>: less, and a
    /// signature could be moved to another request. <c>content-digest</c> may be left out of a request without a body.
    /// </remarks>
    public ValueList<string> Required { get; init; } =
        ["@method", "@authority", "@path", "@query", ContentDigest];

    /// <summary>How many seconds a signature may be old, the end included. 300 by default.</summary>
    public int MaxAgeSeconds { get; init; } = SignedTime.ToleranceSeconds;

    /// <summary>
    /// The covered field that names the message, such as <c>idempotency-key</c>; null, the default, takes the
    /// signature's <c>nonce</c>, or else the digest of what is signed.
    /// </summary>
    public string? ReplayField { get; init; }

    /// <summary>The <c>tag</c> that a signature must carry; null, the default, takes any.</summary>
    public string? Tag { get; init; }
}
