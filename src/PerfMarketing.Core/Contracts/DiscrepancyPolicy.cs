namespace PerfMarketing.Contracts;

/// <summary>What counts when two counts differ by more than the tolerance.</summary>
public enum DiscrepancyPolicy
{
    /// <summary>Nothing until people agree. The default.</summary>
    Dispute,

    /// <summary>The controlling count.</summary>
    Controlling,

    /// <summary>
    /// The controlling count and the tolerance on top, when the other count is higher; else the controlling count.
    /// </summary>
    ControllingPlusTolerance,

    /// <summary>The middle of both.</summary>
    Average,

    /// <summary>The lower of both.</summary>
    Lower,
}
