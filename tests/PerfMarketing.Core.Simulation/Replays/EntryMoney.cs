using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;

namespace PerfMarketing.Simulation.Replays;

/// <summary>An entry in all that is money: whose, how much, when.</summary>
internal readonly record struct EntryMoney(
    string Kind,
    OutcomeId Outcome,
    ContractId Contract,
    int Version,
    ClauseId Clause,
    PartnerId Partner,
    Money Amount,
    Instant DecidedAt,
    Instant PayableAt,
    CorrectionId? Cause)
{
    public static EntryMoney Of(LedgerEntry entry) => new(
        entry.Tag,
        entry.OutcomeId,
        entry.Contract,
        entry.Version,
        entry.Clause,
        entry.Partner,
        entry.Amount,
        entry.DecidedAt,
        entry.PayableAt,
        (entry as Adjustment)?.Cause);
}

/// <summary>A statement in all that is money.</summary>
internal readonly record struct StatementMoney(Money Opening, Money Total, Money Payable, Money Closing)
{
    public bool MovesNothing => (Total.MinorUnits | Payable.MinorUnits) == 0 && Opening == Closing;

    public static StatementMoney Of(Statement statement) =>
        new(statement.Opening, statement.Total, statement.Payable, statement.Closing);
}

/// <summary>What a room of a limit, or a budget in one of its periods, holds.</summary>
internal readonly record struct RoomHeld(decimal Used, decimal Reserved, int Waiting);
