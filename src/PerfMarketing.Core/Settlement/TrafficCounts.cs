using System.Globalization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>The results of one partner under one contract, before and after invalid traffic is taken off.</summary>
/// <remarks>
/// In a report: how they stand. In a statement: what has changed since the one before, so that all statements together
/// come to the report; what was cleared or approved is then below zero.
/// </remarks>
/// <param name="Gross">All results that the contract was asked to pay for.</param>
/// <param name="Held">Of these, what waits because of what was found.</param>
/// <param name="Filtered">Of these, what was rejected because of what was found.</param>
public sealed record TrafficCounts(TrafficCount Gross, TrafficCount Held, TrafficCount Filtered) : ITerms
{
    /// <summary>Nothing at all.</summary>
    public static TrafficCounts None { get; } = new(default, default, default);

    /// <summary>
    /// How many of what the results stand for were found invalid by source and period, without ids. 0 by default.
    /// </summary>
    public decimal Invalidated { get; init; }

    /// <summary>
    /// What is left of all results when what was rejected is taken off, and what is invalid of their quantity; what is
    /// held is still in it.
    /// </summary>
    public TrafficCount Net => Gross - Filtered - new TrafficCount(0, Invalidated);

    /// <summary>Two counts together.</summary>
    public static TrafficCounts operator +(TrafficCounts left, TrafficCounts right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.Plus(right);
    }

    /// <summary>What is left of counts.</summary>
    public static TrafficCounts operator -(TrafficCounts left, TrafficCounts right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.Minus(right);
    }

    /// <summary>Reads counts.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficCounts Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        TrafficCounts counts = new(
            terms.Object("gross", TrafficCount.Read),
            terms.Object("held", TrafficCount.Read),
            terms.Object("filtered", TrafficCount.Read))
        {
            Invalidated = terms.Number("invalidated", 0),
        };
        if (counts.Invalidated is < -TrafficCount.Max or > TrafficCount.Max)
        {
            terms.Fail("invalidated", SettlementReasons.CountOutOfRange, "A count of traffic is out of range.");
            return None;
        }

        return counts;
    }

    /// <summary>Two counts together.</summary>
    /// <param name="other">The other counts.</param>
    public TrafficCounts Plus(TrafficCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Gross + other.Gross, Held + other.Held, Filtered + other.Filtered)
        {
            Invalidated = Invalidated + other.Invalidated,
        };
    }

    /// <summary>What is left of counts.</summary>
    /// <param name="other">What is taken off.</param>
    public TrafficCounts Minus(TrafficCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Gross - other.Gross, Held - other.Held, Filtered - other.Filtered)
        {
            Invalidated = Invalidated - other.Invalidated,
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("gross", Gross);
        terms.Terms("held", Held);
        terms.Terms("filtered", Filtered);
        terms.Number("invalidated", Invalidated == 0 ? null : Invalidated);
    }

    /// <summary>The counts as a sentence has them: <c>4 gross, 1 held, 2 rejected, 2 net</c>.</summary>
    public override string ToString()
    {
        string invalid = Invalidated == 0
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $"{Invalidated:#,0.####} invalidated, ");
        return $"{Gross} gross, {Held} held, {Filtered} rejected, {invalid}{Net} net";
    }
}
