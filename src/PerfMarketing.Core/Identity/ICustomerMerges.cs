using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>The host's knowledge of which customer ids are one person.</summary>
/// <remarks>
/// Answers are as of an instant, so that a decision can be made again later with what was known then: for the same
/// arguments the answer never changes, whatever is merged afterwards. Safe for use from several threads. Unknown ids
/// are their own person.
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
}
