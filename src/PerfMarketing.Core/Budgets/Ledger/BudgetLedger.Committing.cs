using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Budgets.Ledger;

/// <content>Spending amounts, freeing them and taking them back.</content>
public sealed partial class BudgetLedger
{
    private LedgerDecision Commit(LedgerRequest.Commit asked, Instant asOf)
    {
        LedgerUnits wanted = Check(asked.Actual, asked.Count);
        Sweep(asOf);
        LedgerSlot slot = Enter(asked.Id);
        try
        {
            if (slot.Committed is { } first)
            {
                return slot.Asked == wanted && !IsElsewhere(slot, asked)
                    ? first with { IsRepeat = true }
                    : Conflict(asked.Id, asked.Actual, Of(slot.Asked));
            }

            if (slot.Change is { } change)
            {
                return Conflict(asked.Id, asked.Actual, change.Decision.Amount);
            }

            if (slot.Phase is null && Place(slot, asked, asOf) is { } refused)
            {
                return refused;
            }

            if (slot.IsDue(asOf))
            {
                Expire(slot, asOf);
            }

            return Recognise(slot, asked, asOf) is { } windows
                ? Commit(slot, asked, windows, wanted, asOf)
                : Refuse(asked.Id, asked.Actual, LedgerReasons.TooFar);
        }
        finally
        {
            Leave(asked.Id, slot);
        }
    }

    // Whether a commit that nothing was reserved for comes again and names other lines or another time.
    private static bool IsElsewhere(LedgerSlot slot, LedgerRequest.Commit asked) =>
        slot.Reserved is null
        && ((asked.Budgets.Count > 0 && asked.Budgets != slot.Budgets) || (asked.At is { } at && at != slot.At));

    // Where a result counts that nothing was reserved for; what is wrong, or null.
    private LedgerDecision? Place(LedgerSlot slot, LedgerRequest.Commit asked, Instant asOf)
    {
        if (asked.Budgets.Count == 0 || asked.At is not { } at)
        {
            return Refuse(asked.Id, asked.Actual, BudgetReasons.Unknown);
        }

        if (tree.PathOf(asked.Budgets, out BudgetId? missing) is not { } path)
        {
            return Refuse(asked.Id, asked.Actual, LedgerReasons.NotLive) with { Binding = missing };
        }

        LedgerInstants instants = new(at, asked.BoughtAt ?? at, asked.ApprovedAt ?? asOf);
        if (!instants.IsNear(asOf))
        {
            return Refuse(asked.Id, asked.Actual, LedgerReasons.TooFar);
        }

        if (Hold(path, instants, out LedgerLine? outside, null) is not { } windows)
        {
            return Outside(asked.Id, asked.Actual, outside!, instants.Of(outside!.Terms.Recognition));
        }

        slot.Place(asked.Id, asked.Budgets, at, windows);
        return null;
    }

    // Where the result of a reservation counts; null where that is wrong.
    private LedgerWindows? Recognise(LedgerSlot slot, LedgerRequest.Commit asked, Instant asOf)
    {
        if (slot.Reserved is null)
        {
            return slot.Windows;
        }

        LedgerInstants instants = new(asked.At ?? slot.At, slot.At, asked.ApprovedAt ?? asOf);
        return slot.Windows.Contains(instants) ? slot.Windows
            : instants.IsNear(asOf) ? Hold(tree.PathOf(slot.Budgets, out _)!, instants, out _, slot.Windows)
            : null;
    }

    // The periods of a result, which are not forgotten before it is counted.
    private static LedgerWindows? Hold(
        LedgerPath path, LedgerInstants at, out LedgerLine? outside, LedgerWindows? known)
    {
        LedgerWindows? windows;
        while ((windows = path.Find(at, out outside, known)) is not null && !windows.TryHold(isOpen: false, known))
        {
            path.Forget();
        }

        return windows;
    }

