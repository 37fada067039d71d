using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>Another model's payout, held on one side of an amount for the whole outcome.</summary>
/// <remarks>
/// The amount holds for the whole outcome, before the credit share; around a model that reads the tally, its credited
/// part applies to the outcome's credited part.
/// </remarks>
/// <param name="Inner">The model that is held.</param>
public abstract record Bounded(PayoutModel Inner) : PayoutModel
{
    /// <inheritdoc/>
    public sealed override ValueList<PayoutPart> Parts => [new(nameof(Inner), Inner)];

    // The amount, and what it and its line are called.
    private protected abstract Money Bound { get; }

    private protected abstract string BoundName { get; }

    /// <inheritdoc/>
    protected sealed override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        Accrual inner = sheet.Apply(Inner, context);
        Accrual bound = context.CreditedPartOf(Bound);
        if (IsBeyond(inner, bound))
        {
            sheet.Add(new(BoundName, bound - inner) { Base = bound });
        }
    }

    /// <inheritdoc/>
    protected sealed override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("inner", Inner);
        terms.Value(BoundName, Bound);
    }

    private protected abstract bool IsBeyond(Accrual inner, Accrual bound);
}
