using System.Numerics;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>What is rounded together: one earning, or all of a tally whose running sum is rounded.</summary>
internal class RoundingPool
{
    // A part of it is named to so many units of a minor unit: twelve decimals.
    private const long Units = 1_000_000_000_000;

    /// <summary>What was posted, corrections aside, in minor units.</summary>
    public long Gross { get; set; }

    /// <summary>What stands of it after all corrections, in minor units.</summary>
    public long Net { get; set; }

    /// <summary>What rounding added to what was posted, exact, in minor units.</summary>
    public decimal Rounding { get; set; }

    /// <summary>What of that stands: corrections take it back by the part of the amount that they take.</summary>
    /// <remarks>
    /// To twelve decimals of a minor unit, half away from zero. What stands of many adds up exactly, so that their sum
    /// does not depend on the order in which corrections came.
    /// </remarks>
    public decimal Standing =>
        Gross == 0 || Net == Gross ? Rounding
        : Net == 0 || long.Sign(Net) != long.Sign(Gross) ? 0
        : Int128.Abs(Net) >= Int128.Abs(Gross) ? Rounding
        : PartOf(Rounding, Net, Gross);

    private static decimal PartOf(decimal whole, long part, long of)
    {
        BigInteger units = (BigInteger)(whole * Units) * part * Math.Sign(of);
        var divisor = BigInteger.Abs(of);
        return (decimal)((units + (divisor / 2 * units.Sign)) / divisor) / Units;
    }
}
