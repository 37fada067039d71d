using System.Globalization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>A number of results, and of what they stand for.</summary>
/// <param name="Outcomes">How many outcomes.</param>
/// <param name="Quantity">How many they stand for, such as clicks: the sum of their quantities.</param>
public readonly record struct TrafficCount(long Outcomes, decimal Quantity) : ITerms
{
    /// <summary>The most outcomes, and the most that they stand for, in what is read: more is a failure.</summary>
    public const long Max = 1_000_000_000_000_000_000;

    /// <summary>Two numbers together.</summary>
    public static TrafficCount operator +(TrafficCount left, TrafficCount right) => left.Plus(right);

    /// <summary>What is left of a number.</summary>
    public static TrafficCount operator -(TrafficCount left, TrafficCount right) => left.Minus(right);

    /// <summary>Reads a count.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficCount Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        TrafficCount count = new(terms.Integer("outcomes"), terms.Number("quantity"));
        if (count.Outcomes is < -Max or > Max || count.Quantity is < -Max or > Max)
        {
            terms.Fail("outcomes", SettlementReasons.CountOutOfRange, "A count of traffic is out of range.");
            return default;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("outcomes", Outcomes);
        terms.Number("quantity", Quantity);
    }

    /// <summary>The number: what the outcomes stand for too, when that is another number.</summary>
    public override string ToString() => Quantity == Outcomes
        ? Outcomes.ToString("#,0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Quantity:#,0.####} in {Outcomes:#,0}");

    /// <summary>Two numbers together.</summary>
    /// <param name="other">The other number.</param>
    public TrafficCount Plus(TrafficCount other) => new(Outcomes + other.Outcomes, Quantity + other.Quantity);

    /// <summary>What is left of a number.</summary>
    /// <param name="other">What is taken off.</param>
    public TrafficCount Minus(TrafficCount other) => new(Outcomes - other.Outcomes, Quantity - other.Quantity);
}