    private LedgerDecision Commit(
        LedgerSlot slot, LedgerRequest.Commit asked, LedgerWindows windows, LedgerUnits wanted, Instant asOf)
    {
        LedgerUnits held = slot.Held;
        CommitMarks marks = slot.Phase switch
        {
            null => CommitMarks.Unreserved,
            LedgerEntryKind.Reserved => held.Covers(wanted) ? CommitMarks.None : CommitMarks.OverReserve,
            _ => CommitMarks.Late,
        };
        Instant? boughtAt = slot.Reserved is null ? asked.BoughtAt ?? slot.At : null;
        LedgerUnits paid = Pay(slot.Windows, windows, wanted, held, boughtAt, out LineWindow? binding);
        LedgerWindows before = slot.Windows;
        slot.Windows = windows;
        marks |= binding is null ? CommitMarks.None : CommitMarks.Cut;
        foreach (LineWindow window in slot.Windows.Lines)
        {
            window.Commit(paid.Of(window));
            if (window.IsOver)
            {
                marks |= CommitMarks.OverLimit;
                binding ??= window;
            }
        }

        LedgerDecision decision = new()
        {
            Id = asked.Id,
            Requested = asked.Actual,
            Amount = Of(paid),
            Marks = marks,
            Binding = binding?.Line.Terms.Id,
            Scope = binding?.Line.Terms.Scope,
            Alerts = AlertsOf(slot.Windows.All, asOf),
        };
        LedgerEntry? entry = Journal is null ? null : EntryOf(slot, LedgerEntryKind.Committed, paid, asOf) with
        {
            At = asked.At ?? slot.At,
            BoughtAt = slot.Reserved is null && asked.BoughtAt != slot.At ? asked.BoughtAt : null,
            ApprovedAt = asked.ApprovedAt,
            Requested = paid.Money == wanted.Money ? null : asked.Actual,
            RequestedCount = paid.Count == wanted.Count ? null : wanted.Count,
            Binding = decision.Binding,
            Marks = marks,
        };
        slot.Commit(wanted, paid, decision);
        slot.Touch(asOf);
        Close(before, windows);
        if (entry is not null)
        {
            Journal!(entry);
            JournalAlerts(decision, slot.At);
        }

        return decision;
    }

    // Puts what is paid in the place of what is held, and leaves all lines open; closed, as they were, when it fails.
    private static LedgerUnits Pay(
        LedgerWindows before,
        LedgerWindows windows,
        LedgerUnits wanted,
        LedgerUnits held,
        Instant? boughtAt,
        out LineWindow? cutBy)
    {
        var taken = new long[windows.Lines.Length];
        windows.Open();
        if (before != windows)
        {
            before.Open();
        }

        try
        {
            windows.Take(held, before, taken);
            LedgerUnits paid = Pay(windows, wanted, taken, boughtAt, out cutBy);
            before.GiveMoved(held, windows);
            return paid;
        }
        catch (OverflowException)
        {
            for (int i = 0; i < taken.Length; i++)
            {
                LineWindow window = windows.Lines[i];
                window.Give(taken[i] - (before.Has(window) ? held.Of(window) : 0));
            }

            Close(before, windows);
            throw;
        }
    }

    private static void Close(LedgerWindows before, LedgerWindows windows)
    {
        windows.Close();
        if (before != windows)
        {
            before.Close();
        }
    }

    // A line that refuses cuts what is paid for all lines.
    private static LedgerUnits Pay(
        LedgerWindows windows, LedgerUnits wanted, long[] taken, Instant? boughtAt, out LineWindow? cutBy)
    {
        cutBy = null;
        LedgerUnits paid = wanted;
        for (int i = 0; i < taken.Length; i++)
        {
            LineWindow window = windows.Lines[i];
            long more = paid.Of(window) - taken[i];
            long got = more <= 0 ? 0 : IsCapped(window, boughtAt) ? window.TakeUpTo(more) : Take(window, more);
            taken[i] += got;
            if (got < more)
            {
                cutBy = window;
                paid = window.Line.Terms.IsCounted || taken[i] == 0 ? default : paid with { Money = taken[i] };
            }
        }

        for (int i = 0; i < taken.Length; i++)
        {
            windows.Lines[i].Give(taken[i] - paid.Of(windows.Lines[i]));
        }

        return paid;
    }

