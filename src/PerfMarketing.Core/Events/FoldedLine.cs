namespace PerfMarketing.Events;

/// <summary>
/// One line while corrections are applied: what it is worth, how many came back, what was given back beside.
/// </summary>
/// <param name="Worth">Minor units after all discounts.</param>
/// <param name="Quantity">How many were ordered.</param>
internal readonly record struct FoldedLine(long Worth, decimal Quantity)
{
    private const long QuantityUnits = 1_000_000;

    /// <summary>How many came back.</summary>
    internal decimal Back { get; init; }

    /// <summary>Minor units given back without goods.</summary>
    internal long Given { get; init; }

    internal decimal Left => Quantity - Back;

    internal bool IsAllBack => Left == 0;

    internal bool IsOverdrawn => Kept < 0;

    /// <summary>Minor units that are kept: cumulative, so that returning one by one ends at exactly nothing.</summary>
    internal long Kept => IsAllBack ? 0 : Worth - Share - Given;

    // Half a minor unit counts as returned.
    private long Share
    {
        get
        {
            Int128 whole = Scale(Quantity);
            return (long)(((2 * (Int128)Worth * Scale(Back)) + whole) / (2 * whole));
        }
    }

    internal static long Scale(decimal quantity) => decimal.ToInt64(quantity * QuantityUnits);
}
