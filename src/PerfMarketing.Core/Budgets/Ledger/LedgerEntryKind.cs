using System.Diagnostics.CodeAnalysis;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>What a <see cref="LedgerEntry"/> records.</summary>
[SuppressMessage("Naming", "CA1700", Justification = "An amount is reserved; the member is no placeholder.")]
public enum LedgerEntryKind
{
    /// <summary>An amount was set aside.</summary>
    Reserved,

    /// <summary>An amount was spent.</summary>
    Committed,

    /// <summary>What was set aside is free again.</summary>
    Released,

    /// <summary>What was set aside is free again, as its time is over.</summary>
    Expired,

    /// <summary>A part of what was committed was taken back.</summary>
    Reversed,

    /// <summary>
    /// A line refused for want of room for the first time in its period, or since its limit was raised.
    /// </summary>
    Stopped,

    /// <summary>A stated share of a line's limit is committed.</summary>
    Alerted,

    /// <summary>
    /// A node told a promise after the lease had expired that it was made of: nothing is set aside for it.
    /// </summary>
    Promised,

    /// <summary>What results are expected to cost that are still to come.</summary>
    Expected,

    /// <summary>The limit of one period was set.</summary>
    LimitChanged,

    /// <summary>A line got new terms.</summary>
    Changed,
}
