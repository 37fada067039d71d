namespace PerfMarketing.Proofs;

/// <summary>Where the host keeps the keys that verify evidence.</summary>
/// <remarks>
/// <para>
/// Secrets never go into logs.
/// </para>
/// <para>
/// Ordering: calls may come in any order; the order of the keys has no meaning.
/// </para>
/// <para>
/// Idempotency: reading has no effect.
/// </para>
/// <para>
/// Consistency: an answer may be cached; a rotation should be seen within minutes. A key stays in the ring, retiring or
/// revoked, for as long as evidence that it signed may come.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
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
