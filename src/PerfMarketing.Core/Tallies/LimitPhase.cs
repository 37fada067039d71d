using System.Diagnostics.CodeAnalysis;

namespace PerfMarketing.Tallies;

/// <summary>How an outcome stands to a limit.</summary>
[SuppressMessage("Naming", "CA1700", Justification = "Room is reserved; the member is no placeholder.")]
public enum LimitPhase
{
    /// <summary>It takes no room: it never did, or gave it back.</summary>
    Free,

    /// <summary>It waits for room.</summary>
    Waiting,

    /// <summary>Room is set aside for it while it is not sure yet.</summary>
    Reserved,

    /// <summary>It was paid and takes up room.</summary>
    Used,

    /// <summary>
    /// It waited in vain until the limit's period was over, and is refused in it for good; other shares of the result
    /// may still be paid.
    /// </summary>
    Ended,
}
