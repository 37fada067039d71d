namespace PerfMarketing.Contracts;

/// <summary>What a tolerance is a percentage of.</summary>
public enum DiscrepancyBase
{
    /// <summary>The controlling count. The default.</summary>
    Controlling,

    /// <summary>The other count.</summary>
    Other,

    /// <summary>The higher of both.</summary>
    Higher,

    /// <summary>The lower of both.</summary>
    Lower,
}
