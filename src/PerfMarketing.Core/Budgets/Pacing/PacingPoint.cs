using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>One point of a curve of one's own: how much of the budget is meant to be used by when.</summary>
/// <param name="Window">The part of the window that has passed; above 0 % and below 100 %.</param>
/// <param name="Budget">The part of the budget that may be used until then; from 0 % to 100 %.</param>
public sealed record PacingPoint(Percentage Window, Percentage Budget) : ITerms
{
    /// <summary>Reads a point.</summary>
    /// <param name="terms">The terms.</param>
    public static PacingPoint Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("window"), terms.Value<Percentage>("budget"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("window", Window);
        terms.Value("budget", Budget);
    }
}