    private static long Take(LineWindow window, long units)
    {
        window.Take(units);
        return units;
    }

    // Whether a line refuses what does not fit: always, never, or when the result was not in flight at the stop.
    private static bool IsCapped(LineWindow window, Instant? boughtAt) => window.Line.Terms.AtCap switch
    {
        CapBehavior.StopAdmission => false,
        CapBehavior.StopAndReject => true,
        _ => boughtAt is { } at && !window.WasOpenAt(at),
    };

    private LedgerDecision Release(ReservationId id, Instant asOf)
    {
        Money nothing = Of(default);
        if (!slots.TryGetValue(id, out LedgerSlot? slot))
        {
            return Refuse(id, nothing, BudgetReasons.Unknown);
        }

        lock (slot.Gate)
        {
            if (slot.IsDue(asOf))
            {
                Expire(slot, asOf);
            }

            if (slot.Released is { } first)
            {
                return first with { IsRepeat = true };
            }

            switch (slot.Phase)
            {
                case LedgerEntryKind.Committed:
                    return Refuse(id, nothing, BudgetReasons.AlreadyCommitted);
                case LedgerEntryKind.Expired:
                    return Refuse(id, nothing, LedgerReasons.Expired);
                case LedgerEntryKind.Reserved:
                    break;
                default:
                    return Refuse(id, nothing, BudgetReasons.Unknown);
            }

            LedgerUnits freed = slot.Held;
            LedgerDecision decision = new() { Id = id, Requested = Of(freed), Amount = Of(freed) };
            slot.Held = default;
            slot.Phase = LedgerEntryKind.Released;
            slot.Released = decision;
            slot.Touch(asOf);
            slot.Windows.Give(freed);
            Write(slot, LedgerEntryKind.Released, freed, asOf);
            return decision;
        }
    }

    private LedgerDecision Reverse(LedgerRequest.Reverse asked, Instant asOf)
    {
        LedgerUnits part = Check(asked.Part, asked.Count);
        if (asked.Correction.IsUnset)
        {
            throw new ArgumentException("A correction has an id.", nameof(asked));
        }

        if (!slots.TryGetValue(asked.Id, out LedgerSlot? slot))
        {
            return Refuse(asked.Id, asked.Part, BudgetReasons.NotCommitted);
        }

        lock (slot.Gate)
        {
            if (slot.Phase != LedgerEntryKind.Committed)
            {
                return Refuse(asked.Id, asked.Part, BudgetReasons.NotCommitted);
            }

            if (slot.TryFind(asked.Correction, out (LedgerUnits Part, LedgerDecision Decision) first))
            {
                return first.Part == part
                    ? first.Decision with { IsRepeat = true }
                    : Conflict(asked.Id, asked.Part, first.Decision.Requested);
            }

            if (!slot.Left.Covers(part))
            {
                return Refuse(asked.Id, asked.Part, BudgetReasons.ReversesTooMuch) with { Amount = Of(slot.Left) };
            }

            LedgerDecision decision = new() { Id = asked.Id, Requested = asked.Part, Amount = asked.Part };
            slot.Reverse(asked.Correction, part, decision);
            slot.Touch(asOf);
            TakeBack(slot.Windows, part);
            Journal?.Invoke(EntryOf(slot, LedgerEntryKind.Reversed, part, asOf) with { Correction = asked.Correction });
            return decision;
        }
    }

    private static void TakeBack(LedgerWindows windows, LedgerUnits part)
    {
        windows.Open();
        foreach (LineWindow window in windows.Lines)
        {
            window.Reverse(part.Of(window));
        }

        windows.Close();
    }
}
