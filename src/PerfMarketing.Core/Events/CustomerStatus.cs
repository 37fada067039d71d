namespace PerfMarketing.Events;

/// <summary>
/// Whether a customer bought before; who says so is a term, and the fact <see cref="Facts.CustomerStatusSource"/>.
/// </summary>
public enum CustomerStatus
{
    /// <summary>The first time.</summary>
    New,

    /// <summary>Bought before.</summary>
    Returning,
}
