using PerfMarketing.Proofs;

namespace PerfMarketing.Testing;

/// <summary>Keys in memory, which serve evidence of every kind.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="keys">The keys.</param>
public sealed class MemoryProofKeys(params ProofKey[] keys) : IProofKeys
{
    /// <inheritdoc/>
    public ValueTask<KeyRing> FindAsync(SchemeId scheme, EvidenceKind? kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(new KeyRing([.. keys.Where(key => key.Scheme == scheme)]));
    }
}
