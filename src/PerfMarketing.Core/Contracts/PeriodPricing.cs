using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;

namespace PerfMarketing.Contracts;

/// <summary>Prices a period that closes for one partner, and rounds the result once, half away from zero.</summary>
public sealed class PeriodPricing
{
    private readonly PayoutSheet sheet = new();

    /// <summary>What a clause pays for a period.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="context">What is known of the period.</param>
    /// <returns>
    /// The amount with its lines. An amount beyond the greatest one is nothing, with a line that says so.
    /// </returns>
    public PricedPeriod Price(PeriodClause clause, PeriodContext context)
    {
        ArgumentNullException.ThrowIfNull(clause);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            Accrual balance = clause.Pays.Compute(context, sheet).Quantise();
            Money amount = sheet.Total.Round();
            if (amount != sheet.Total)
            {
                sheet.Add(new(PayoutLineNames.Rounding, amount - sheet.Total));
            }

            return new(sheet.ToPayout(), amount, context.Balance, balance);
        }
        catch (ArithmeticException)
        {
            sheet.Clear(context.Currency);
            sheet.Add(new(PeriodLineNames.TooGreat, Accrual.Zero(context.Currency)));
            return new(sheet.ToPayout(), Money.Zero(context.Currency), context.Balance, context.Balance);
        }
    }
}
