using PerfMarketing.Monetary;

namespace PerfMarketing.Payouts;

/// <summary>One line of an order as a clause prices it: what of it is kept and commissionable.</summary>
/// <param name="Sku">The article's number; null when it is not known.</param>
/// <param name="Category">The article's category; null when it is not known.</param>
/// <param name="Brand">The article's brand; null when it is not known.</param>
/// <param name="Quantity">How many are kept.</param>
/// <param name="Amount">
/// What the clause pays on: the line with its share of what belongs to the whole order, without what came back.
/// </param>
public sealed record CommissionableLine(
    string? Sku, string? Category, string? Brand, decimal Quantity, Accrual Amount)
{
    /// <summary>The line's position in the order, from 0; 0 too for an outcome without lines.</summary>
    public int OrderLine { get; init; }
}
