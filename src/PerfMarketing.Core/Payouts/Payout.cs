using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts;

/// <summary>An amount computed, as the sum of its lines.</summary>
/// <param name="Currency">The currency of every line.</param>
/// <param name="Lines">The lines, in the order in which they were computed.</param>
public sealed record Payout(Currency Currency, ValueList<PayoutLine> Lines)
{
    /// <summary>The sum of the lines; exact, and on the currency's grid once a rounding line was added.</summary>
    public Accrual Total
    {
        get
        {
            Accrual total = Accrual.Zero(Currency);
            foreach (PayoutLine line in Lines)
            {
                total += line.Amount;
            }

            return total;
        }
    }

    /// <summary>The lines as text, one a line, and the total.</summary>
    public string Explain() => string.Join('\n', [.. Lines.Select(static l => l.ToString()), $"total {Total}"]);
}
