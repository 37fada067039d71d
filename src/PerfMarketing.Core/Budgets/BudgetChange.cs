using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets;

/// <summary>A change of a budget's limit while it is live: from an instant on another limit holds.</summary>
/// <param name="At">From when the new limit holds, by when amounts are decided.</param>
/// <param name="Limit">
/// The limit from then on, of what the budget counts; not negative. Nothing stops the budget.
/// </param>
public sealed record BudgetChange(Instant At, BudgetAmount Limit) : ITerms
{
    /// <summary>Reads a change.</summary>
    /// <param name="terms">The terms.</param>
    public static BudgetChange Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Instant at = terms.Instant("at");
        BudgetAmount? limit = BudgetAmount.Read(terms, "limit", "count");
        if (limit is null)
        {
            terms.Fail("limit", TermCodes.Missing, "A change names the limit that holds from then on.");
        }

        return new(at, limit ?? default);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Instant("at", At);
        BudgetAmount.Write(terms, "limit", "count", Limit);
    }
}
