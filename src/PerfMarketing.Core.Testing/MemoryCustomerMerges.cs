using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Testing;

/// <summary>Which customer ids are one person, in memory. Thread-safe.</summary>
public sealed class MemoryCustomerMerges : ICustomerMerges
{
    private readonly Lock gate = new();
    private readonly List<(CustomerId One, CustomerId Other, Instant At)> merges = [];

    /// <summary>Says that two ids are one person.</summary>
    /// <param name="one">An id.</param>
    /// <param name="other">Another id.</param>
    /// <param name="at">When that became known: later than whatever was asked so far, for answers never change.</param>
    public void Merge(CustomerId one, CustomerId other, Instant at)
    {
        lock (gate)
        {
            merges.Add((one, other, at));
        }
    }

    /// <inheritdoc/>
    public ValueTask<CustomerId> FindMainAsync(
        CustomerId customer, Instant asOf, CancellationToken cancellationToken) =>
        ValueTask.FromResult(All(customer, asOf)[0]);

    /// <inheritdoc/>
    public ValueTask<ValueList<CustomerId>> FindAllAsync(
        CustomerId customer, Instant asOf, CancellationToken cancellationToken) =>
        ValueTask.FromResult(All(customer, asOf));

    private ValueList<CustomerId> All(CustomerId customer, Instant asOf)
    {
        HashSet<CustomerId> person = [customer];
        lock (gate)
        {
            bool hasGrown;
            do
            {
                hasGrown = false;
                foreach ((CustomerId one, CustomerId other, Instant at) in merges)
                {
                    hasGrown |= at <= asOf
                        && ((person.Contains(one) && person.Add(other)) || (person.Contains(other) && person.Add(one)));
                }
            }
            while (hasGrown);
        }

        return [.. person.OrderBy(static c => c.Value, StringComparer.Ordinal)];
    }
}
