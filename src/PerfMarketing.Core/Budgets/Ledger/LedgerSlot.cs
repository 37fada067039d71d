using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>What a ledger remembers of one reservation; read and changed under its own lock.</summary>
internal sealed class LedgerSlot
{
    private Dictionary<CorrectionId, (LedgerUnits Part, LedgerDecision Decision)>? corrections;

    internal Lock Gate { get; } = new();

    /// <summary>Whether nothing came of it and it is in the ledger no more.</summary>
    internal bool IsGone { get; set; }

    /// <summary>When it was last decided about, as far as it changed something.</summary>
    internal Instant LastAt { get; private set; } = Instant.MinValue;

    /// <summary>What an expired lease still had: promises that were made of it and are told late.</summary>
    internal LedgerUnits Lost { get; set; }

    /// <summary>What changed a line under this id, and the answer; null when nothing did.</summary>
    internal LedgerChange? Change { get; private set; }

    /// <summary>The last thing that happened to it, reversals aside; null when nothing has yet.</summary>
    internal LedgerEntryKind? Phase { get; set; }

    internal ReservationId Id { get; private set; }

    internal ValueList<BudgetId> Budgets { get; private set; } = [];

    internal Instant At { get; private set; }

    internal LedgerWindows Windows { get; set; } = null!;

    internal Instant? Expires { get; private set; }

    /// <summary>What was set aside at first.</summary>
    internal LedgerUnits First { get; private set; }

    /// <summary>What is still set aside.</summary>
    internal LedgerUnits Held { get; set; }

    internal LedgerUnits Asked { get; private set; }

    internal LedgerUnits Paid { get; private set; }

    /// <summary>What is paid and not taken back.</summary>
    internal LedgerUnits Left { get; private set; }

    /// <summary>The answer to the reservation; null when there was none.</summary>
    internal LedgerDecision? Reserved { get; private set; }

    internal LedgerDecision? Committed { get; private set; }

    internal LedgerDecision? Released { get; set; }

    /// <summary>Where the amount counts.</summary>
    internal void Place(ReservationId id, ValueList<BudgetId> budgets, Instant at, LedgerWindows windows)
    {
        Id = id;
        Budgets = budgets;
        At = at;
        Windows = windows;
    }

    internal void Touch(Instant asOf) => LastAt = Instant.Max(LastAt, asOf);

    internal void ChangeLine(LedgerRequest request, LedgerEntryKind kind, LedgerDecision decision)
    {
        Id = request.Id;
        Change = new(request, decision);
        Phase = kind;
    }

    /// <summary>It was promised out of a lease that has expired since.</summary>
    internal void Promise(LedgerUnits units, Instant? expires, LedgerDecision decision)
    {
        First = units;
        Lost = units;
        Expires = expires;
        Reserved = decision;
        Phase = LedgerEntryKind.Expired;
    }

    internal void Reserve(LedgerUnits units, Instant? expires, LedgerDecision decision)
    {
        First = units;
        Held = units;
        Expires = expires;
        Reserved = decision;
        Phase = LedgerEntryKind.Reserved;
    }

    internal void Commit(LedgerUnits asked, LedgerUnits paid, LedgerDecision decision)
    {
        Held = default;
        Asked = asked;
        Paid = paid;
        Left = paid;
        Committed = decision;
        Phase = LedgerEntryKind.Committed;
    }

    internal bool TryFind(CorrectionId correction, out (LedgerUnits Part, LedgerDecision Decision) found)
    {
        found = default;
        return corrections is not null && corrections.TryGetValue(correction, out found);
    }

    internal void Reverse(CorrectionId correction, LedgerUnits part, LedgerDecision decision)
    {
        Left -= part;
        corrections ??= [];
        corrections.Add(correction, (part, decision));
    }

    internal bool IsDue(Instant asOf) => Phase == LedgerEntryKind.Reserved && Expires is { } at && at <= asOf;
}
