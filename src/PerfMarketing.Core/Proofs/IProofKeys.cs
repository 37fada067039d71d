namespace PerfMarketing.Proofs;

/// <summary>Where the host keeps the keys that verify evidence.</summary>
/// <remarks>
/// Reading has no effect and may be cached; a rotation should be seen within minutes. The order of keys has no meaning.
/// Implementations are safe to call from several threads. Await a returned task once. Secrets never go into logs.
/// </remarks>
public interface IProofKeys
{
    /// <summary>Finds the keys of a scheme, those that are retiring or revoked included.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="kind">What the evidence speaks of; null for the keys of all kinds.</param>
    /// <param name="cancellationToken">Gives up the search.</param>
    /// <returns>The keys; <see cref="KeyRing.Empty"/> when there are none.</returns>
    ValueTask<KeyRing> FindAsync(SchemeId scheme, EvidenceKind? kind, CancellationToken cancellationToken);
}
