using NodaTime;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>Touchpoints as columns of one length, in any order.</summary>
/// <remarks>
/// Each is known from when it happened. At one instant the greater sequence is the later touch, and of equal sequences
/// the one that stands further down.
/// </remarks>
public readonly ref struct TouchColumns
{
    /// <summary>Touchpoints.</summary>
    /// <param name="customers">The customers' numbers, from 0; below 0 when nobody knows.</param>
    /// <param name="ticks">When: <see cref="Instant.ToUnixTimeTicks"/>, in units of 100 ns.</param>
    /// <param name="partners">
    /// The partners' places in the list of the run; below 0 when nobody earns by the touch.
    /// </param>
    /// <param name="sequences">The places among touches of one instant; empty when there are none.</param>
    /// <exception cref="ArgumentException">The columns are not of one length.</exception>
    public TouchColumns(
        ReadOnlySpan<int> customers,
        ReadOnlySpan<long> ticks,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<long> sequences = default)
    {
        if (ticks.Length != customers.Length || partners.Length != customers.Length
            || (!sequences.IsEmpty && sequences.Length != customers.Length))
        {
            throw new ArgumentException("The columns have one length.", nameof(customers));
        }

        Customers = customers;
        Ticks = ticks;
        Partners = partners;
        Sequences = sequences;
    }

    /// <summary>The customers' numbers.</summary>
    public ReadOnlySpan<int> Customers { get; }

    /// <summary>When each happened, in ticks of 100 ns since the Unix epoch.</summary>
    public ReadOnlySpan<long> Ticks { get; }

    /// <summary>The partners' places in the list of the run.</summary>
    public ReadOnlySpan<int> Partners { get; }

    /// <summary>The places among touches of one instant; empty when there are none.</summary>
    public ReadOnlySpan<long> Sequences { get; }
}
