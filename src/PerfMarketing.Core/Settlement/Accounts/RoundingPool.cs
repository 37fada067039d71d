namespace PerfMarketing.Settlement.Accounts;

/// <summary>What is rounded together: one earning, or all of a tally whose running sum is rounded.</summary>
internal class RoundingPool
{
    /// <summary>What was posted, corrections aside, in minor units.</summary>
    public long Gross { get; set; }

    /// <summary>What stands of it after all corrections, in minor units.</summary>
    public long Net { get; set; }

    /// <summary>What rounding added to what was posted, exact, in minor units.</summary>
    public decimal Rounding { get; set; }

    /// <summary>What of that stands: corrections take it back by the part of the amount that they take.</summary>
    public decimal Standing =>
        Gross == 0 || Net == Gross ? Rounding
        : Net == 0 || long.Sign(Net) != long.Sign(Gross) ? 0
        : Int128.Abs(Net) >= Int128.Abs(Gross) ? Rounding
        : Rounding * Net / Gross;
}
