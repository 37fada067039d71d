using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets;

/// <summary>How much may be bought in one period: what is admitted never exceeds the limit.</summary>
/// <remarks>
/// Amounts that are set aside beforehand stay within the limit, whatever comes. What is paid above it is what
/// <see cref="AtCap"/> promises, and is flagged.
/// </remarks>
/// <param name="Id">The budget's name, unique within its campaign.</param>
/// <param name="Limit">The most that may be committed and reserved in one period; above zero.</param>
/// <param name="Per">The kind of period: every day, month and so on has the whole limit again.</param>
public sealed record Budget(BudgetId Id, Money Limit, PeriodUnit Per) : ITerms
{
    /// <summary>What happens to an amount that does not fit. <see cref="BudgetOverflow.Reject"/> by default.</summary>
    public BudgetOverflow OnExceeded { get; init; }

    /// <summary>
    /// What is promised to results that come when the limit is reached.
    /// <see cref="CapBehavior.StopAndHonorInFlight"/> by default.
    /// </summary>
    public CapBehavior AtCap { get; init; }

    /// <summary>By which instant amounts count. <see cref="BudgetRecognition.OnEvent"/> by default.</summary>
    public BudgetRecognition Recognition { get; init; }

    /// <summary>Reads a budget.</summary>
    /// <param name="terms">The terms.</param>
    public static Budget Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<BudgetId>("id"), terms.Value<Money>("limit"), terms.Enum<PeriodUnit>("per"))
        {
            OnExceeded = terms.Enum("onExceeded", BudgetOverflow.Reject),
            AtCap = terms.Enum("atCap", CapBehavior.StopAndHonorInFlight),
            Recognition = terms.Enum("recognition", BudgetRecognition.OnEvent),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Value("limit", Limit);
        terms.Enum("per", Per);
        terms.Enum("onExceeded", OnExceeded, BudgetOverflow.Reject);
        terms.Enum("atCap", AtCap, CapBehavior.StopAndHonorInFlight);
        terms.Enum("recognition", Recognition, BudgetRecognition.OnEvent);
    }
}
