using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Where the host keeps the records of campaigns: streams that only grow, and one atomic commit.</summary>
/// <remarks>
/// <para>
/// Ordering: the records of a stream have the versions 1, 2, 3 … in the order in which they were committed, and are
/// read in that order. Between streams there is none.
/// </para>
/// <para>
/// Idempotency: a key is committed once. Keys are kept with digest and receipt for at least as long as the money may be
/// disputed.
/// </para>
/// <para>
/// Consistency: a commit is all or nothing across all streams of its batch, and serial within one unit, a campaign, a
/// payee or an advertiser: it checks the key first, then every expected version, then appends. Two commits that expect
/// the same version of one stream never both succeed. A relational store has one unique index on (stream, version) and
/// one on (unit, key). What was committed before a read began is read. Reads of several streams need not be of one
/// instant: the next commit checks.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once, and may wait a little, at random, before
/// they report a conflict. Await a returned task once.
/// </para>
/// </remarks>
public interface ILedgerStore
{
    /// <summary>Commits what one decision changes.</summary>
    /// <param name="batch">The changes.</param>
    /// <param name="cancellationToken">Stops waiting; the batch may be committed all the same.</param>
    ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Commits several decisions of one unit, in their order, each as <see cref="CommitAsync"/> does.
    /// </summary>
    /// <remarks>
    /// Goes on until one is not committed. A store that can overrides it, to commit all of them at once: then what it
    /// answers is what one call after the other would have come to, or nothing was committed and there is one answer.
    /// </remarks>
    /// <param name="batches">The decisions; a later one rests on those before it.</param>
    /// <param name="cancellationToken">Stops waiting; any number of the first batches may be committed.</param>
    /// <returns>
    /// One result for each of the first batches: those that were committed, and why the next one was not. The batches
    /// without a result were not committed; after <see cref="CommitResult.Unavailable"/> that says it may have been
    /// done, any number of them may be.
    /// </returns>
    async ValueTask<ValueList<CommitResult>> CommitAllAsync(
        ValueList<CommitBatch> batches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        List<CommitResult> results = [];
        for (int i = 0; i < batches.Count && (i == 0 || results[i - 1] is CommitResult.Committed); i++)
        {
            results.Add(await CommitAsync(batches[i], cancellationToken).ConfigureAwait(false));
        }

        return results.ToValueList();
    }

    /// <summary>Reads the records of some streams.</summary>
    /// <param name="after">The streams, each once, with the version after which to read; 0 reads all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>
    /// Records of one stream in the order of their versions; streams may come in any order, or interleaved. Nothing for
    /// a stream that has no more.
    /// </returns>
    IAsyncEnumerable<StoredRecord> ReadAsync(ValueList<StreamPosition> after, CancellationToken cancellationToken);

    /// <summary>Finds what was committed under some keys.</summary>
    /// <param name="unit">The unit that the keys are of.</param>
    /// <param name="keys">The keys, each once.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>
    /// The receipt of each key that was committed, as the commit gave it, in any order; nothing for the others.
    /// </returns>
    ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken);
}
