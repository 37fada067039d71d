using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>
/// A stated share of a limit is committed, by what was spent or as the limit was lowered; said once for each share and
/// period, whatever the limit becomes.
/// </summary>
/// <param name="Budget">The line.</param>
/// <param name="Window">The period's key, such as <c>2026-03</c>.</param>
/// <param name="Share">The share of the limit.</param>
/// <param name="AsOf">The instant of the decision that reached it.</param>
public sealed record BudgetAlert(BudgetId Budget, string Window, Percentage Share, Instant AsOf) : ITerms
{
    /// <summary>Reads an alert.</summary>
    /// <param name="terms">The terms.</param>
    public static BudgetAlert Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<BudgetId>("budget"),
            terms.Text("window"),
            terms.Value<Percentage>("share"),
            terms.Instant("asOf"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("budget", Budget);
        terms.Value("window", Window);
        terms.Value("share", Share);
        terms.Instant("asOf", AsOf);
    }
}
