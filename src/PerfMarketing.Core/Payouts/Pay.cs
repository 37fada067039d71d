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

    /// <summary>
    /// One price for all units of the period, by how many they are: earlier results are priced again.
    /// </summary>
    /// <param name="tiers">The tiers, with rising ends; only the last has none.</param>
    public static PayoutModel Volume(params ReadOnlySpan<Tier> tiers) =>
        new Tiered(ValueList.Create(tiers)) { Mode = TierMode.Volume };

    /// <summary>A price for each block of units in the period that was begun.</summary>
    /// <param name="price">The price of a block.</param>
    /// <param name="size">How many units a block has; above zero.</param>
    /// <param name="free">How many units of the period cost nothing.</param>
    public static PayoutModel Package(Accrual price, decimal size, decimal free = 0)
    {
        Tier paid = new(price) { Size = size };
        return free == 0 ? Tiered(paid) : Tiered(new Tier(Accrual.Zero(price.Currency), free), paid);
    }

    /// <summary>A bonus for every so many units of the period that are full.</summary>
    /// <param name="size">How many units; above zero.</param>
    /// <param name="bonus">The bonus.</param>
    /// <param name="upTo">After how many units no more is paid; null means never.</param>
    public static PayoutModel Every(decimal size, Accrual bonus, decimal? upTo = null)
    {
        Tier paid = new(bonus, upTo) { Size = size, Full = true };
        return upTo is null ? Tiered(paid) : Tiered(paid, new Tier(Accrual.Zero(bonus.Currency)));
    }

    /// <summary>Nothing for the first outcomes or the first value of the period, then this model's payout.</summary>
    /// <param name="model">The model that prices what is not free; it reads no tally.</param>
    /// <param name="count">How many outcomes are free; null when only the value counts.</param>
    /// <param name="value">How much value is free; null when only outcomes count.</param>
    public static PayoutModel Beyond(this PayoutModel model, decimal? count = null, Money? value = null) =>
        new Allowance(model) { Count = count, Value = value };

    /// <summary>Each line of an order by its own rate; the first that fits.</summary>
    /// <param name="rates">The rates, in the order in which they are tried.</param>
    public static ByLine ByLine(params ReadOnlySpan<LineRate> rates) => new(ValueList.Create(rates));
}
