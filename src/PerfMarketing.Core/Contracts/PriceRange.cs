namespace PerfMarketing.Contracts;

/// <summary>The volumes of a <see cref="PriceTable"/>: from the first by equal steps to the last.</summary>
/// <param name="From">The first volume; not below zero.</param>
/// <param name="To">The end: the last row is at most here.</param>
/// <param name="Step">From row to row; above zero.</param>
public sealed record PriceRange(decimal From, decimal To, decimal Step)
{
    /// <summary>The most rows of one table.</summary>
    public const int RowCountMax = 10_000;

    /// <summary>The most outcomes that a table goes through.</summary>
    public const int OutcomeCountMax = 1_000_000;

    /// <summary>What grows; outcomes by default, in whole numbers.</summary>
    public PriceVolume Of { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(From);
        ArgumentOutOfRangeException.ThrowIfLessThan(To, From);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((To - From) / Step, RowCountMax, nameof(To));
        if (Of == PriceVolume.Outcomes)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(To, OutcomeCountMax);
            ArgumentOutOfRangeException.ThrowIfNotEqual(decimal.Truncate(From), From, nameof(From));
            ArgumentOutOfRangeException.ThrowIfNotEqual(decimal.Truncate(Step), Step, nameof(Step));
        }
    }
}
