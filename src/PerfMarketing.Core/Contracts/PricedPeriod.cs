using PerfMarketing.Monetary;
using PerfMarketing.Payouts;

namespace PerfMarketing.Contracts;

/// <summary>What a clause pays a partner for a period.</summary>
/// <param name="Payout">The lines; they sum exactly to <paramref name="Amount"/>.</param>
/// <param name="Amount">The amount to post; below zero when something is set off.</param>
/// <param name="Opening">The balance that was carried in.</param>
/// <param name="Closing">The balance that is carried out.</param>
public sealed record PricedPeriod(Payout Payout, Money Amount, Accrual Opening, Accrual Closing)
{
    /// <summary>Whether nothing is paid and the balance stays as it was.</summary>
    public bool IsNothing => Payout.Lines.Count == 0 && Opening == Closing;
}
