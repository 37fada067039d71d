using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>What each of some touches weighs.</summary>
/// <param name="Touches">Which touches.</param>
/// <param name="Weight">The weight of each, from 0 to <see cref="CustomWeights.WeightMax"/>.</param>
public sealed record TouchWeight(TouchFilter Touches, long Weight) : ITerms
{
    /// <summary>Which touches; all of them when null was given.</summary>
    public TouchFilter Touches { get; init => field = value ?? TouchFilter.All; } = Touches ?? TouchFilter.All;

    /// <summary>Reads a weight.</summary>
    /// <param name="terms">The terms.</param>
    public static TouchWeight Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Object("touches", TouchFilter.Read), terms.Integer("weight"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("touches", Touches);
        terms.Integer("weight", Weight);
    }
}
