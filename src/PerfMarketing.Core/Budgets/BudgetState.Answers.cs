using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Budgets;

/// <content>How decisions and their entries are made.</content>
public sealed partial class BudgetState
{
    private bool PaysRest => Budget.OnExceeded == LimitOverflow.PayRemainder;

    private static void Check(ReservationId id)
    {
        if (id.IsUnset)
        {
            throw new ArgumentException("A reservation has an id.", nameof(id));
        }
    }

    private long Check(ReservationId id, BudgetAmount amount)
    {
        Check(id);
        _ = amount.CompareTo(Budget.Limit);
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Units, nameof(amount));
        return amount.Units;
    }

    private BudgetAnswer Spend(
        BudgetEntryKind done, BudgetEntryKind refused, ReservationId id, long asked, long room, bool paysRest) =>
        Fits(asked, room) ? New(done, id, asked, asked)
            : paysRest && room > 0 ? New(done, id, asked, room)
            : New(refused, id, asked, room);

    private BudgetAnswer Again(BudgetEntry first, BudgetEntryKind kind, long asked) =>
        first.Kind == kind && first.Requested.Units == asked
            ? new(Original(asked, first.Amount.Units, isRefused: false, FlagOf(first)), null)
            : Conflict(first.Reservation, first.Requested.Units, asked);

    private BudgetAnswer New(
        BudgetEntryKind kind, ReservationId id, long asked, long amount, CorrectionId? correction = null)
    {
        bool isSpent = kind is BudgetEntryKind.Committed or BudgetEntryKind.Increased;
        long held = isSpent && slots.TryGetValue(id, out BudgetSlot slot) && slot.Phase == BudgetEntryKind.Reserved
            ? slot.Granted
            : 0;
        long over = isSpent && !Fits(amount - held, Room) ? Math.Max(0, amount - held - Room) : 0;
        BudgetEntry entry = new()
        {
            Kind = kind,
            Budget = Budget.Id,
            Period = periodKey,
            Reservation = id,
            Correction = correction,
            Requested = Of(asked),
            Amount = Of(amount),
            Excess = over == 0 ? null : Of(over),
            Alerts = ReachedWith(isSpent || kind == BudgetEntryKind.Reserved ? amount - held : 0),
        };
        bool isRefused = kind is BudgetEntryKind.ReserveRefused or BudgetEntryKind.CommitRefused;
        return new(Original(asked, amount, isRefused, FlagOf(id, (held, amount, over))), entry);
    }

    // What of the stated shares is reached and was not told when so much more is in use: by that, or as the limit was
    // lowered since.
    private ValueList<Percentage> ReachedWith(long more) =>
        Budget.AlertAt.Count == 0 || committed + reserved + more is not (> 0 and var used)
            ? []
            : [.. Budget.AlertAt.Where(share => share.Fraction > told && PartOf(share) <= used + Slack)];

    private long PartOf(Percentage share) => (long)decimal.Ceiling(limit * share.Fraction);

    private Reason? FlagOf(ReservationId id, in BudgetSlot slot) =>
        FlagOf(id, (slot.HasReservation ? slot.Granted : 0, slot.Paid, slot.Over));

    private Reason? FlagOf(BudgetEntry first) =>
        FlagOf(first.Reservation, (0, first.Amount.Units, first.Excess?.Units ?? 0));

    private Reason? FlagOf(ReservationId id, (long Held, long Amount, long Over) spent) =>
        spent.Over > 0 || (spent.Held > 0 && spent.Amount > spent.Held)
            ? Reason.Of(
                BudgetReasons.OverReserve,
                ("reservation", id),
                ("reserved", Of(spent.Held)),
                ("amount", Of(spent.Amount)),
                ("over", Of(spent.Over)))
            : null;

    private BudgetDecision Original(long asked, long amount, bool isRefused, Reason? flag = null)
    {
        if (amount == asked && !isRefused)
        {
            return new BudgetDecision.Granted(Of(amount)) { Flag = flag };
        }

        Reason reason = Reason.Of(BudgetReasons.Exhausted, ("requested", Of(asked)), ("available", Of(amount)));
        return isRefused
            ? new BudgetDecision.Denied(reason, ResetsAt)
            : new BudgetDecision.Partial(Of(amount), reason);
    }

    private static BudgetAnswer Deny(string code, ReservationId id) =>
        new(new BudgetDecision.Denied(Reason.Of(code, ("reservation", id)), null), null);

    private BudgetAnswer Conflict(ReservationId id, long first, long asked)
    {
        Reason reason = Reason.Of(
            BudgetReasons.Conflict, ("reservation", id), ("first", Of(first)), ("requested", Of(asked)));
        return new(new BudgetDecision.Denied(reason, null), null);
    }

    private BudgetAmount Of(long units) => BudgetAmount.Of(units, Budget.Limit);
}
