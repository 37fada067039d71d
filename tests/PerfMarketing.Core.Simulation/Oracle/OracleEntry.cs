using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>What kind of entry the ledger should hold.</summary>
internal enum EntryKind
{
    Earning,
    Repricing,
    Adjustment,
    Hold,
    Opening,
}

/// <summary>An entry that the ledger should hold.</summary>
internal sealed class OracleEntry(EntryKind kind, OracleEarning earning, long minor, Instant decidedAt)
{
    public EntryKind Kind => kind;

    /// <summary>The earning itself, or the one that is corrected, held, or took its period across a tier.</summary>
    public OracleEarning Earning => earning;

    public long Minor => minor;

    public Instant DecidedAt => decidedAt;

    public string Contract => earning.Leg.Contract.Id;

    public string Partner => earning.Partner;

    public Instant PayableAt { get; } = Instant.Max(decidedAt, earning.PayableAt);

    public bool IsGross => kind is EntryKind.Earning or EntryKind.Repricing;

    /// <summary>The correction that caused it; null when none did.</summary>
    public string? Cause { get; init; }

    /// <summary>The code of why it corrects or holds; null for what is earned.</summary>
    public string? Why { get; init; }

    /// <summary>Whether it says what a decision by hand makes of what is earned with it.</summary>
    public bool IsAtOnce { get; init; }

    /// <summary>Whether it leaves a result that was worth nothing without its place under limits.</summary>
    public bool LeavesPlace { get; init; }

    /// <summary>Of a hold, the how manieth of its earning it is, from 1.</summary>
    public int Number { get; init; }

    /// <summary>What stands beside the terms after a correction, in minor units.</summary>
    public long ByHand { get; init; }

    /// <summary>What lies above a budget, in minor units, and is owed all the same.</summary>
    public long OverBudget { get; init; }

    /// <summary>The lines of an earning or a repricing.</summary>
    public OracleLine[] Lines { get; init; } = [];

    /// <summary>What the ledger calls it; unset before it was found there.</summary>
    public EntryId Id { get; set; }

    public override string ToString() =>
        $"{kind} {earning.Outcome} {Contract} v{earning.Leg.Contract.Version} {earning.Leg.Clause.Id} {Partner} "
        + $"{minor} {PayableAt} {Cause}";
}

/// <summary>How an outcome should stand.</summary>
internal enum Standing
{
    Unknown,
    Qualified,
    Pending,
    Rejected,
    Disputed,
}
