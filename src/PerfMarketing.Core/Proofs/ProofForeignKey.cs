using System.Diagnostics;

namespace PerfMarketing.Proofs;

/// <summary>A public key for an algorithm that only an <see cref="ISignatureVerifier"/> verifies.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ProofForeignKey : ProofMaterial
{
    /// <summary>The most bytes of a usable key or certificate.</summary>
    public const int LengthMax = 8 * 1024;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] bytes;

    private ProofForeignKey(string algorithm, byte[] bytes)
    {
        Algorithm = algorithm;
        this.bytes = bytes;
    }

    /// <summary>The one algorithm that the key is for, such as <see cref="SignatureAlgorithm.Ed25519"/>.</summary>
    public string Algorithm { get; }

    /// <summary>Whether there is an algorithm and a key of 1 to 8,192 bytes.</summary>
    public override bool IsUsable => Algorithm.Length > 0 && bytes.Length is > 0 and <= LengthMax;

    /// <summary>A key of bytes, which are copied.</summary>
    /// <param name="algorithm">The one algorithm that the key is for; it comes from configuration.</param>
    /// <param name="bytes">The key in the form that the algorithm says.</param>
    public static ProofForeignKey FromBytes(string algorithm, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return new(algorithm, bytes.ToArray());
    }

    /// <summary>Always the same text, whatever the key.</summary>
    public override string ToString() => "[public key]";

    internal SignatureAnswer Verify(
        ISignatureVerifier? verifier, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> signature) =>
        verifier is null
            ? SignatureAnswer.Unsupported
            : verifier.Verify(new(Algorithm, bytes, content, signature));
}
