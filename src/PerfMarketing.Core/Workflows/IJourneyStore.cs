using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Where the host keeps customers' touchpoints, and when outcomes happened to customers.</summary>
/// <remarks>
/// <para>
/// One store serves one advertiser: within it ids are unique, and everything is keyed by customer.
/// </para>
/// <para>
/// Ordering: none. Touchpoints and marks may be recorded and given in any order: readers sort. Answers stand in the
/// order of the batch.
/// </para>
/// <para>
/// Idempotency: recording is idempotent by id: the first content stands for ever, and recording it again changes
/// nothing.
/// </para>
/// <para>
/// Consistency: what a call recorded, every later call reads. No transaction is needed: each touchpoint and each mark
/// stands by itself, so a batch that broke off is simply sent again.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface IJourneyStore
{
    /// <summary>Records touchpoints, in any order.</summary>
    /// <param name="batch">
    /// The touchpoints; an id may stand twice. Content is compared by <see cref="EventDigest"/>: when a touchpoint was
    /// recorded is no part of what it says.
    /// </param>
    /// <param name="cancellationToken">Stops the call; part of the batch may be recorded then.</param>
    /// <returns>One answer for each touchpoint, in the order of the batch.</returns>
    ValueTask<ValueList<TouchAnswer>> RecordAsync(ValueList<Touchpoint> batch, CancellationToken cancellationToken);

    /// <summary>Notes that an outcome happened to a customer, whatever becomes of it: where rules may cut.</summary>
    /// <param name="mark">The outcome; of several marks with one outcome's id the first stands.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    ValueTask MarkAsync(OutcomeMark mark, CancellationToken cancellationToken);

    /// <summary>Reads what attribution needs to know about one outcome.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken);

    /// <summary>Notes several outcomes; a store that can overrides it, to note them at once.</summary>
    /// <param name="marks">The outcomes; of several marks with one outcome's id the first stands.</param>
    /// <param name="cancellationToken">Stops the call; some of them may be noted then.</param>
    async ValueTask MarkAllAsync(ValueList<OutcomeMark> marks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(marks);
        for (int i = 0; i < marks.Count; i++)
        {
            await MarkAsync(marks[i], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads several journeys; a store that can overrides it, to read them at once.</summary>
    /// <param name="queries">What is asked for.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One journey for each query, in their order.</returns>
    async ValueTask<ValueList<StoredJourney>> ReadAllAsync(
        ValueList<JourneyQuery> queries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        List<StoredJourney> found = [];
        for (int i = 0; i < queries.Count; i++)
        {
            found.Add(await ReadAsync(queries[i], cancellationToken).ConfigureAwait(false));
        }

        return found.ToValueList();
    }
}
