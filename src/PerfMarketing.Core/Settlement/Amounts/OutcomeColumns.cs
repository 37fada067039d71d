using NodaTime;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>
/// Outcomes of one kind as columns of one length, in any order: each one result, recorded when it occurred.
/// </summary>
/// <remarks>Each row is an outcome of its own: whatever was sent twice has been taken out.</remarks>
public readonly ref struct OutcomeColumns
{
    /// <summary>Outcomes.</summary>
    /// <param name="customers">The customers' numbers, from 0; below 0 when nobody knows.</param>
    /// <param name="ticks">When: <see cref="Instant.ToUnixTimeTicks"/>, in units of 100 ns.</param>
    /// <param name="values">
    /// What they are worth, in minor units; below 0 is no valid outcome, and pays nothing.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The columns are not of one length, or a value is beyond <see cref="Money.MinorUnitsMax"/>.
    /// </exception>
    public OutcomeColumns(ReadOnlySpan<int> customers, ReadOnlySpan<long> ticks, ReadOnlySpan<long> values)
    {
        if (ticks.Length != customers.Length || values.Length != customers.Length)
        {
            throw new ArgumentException("The columns have one length.", nameof(customers));
        }

        foreach (long value in values)
        {
            if (value > Money.MinorUnitsMax)
            {
                throw new ArgumentException("A value is at most 10^15 minor units.", nameof(values));
            }
        }

        Customers = customers;
        Ticks = ticks;
        Values = values;
    }

    /// <summary>The customers' numbers.</summary>
    public ReadOnlySpan<int> Customers { get; }

    /// <summary>When each occurred, in ticks of 100 ns since the Unix epoch.</summary>
    public ReadOnlySpan<long> Ticks { get; }

    /// <summary>What each is worth, in minor units.</summary>
    public ReadOnlySpan<long> Values { get; }
}
