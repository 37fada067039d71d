using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>The host's knowledge of which customer ids are one person.</summary>
/// <remarks>
/// <para>
/// Unknown ids are their own person.
/// </para>
/// <para>
/// Ordering: calls may come in any order; the ids of a person are given in ordinal order.
/// </para>
/// <para>
/// Idempotency: reading has no effect.
/// </para>
/// <para>
/// Consistency: answers are as of an instant, so that a decision can be made again later with what was known then: for
/// the same arguments the answer never changes, whatever is merged afterwards.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface ICustomerMerges
{
    /// <summary>The one id that stands for the person.</summary>
    /// <param name="customer">Any id of the person.</param>
    /// <param name="asOf">Merges known by then count.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>
    /// The same id for every id of the person; <paramref name="customer"/> itself when nothing is merged.
    /// </returns>
    ValueTask<CustomerId> FindMainAsync(CustomerId customer, Instant asOf, CancellationToken cancellationToken);

    /// <summary>All ids of the person, to read the whole journey.</summary>
    /// <param name="customer">Any id of the person.</param>
    /// <param name="asOf">Merges known by then count.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The ids in ordinal order, each once, with <paramref name="customer"/> among them.</returns>
    ValueTask<ValueList<CustomerId>> FindAllAsync(
        CustomerId customer, Instant asOf, CancellationToken cancellationToken);

    /// <summary>All ids of several persons; a host that can overrides it, to look them up at once.</summary>
    /// <param name="customers">The customers, each once.</param>
    /// <param name="asOf">Merges known by then count.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>For each customer, in their order, what <see cref="FindAllAsync"/> gives.</returns>
    async ValueTask<ValueList<ValueList<CustomerId>>> FindAllOfAsync(
        ValueList<CustomerId> customers, Instant asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(customers);
        List<ValueList<CustomerId>> found = [];
        for (int i = 0; i < customers.Count; i++)
        {
            found.Add(await FindAllAsync(customers[i], asOf, cancellationToken).ConfigureAwait(false));
        }

        return found.ToValueList();
    }
}
