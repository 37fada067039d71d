using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets;

/// <summary>A budget's decision: granted, partly granted, or denied with the reason.</summary>
/// <remarks>There are exactly these three cases; <see cref="Match"/> asks for all of them.</remarks>
public abstract record BudgetDecision
{
    private BudgetDecision()
    {
    }

    /// <summary>One result for each case.</summary>
    /// <param name="granted">What to make of a whole amount.</param>
    /// <param name="partial">What to make of a part of it.</param>
    /// <param name="denied">What to make of a refusal.</param>
    public T Match<T>(Func<Granted, T> granted, Func<Partial, T> partial, Func<Denied, T> denied)
    {
        ArgumentNullException.ThrowIfNull(granted);
        ArgumentNullException.ThrowIfNull(partial);
        ArgumentNullException.ThrowIfNull(denied);
        return this switch
        {
            Granted found => granted(found),
            Partial found => partial(found),
            _ => denied((Denied)this),
        };
    }

    /// <summary>The whole amount is granted.</summary>
    /// <param name="Amount">The amount reserved, committed, released or reversed.</param>
    public sealed record Granted(BudgetAmount Amount) : BudgetDecision
    {
        /// <summary>
        /// Why it is remarkable: more than was set aside, or than is left. Null for most. One of
        /// <see cref="BudgetReasons"/>.
        /// </summary>
        public Reason? Flag { get; init; }
    }

    /// <summary>Only what was left is granted.</summary>
    /// <param name="Available">The amount granted, below the amount asked for.</param>
    /// <param name="Reason">Why it is not more, one of <see cref="BudgetReasons"/>.</param>
    public sealed record Partial(BudgetAmount Available, Reason Reason) : BudgetDecision;

    /// <summary>Nothing is granted and nothing has changed.</summary>
    /// <param name="Reason">Why, one of <see cref="BudgetReasons"/>.</param>
    /// <param name="ResumesAt">
    /// When the limit begins anew; null when it does not, or when waiting would not help.
    /// </param>
    public sealed record Denied(Reason Reason, Instant? ResumesAt) : BudgetDecision;
}
