using NodaTime;

namespace PerfMarketing.Budgets;

/// <summary>What a <see cref="BudgetState"/> remembers of one reservation, in the units of its budget.</summary>
internal readonly record struct BudgetSlot
{
    /// <summary>The last thing that happened to it, reversals and increases aside.</summary>
    internal BudgetEntryKind Phase { get; private init; }

    /// <summary>Whether it began with a reservation, granted or refused, and not with a commit.</summary>
    internal bool HasReservation { get; private init; }

    internal long Requested { get; private init; }

    /// <summary>What was reserved; after a refusal, what was left then.</summary>
    internal long Granted { get; private init; }

    internal long Asked { get; private init; }

    /// <summary>When it was reserved.</summary>
    internal Instant ReservedAt { get; private init; }

    /// <summary>What was committed; after a refusal, what was left then.</summary>
    internal long Paid { get; private init; }

    /// <summary>What of it lay above the limit when it was committed.</summary>
    internal long Over { get; private init; }

    internal long Increased { get; private init; }

    internal long Reversed { get; private init; }

    /// <summary>What may still be reversed; below zero when more was returned than was committed.</summary>
    internal long Left => Paid + Increased - Reversed;

    internal bool IsRefused => Phase is BudgetEntryKind.ReserveRefused or BudgetEntryKind.CommitRefused;

    /// <summary>Whether it only waits for room: nothing is set aside or spent.</summary>
    internal bool IsWaiting => Phase == BudgetEntryKind.Waiting;

    /// <summary>Whether nothing is set aside or spent, and it may be spent as if nothing had come before.</summary>
    internal bool IsIdle => Phase is BudgetEntryKind.Waiting or BudgetEntryKind.Expired;

    internal bool IsClosed => IsRefused || Phase == BudgetEntryKind.Released;

    internal bool CanTake(BudgetEntry entry, bool isKnown)
    {
        long amount = entry.Amount.Units;
        bool isOpen = isKnown && Phase == BudgetEntryKind.Reserved;
        bool isNew = !isKnown || IsIdle;
        bool follows = entry.Kind switch
        {
            BudgetEntryKind.Reserved or BudgetEntryKind.ReserveRefused or BudgetEntryKind.Waiting =>
                !isKnown || IsWaiting || (IsIdle && entry.Kind == BudgetEntryKind.Waiting),
            BudgetEntryKind.Expired => isOpen && amount == Granted,
            BudgetEntryKind.Committed => isNew || isOpen,
            BudgetEntryKind.CommitRefused => isNew || (isOpen && (Granted == 0 || entry.Amount.IsCount)),
            BudgetEntryKind.Released => (isOpen || (isKnown && IsWaiting)) && amount == Granted,
            BudgetEntryKind.Reversed => isKnown && Phase == BudgetEntryKind.Committed && amount <= Left,
            BudgetEntryKind.Increased => isNew || Phase == BudgetEntryKind.Committed,
            BudgetEntryKind.Returned => !isKnown || !IsClosed,
            _ => false,
        };
        return follows && amount >= 0 && amount <= entry.Requested.Units
            && (entry.Excess is not { } over || (over.Units > 0 && over.Units <= amount))
            && (entry.Since is null || entry.Kind == BudgetEntryKind.Reserved)
            && entry.Correction.HasValue == (entry.Kind
                is BudgetEntryKind.Reversed or BudgetEntryKind.Increased or BudgetEntryKind.Returned);
    }

    internal BudgetSlot After(BudgetEntry entry, bool isKnown, Instant decidedAt)
    {
        long requested = entry.Requested.Units;
        long amount = entry.Amount.Units;
        return entry.Kind switch
        {
            BudgetEntryKind.Reserved or BudgetEntryKind.ReserveRefused => new()
            {
                Phase = entry.Kind,
                HasReservation = true,
                Requested = requested,
                Granted = amount,
                ReservedAt = entry.Since ?? decidedAt,
            },
            BudgetEntryKind.Waiting => new() { Phase = entry.Kind, Requested = requested },
            BudgetEntryKind.Committed or BudgetEntryKind.CommitRefused => this with
            {
                Phase = entry.Kind,
                HasReservation = isKnown && !IsIdle,
                Asked = requested,
                Paid = amount,
                Over = entry.Excess?.Units ?? 0,
            },
            BudgetEntryKind.Reversed => this with { Reversed = Reversed + amount },
            BudgetEntryKind.Increased => this with
            {
                Phase = BudgetEntryKind.Committed,
                Increased = Increased + amount,
            },
            BudgetEntryKind.Returned => this with
            {
                Phase = BudgetEntryKind.Committed,
                Reversed = Reversed + amount,
            },
            _ => this with { Phase = entry.Kind },
        };
    }
}
