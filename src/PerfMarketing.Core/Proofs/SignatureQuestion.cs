namespace PerfMarketing.Proofs;

/// <summary>What an <see cref="ISignatureVerifier"/> is asked.</summary>
/// <param name="Algorithm">One of <see cref="SignatureAlgorithm"/> or the host's own; never from a message.</param>
/// <param name="Key">The public key in the form that the algorithm says; never from a message.</param>
/// <param name="Content">What was signed; hostile.</param>
/// <param name="Signature">The signature; hostile.</param>
public sealed record SignatureQuestion(
    string Algorithm, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Signature);
