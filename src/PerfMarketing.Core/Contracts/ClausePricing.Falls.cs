using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts;

/// <content>How far a price falls that others priced lower.</content>
public sealed partial class ClausePricing
{
    // Sums of parts of credit differ from the whole by less, and from great ones by less than this part of them.
    private const decimal LeastUnpriced = 0.000_001m;
    private const decimal DriftMost = 0.000_000_001m;

    // Prices the whole while the sheet holds what is posted.
    private readonly PayoutSheet all = new();

    // What of a fall was never priced: what others priced lower before does not fall below what these terms pay for it
    // now; where that does not follow from the tally alone, not below nothing.
    private Accrual UnpricedOf(Clause clause, in Tally before, in Tally adds)
    {
        Accrual fall = sheet.Repriced.Quantise();
        Accrual none = Accrual.Zero(fall.Currency);
        if (fall.Amount >= 0)
        {
            return none;
        }

        Accrual worth = clause.Pays.IsOrderFree ? WorthOf(clause, before, adds) : none;
        Accrual least = worth.Amount < before.Accrued.Amount ? worth : before.Accrued;
        Accrual unpriced = least - before.Accrued - fall;
        decimal drift = Math.Max(LeastUnpriced, Math.Abs(worth.Amount) * DriftMost);
        return unpriced.Amount >= drift ? unpriced : none;
    }

    // What was before, at the price that now applies. Where rates have more digits than a price of all can be exact
    // with, parts of credit are read on the grid of quantities. What no amount can be stays as it was priced.
    private Accrual WorthOf(Clause clause, in Tally before, in Tally adds)
    {
        Tally whole = before + adds;
        try
        {
            return WorthOf(clause, whole);
        }
        catch (InexactArithmeticException)
        {
            return WorthOnGrid(clause, whole) ?? before.Accrued;
        }
        catch (OverflowException)
        {
            return before.Accrued;
        }
    }

    private Accrual? WorthOnGrid(Clause clause, in Tally whole)
    {
        try
        {
            return WorthOf(clause, OnGrid(whole));
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    private Accrual WorthOf(Clause clause, in Tally whole) =>
        (PriceOf(clause, whole, all) - sheet.Total).Quantise();

    private static Tally OnGrid(in Tally tally) => tally with
    {
        Quantity = OnGrid(tally.Quantity),
        Value = new(OnGrid(tally.Value.Amount), tally.Value.Currency),
        Facts = [.. tally.Facts.Select(static f => f with { Amount = OnGrid(f.Amount) })],
    };

    private static decimal OnGrid(decimal amount) => decimal.Round(amount, Outcome.QuantityDecimalsMax);
}
