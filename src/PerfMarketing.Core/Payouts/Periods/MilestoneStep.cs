using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Periods;

/// <summary>A total that pays a bonus when it is reached.</summary>
/// <param name="At">The total, above zero; amounts in major units of the contract's currency.</param>
/// <param name="Bonus">What is paid then, above zero.</param>
public sealed record MilestoneStep(decimal At, Money Bonus) : ITerms
{
    /// <summary>Reads a step's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static MilestoneStep Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Number("at"), terms.Value<Money>("bonus"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Number("at", At);
        terms.Value("bonus", Bonus);
    }
}
