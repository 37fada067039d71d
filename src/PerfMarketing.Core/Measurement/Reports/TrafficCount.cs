using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>A number of results, and of what they stand for.</summary>
/// <param name="Outcomes">How many outcomes.</param>
/// <param name="Quantity">How many they stand for, such as clicks: the sum of their quantities.</param>
public readonly record struct TrafficCount(long Outcomes, decimal Quantity) : ITerms
{
    /// <summary>Two numbers together.</summary>
    public static TrafficCount operator +(TrafficCount left, TrafficCount right) => left.Plus(right);

    /// <summary>What is left of a number.</summary>
    public static TrafficCount operator -(TrafficCount left, TrafficCount right) => left.Minus(right);

    /// <summary>Reads a count.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficCount Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Integer("outcomes"), terms.Number("quantity"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("outcomes", Outcomes);
        terms.Number("quantity", Quantity);
    }

    /// <summary>Two numbers together.</summary>
    /// <param name="other">The other number.</param>
    public TrafficCount Plus(TrafficCount other) => new(Outcomes + other.Outcomes, Quantity + other.Quantity);

    /// <summary>What is left of a number.</summary>
    /// <param name="other">What is taken off.</param>
    public TrafficCount Minus(TrafficCount other) => new(Outcomes - other.Outcomes, Quantity - other.Quantity);
}
