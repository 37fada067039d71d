using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>A part that is taken back as long as fewer days than its end have passed.</summary>
/// <param name="UpTo">The first number of days for which the step no longer counts; from 1 on.</param>
/// <param name="Part">The part of what a correction takes back, from 0 to 100 %.</param>
public readonly record struct ClawbackStep(int UpTo, Percentage Part) : ITerms
{
    /// <summary>Reads a step.</summary>
    /// <param name="terms">The terms.</param>
    public static ClawbackStep Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Int("upTo", 0), terms.Value<Percentage>("part"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("upTo", UpTo);
        terms.Value("part", Part);
    }
}
