using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>What is known of one class of days, such as weekdays.</summary>
/// <param name="Name">The name of the class: <c>weekday</c>, <c>weekend</c>, or one of the host's own.</param>
/// <param name="Curve">The curve of its days.</param>
/// <param name="PerDay">What the traffic of one such day would cost, in minor units or pieces.</param>
/// <param name="Days">How many days it was learned from.</param>
public sealed record TrafficClass(string Name, TrafficCurve Curve, long PerDay, int Days) : ITerms
{
    /// <summary>The most days that are counted: more make no difference.</summary>
    public const int DaysMax = 1_000_000;

    /// <summary>Reads a class.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficClass Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Text("name"),
            terms.Object("curve", TrafficCurve.Read),
            Math.Clamp(terms.Integer("perDay"), 0, TrafficDay.AmountMax),
            (int)Math.Clamp(terms.Integer("days"), 0, DaysMax));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("name", Name);
        terms.Terms("curve", Curve);
        terms.Integer("perDay", PerDay);
        terms.Integer("days", Days);
    }
}
