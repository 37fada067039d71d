using System.Diagnostics.CodeAnalysis;

namespace PerfMarketing.Budgets;

/// <summary>What a <see cref="BudgetEntry"/> records.</summary>
[SuppressMessage("Naming", "CA1700", Justification = "An amount is reserved; the member is no placeholder.")]
public enum BudgetEntryKind
{
    /// <summary>An amount was set aside.</summary>
    Reserved,

    /// <summary>A reservation was refused for want of room.</summary>
    ReserveRefused,

    /// <summary>An amount was spent; what was reserved for it and not needed is free again.</summary>
    Committed,

    /// <summary>A commit was refused for want of room, and nothing was reserved for it.</summary>
    CommitRefused,

    /// <summary>What was reserved is free again.</summary>
    Released,

    /// <summary>A part of what was committed is free again.</summary>
    Reversed,

    /// <summary>More was spent on what was committed.</summary>
    Increased,

    /// <summary>What was committed before is worth less, under whatever id; it is free again.</summary>
    Returned,

    /// <summary>
    /// An amount waits for room: nothing is set aside for it. It is over when anything else comes under its id.
    /// </summary>
    Waiting,

    /// <summary>
    /// What was reserved is free again, since its time was over; it may still be spent when it is sure.
    /// </summary>
    Expired,
}
