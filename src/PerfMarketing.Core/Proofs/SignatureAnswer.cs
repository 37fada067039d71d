namespace PerfMarketing.Proofs;

/// <summary>What an <see cref="ISignatureVerifier"/> says of a signature.</summary>
public enum SignatureAnswer
{
    /// <summary>The algorithm is not known, so that nothing can be said.</summary>
    Unsupported,

    /// <summary>It does not verify: forged, altered, malformed, or under a key that is none.</summary>
    Invalid,

    /// <summary>It verifies.</summary>
    Valid,
}
