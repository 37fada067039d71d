namespace PerfMarketing.Payouts.Models;

/// <summary>What reaching a tier does to the results of a period.</summary>
public enum TierMode
{
    /// <summary>Each unit is priced by the tier that it falls in; reaching a tier changes nothing before it.</summary>
    Graduated,

    /// <summary>
    /// All units of the period are priced by the tier that their total has reached; earlier results are priced again.
    /// </summary>
    Volume,

    /// <summary>A whole outcome is priced by the tier that was reached before it.</summary>
    Forward,
}
