using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts;

/// <summary>Payout models as they are said in a contract.</summary>
public static partial class Pay
{
    /// <summary>A fixed price for each unit of an outcome.</summary>
    /// <param name="price">The price of one unit.</param>
    public static PayoutModel Fixed(Accrual price) => new Fixed(price);

    /// <summary>A percentage of the outcome's value.</summary>
    /// <param name="rate">The rate, from 0 % to 100 %.</param>
    public static PayoutModel RevenueShare(Percentage rate) => new RevenueShare(rate);

    /// <summary>Graduated prices by the number of units in the period.</summary>
    /// <param name="tiers">The tiers, with rising ends; only the last has none.</param>
    public static PayoutModel Tiered(params ReadOnlySpan<Tier> tiers) => new Tiered(ValueList.Create(tiers));

    /// <summary>Each line of an order by its own rate; the first that fits.</summary>
    /// <param name="rates">The rates, in the order in which they are tried.</param>
    public static ByLine ByLine(params ReadOnlySpan<LineRate> rates) => new(ValueList.Create(rates));
}
