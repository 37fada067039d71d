using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>What two counts come to under a <see cref="DiscrepancyProtocol"/>.</summary>
public sealed record DiscrepancyResolution
{
    /// <summary>What is paid for; null when the counts are disputed.</summary>
    public required decimal? Count { get; init; }

    /// <summary>The count of the controlling party.</summary>
    public required decimal Controlling { get; init; }

    /// <summary>The count of the other party.</summary>
    public required decimal Other { get; init; }

    /// <summary>By how much they differ; never negative.</summary>
    public required decimal Difference { get; init; }

    /// <summary>By how much they may differ.</summary>
    public required decimal Tolerated { get; init; }

    /// <summary>Whether they differ by no more than that.</summary>
    public required bool IsWithin { get; init; }

    /// <summary>Why, with the numbers; one of <see cref="DiscrepancyCodes"/>.</summary>
    public required Reason Reason { get; init; }

    /// <summary>Whether nothing is paid until people agree.</summary>
    public bool IsDisputed => Count is null;

    /// <summary>What the count comes to at a price for one; rounded once. Null when the counts are disputed.</summary>
    /// <param name="unitPrice">The price of one.</param>
    /// <param name="rounding">Where a digit that does not fit goes; half away from zero by default.</param>
    public Money? AmountAt(Accrual unitPrice, RoundingPolicy rounding = default) =>
        Count is { } count ? (unitPrice * count).Round(rounding) : null;

    /// <summary>What the count comes to at prices that depend on it. Null when the counts are disputed.</summary>
    /// <param name="price">The amount for a count, such as tiers have it.</param>
    public Money? AmountOf(Func<decimal, Money> price)
    {
        ArgumentNullException.ThrowIfNull(price);
        return Count is { } count ? price(count) : null;
    }
}
