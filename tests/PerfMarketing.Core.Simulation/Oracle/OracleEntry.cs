using NodaTime;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>What kind of entry the ledger should hold.</summary>
internal enum EntryKind
{
    Earning,
    Repricing,
    Adjustment,
}

/// <summary>An entry that the ledger should hold.</summary>
internal sealed record OracleEntry(
    EntryKind Kind,
    string Outcome,
    string Contract,
    int Version,
    string Clause,
    string Partner,
    long Minor,
    Instant DecidedAt,
    Instant PayableAt,
    string? Cause);

/// <summary>How an outcome should stand.</summary>
internal enum Standing
{
    Unknown,
    Qualified,
    Pending,
    Rejected,
    Disputed,
}
