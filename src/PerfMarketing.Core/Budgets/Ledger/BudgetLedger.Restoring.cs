using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <content>Alerts, and making a ledger again of its entries.</content>
public sealed partial class BudgetLedger
{
    private static ValueList<BudgetAlert> AlertsOf(IEnumerable<LineWindow> windows, Instant asOf)
    {
        List<BudgetAlert>? alerts = null;
        foreach (LineWindow window in windows)
        {
            while (window.TryAlert(out Percentage share))
            {
                alerts ??= [];
                alerts.Add(new(window.Line.Terms.Id, window.Period.Key, share, asOf));
            }
        }

        return alerts is null ? [] : alerts.ToValueList();
    }

    private void JournalAlerts(LedgerDecision decision, Instant at)
    {
        if (Journal is null)
        {
            return;
        }

        foreach (BudgetAlert alert in decision.Alerts)
        {
            Journal!(new()
            {
                Kind = LedgerEntryKind.Alerted,
                Budgets = [alert.Budget],
                At = at,
                AsOf = alert.AsOf,
                Amount = Of(default),
                Window = alert.Window,
                Share = alert.Share,
            });
        }
    }

    private void Restore(LedgerEntry entry)
    {
        if (entry.Kind == LedgerEntryKind.Alerted)
        {
            return; // It was given when the commit before it was restored.
        }

        if (entry.Kind is LedgerEntryKind.Expected or LedgerEntryKind.LimitChanged or LedgerEntryKind.Changed)
        {
            RestoreChange(entry);
            return;
        }

        if (entry.Kind == LedgerEntryKind.Stopped)
        {
            Stop(entry);
            return;
        }

        LedgerUnits units = Check(entry.Amount, entry.Count);
        ReservationId id = entry.Reservation ?? throw new ArgumentException("A reservation has an id.", nameof(entry));
        LedgerSlot slot = slots.GetOrAdd(id, static _ => new());
        LedgerInstants at = entry.Kind == LedgerEntryKind.Committed
            ? new(
                entry.At,
                slot.Reserved is null ? entry.BoughtAt ?? entry.At : slot.At,
                entry.ApprovedAt ?? entry.AsOf)
            : LedgerInstants.At(entry.At);
        LedgerWindows? known = slot.Windows;
        if (tree.PathOf(entry.Budgets, out _) is not { } path || path.Find(at, out _, known) is not { } windows)
        {
            throw new ArgumentException($"The plan has not the lines or periods of an entry: {entry}", nameof(entry));
        }

        if (!CanFollow(slot, entry, units))
        {
            throw new ArgumentException($"An entry cannot follow those before it: {entry}", nameof(entry));
        }

        if (slot.Phase is null)
        {
            slot.Place(id, entry.Budgets, entry.At, windows);
        }
        else if (entry.Kind == LedgerEntryKind.Committed && slot.Reserved is not null)
        {
            (slot.Windows, LedgerWindows before) = (windows, slot.Windows);
            windows.Take(slot.Held);
            before.Give(slot.Held);
        }

        Apply(slot, entry, units);
        slot.Touch(entry.Kind == LedgerEntryKind.Expired ? slot.Expires ?? entry.AsOf : entry.AsOf);
    }

    private void Stop(LedgerEntry entry)
    {
        if (tree.PathOf(entry.Budgets, out _)?.Find(entry.At, out _) is not { } windows)
        {
            throw new ArgumentException($"The plan has not the lines or periods of an entry: {entry}", nameof(entry));
        }

        foreach (LineWindow window in windows.Lines)
        {
            if (window.Line.Terms.Id == entry.Budgets[^1]
                && (entry.Window is null || window.Period.Key == entry.Window))
            {
                window.Stop(entry.AsOf);
            }
        }
    }

    private static bool CanFollow(LedgerSlot slot, LedgerEntry entry, LedgerUnits units) => entry.Kind switch
    {
        LedgerEntryKind.Reserved or LedgerEntryKind.Promised => slot.Phase is null,
        LedgerEntryKind.Committed => slot.Phase != LedgerEntryKind.Committed && slot.Change is null,
        LedgerEntryKind.Released or LedgerEntryKind.Expired =>
            slot.Phase == LedgerEntryKind.Reserved && slot.Held.Covers(units),
        LedgerEntryKind.Reversed => slot.Phase == LedgerEntryKind.Committed && slot.Left.Covers(units)
            && entry.Correction is { } correction && !slot.TryFind(correction, out _),
        _ => false,
    };

    private void Apply(LedgerSlot slot, LedgerEntry entry, LedgerUnits units)
    {
        LedgerDecision decision = new()
        {
            Id = slot.Id,
            Requested = entry.Requested ?? entry.Amount,
            Amount = entry.Amount,
            Headroom = entry.Headroom,
            Marks = entry.Kind == LedgerEntryKind.Committed ? entry.Marks : CommitMarks.None,
            Binding = entry.Binding,
            Scope = entry.Binding is { } binding ? tree.Find(binding)?.Terms.Scope : null,
        };
        switch (entry.Kind)
        {
            case LedgerEntryKind.Reserved:
                Hold(slot.Windows, entry, units);
                slot.Reserve(units, entry.Expires, decision);
                Await(slot);
                break;
            case LedgerEntryKind.Promised:
                slot.Promise(units, entry.Expires, decision);
                DrawLost(entry, units);
                break;
            case LedgerEntryKind.Committed:
                slot.Windows.Give(slot.Held);
                slot.Windows.Spend(units);
                slot.Commit(
                    new(decision.Requested.MinorUnits, entry.RequestedCount ?? entry.Count),
                    units,
                    decision with { Alerts = AlertsOf(slot.Windows.All, entry.AsOf) });
                break;
            case LedgerEntryKind.Reversed:
                slot.Reverse(entry.Correction!.Value, units, decision);
                TakeBack(slot.Windows, units);
                break;
            default:
                slot.Windows.Give(units);
                slot.Held -= units;
                slot.Lost = entry.Kind == LedgerEntryKind.Expired ? units : default;
                slot.Phase = entry.Kind;
                slot.Released = entry.Kind == LedgerEntryKind.Released ? decision : null;
                break;
        }
    }

    // What was drawn from a lease, and of which nothing was journalled before the ledger stopped.
    private void FreeUndrawn()
    {
        foreach (LedgerSlot slot in slots.Values
            .Where(static s => s.Phase != LedgerEntryKind.Reserved && s.Held != default))
        {
            slot.Windows.Give(slot.Held);
            slot.Held = default;
        }
    }

    private void DrawLost(LedgerEntry entry, LedgerUnits units)
    {
        if (entry.From is { } from && slots.TryGetValue(from, out LedgerSlot? lease) && lease.Lost.Covers(units))
        {
            lease.Lost -= units;
        }
    }

    private void Hold(LedgerWindows windows, LedgerEntry entry, LedgerUnits units)
    {
        if (entry.Marks.HasFlag(CommitMarks.Late))
        {
            DrawLost(entry, units);
        }
        else if (entry.From is { } from && slots.TryGetValue(from, out LedgerSlot? lease) && lease.Held.Covers(units))
        {
            lease.Held -= units;
            return;
        }

        foreach (LineWindow window in windows.Lines)
        {
            window.Take(units.Of(window));
        }
    }
}
