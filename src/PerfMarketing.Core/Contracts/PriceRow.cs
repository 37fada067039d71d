using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>One row of a <see cref="PriceTable"/>.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Total">What is posted for the whole volume, re-pricing of earlier results included.</param>
/// <param name="Added">What is posted more than in the row before; in the first row, than for nothing.</param>
/// <param name="MarginalPrice">
/// What each unit of the volume since the row before adds, with at most 12 decimals; zero where no volume is added.
/// </param>
/// <param name="EffectivePrice">
/// What each unit of the whole volume costs, with at most 12 decimals; zero where there is no volume.
/// </param>
public sealed record PriceRow(
    decimal Volume, Money Total, Money Added, Accrual MarginalPrice, Accrual EffectivePrice)
{
    internal static PriceRow After(PriceRow? row, decimal volume, Money total)
    {
        Money added = row is null ? total : total - row.Total;
        return new(volume, total, added, PerUnit(added, volume - (row?.Volume ?? 0)), PerUnit(total, volume));
    }

    private static Accrual PerUnit(Accrual amount, decimal units) =>
        units == 0 ? Accrual.Zero(amount.Currency) : amount.Share(Ratio.One / Ratio.FromDecimal(units));
}
