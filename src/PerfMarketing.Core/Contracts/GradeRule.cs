using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>What one grade means.</summary>
/// <param name="Grade">The grade, compared ordinally.</param>
/// <param name="Action">What becomes of the outcome.</param>
/// <param name="Part">The part that is paid, from 0 to 100 %; only where the action is to scale.</param>
public sealed record GradeRule(string Grade, GradeAction Action, Percentage? Part = null) : ITerms
{
    /// <summary>Reads what a grade means.</summary>
    /// <param name="terms">The terms.</param>
    public static GradeRule Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("grade"), terms.Enum<GradeAction>("action"), terms.Optional<Percentage>("part"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("grade", Grade);
        terms.Enum("action", Action);
        terms.Value("part", Part);
    }
}
