using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Budgets;

/// <content>Limits that change, who waits for room, and what was promised.</content>
public sealed partial class BudgetState
{
    /// <summary>Lets the limit change that holds by now, if the period is not over by then.</summary>
    /// <remarks>
    /// <see cref="Apply"/> does the same: a state is the same whether it was asked before the next entry or not.
    /// </remarks>
    /// <param name="asOf">The instant of the next decision; an earlier one than before changes nothing.</param>
    public void AdvanceTo(Instant asOf)
    {
        while (changes < Budget.Changes.Count && Budget.Changes[changes] is var change
            && change.At < Period.End && (change.At <= asOf || change.At <= Period.Start))
        {
            bool wasOpen = Room > 0;
            (limit, ceiling) = (change.Limit.Units, Budget.CeilingOf(change.Limit).Units);
            changes++;
            NoteRoom(wasOpen, change.At);
        }
    }

    /// <summary>Frees what is reserved because its time is over, as <see cref="Budget.ReserveFor"/> says.</summary>
    /// <remarks>The result may still come: then it is spent as one for which nothing was reserved.</remarks>
    /// <param name="id">The reservation.</param>
    /// <param name="asOf">When it is asked.</param>
    /// <returns>
    /// Granted with the amount that is free again; denied, without an entry, while its time is not over, and when there
    /// is no open reservation.
    /// </returns>
    public BudgetAnswer Expire(ReservationId id, Instant asOf)
    {
        Check(id);
        return ExpiresAt(id) is { } at && at <= asOf && slots[id].Granted is var held
            ? New(BudgetEntryKind.Expired, id, held, held)
            : Deny(BudgetReasons.Unknown, id);
    }

    /// <summary>When what is reserved expires; null when it does not, or nothing is.</summary>
    /// <param name="id">The reservation.</param>
    public Instant? ExpiresAt(ReservationId id) => Budget.ReserveFor is { } time
        && slots.TryGetValue(id, out BudgetSlot slot) && slot.Phase == BudgetEntryKind.Reserved
        ? slot.ReservedAt + time
        : null;

    /// <summary>Notes that an amount waits for room, as <see cref="LimitOverflow.Hold"/> says.</summary>
    /// <remarks>Whose turn it is, is for the caller to say: the budget does not know when results occurred.</remarks>
    /// <param name="id">What it is for; it has not come before, or waits already.</param>
    /// <param name="amount">The amount; not negative.</param>
    /// <returns>Denied, since nothing is granted yet; without an entry where it waits for the same amount.</returns>
    public BudgetAnswer Wait(ReservationId id, BudgetAmount amount)
    {
        long asked = Check(id, amount);
        Reason reason = Reason.Of(BudgetReasons.Exhausted, ("requested", amount), ("available", Available));
        BudgetDecision.Denied denied = new(reason, ResetsAt);
        return !slots.TryGetValue(id, out BudgetSlot slot)
            || (slot.IsIdle && !(slot.IsWaiting && slot.Requested == asked))
            ? new(denied, New(BudgetEntryKind.Waiting, id, asked, 0).Entry)
            : slot.IsWaiting ? new(denied, null)
            : Deny(slot.IsRefused ? BudgetReasons.AlreadyRefused
                : slot.IsClosed ? BudgetReasons.AlreadyReleased : BudgetReasons.AlreadyCommitted, id);
    }

    /// <summary>Whether what was admitted at an instant is paid in full, whatever is left.</summary>
    /// <param name="admittedAt">When it was admitted; null when it was not, or that is not known.</param>
    internal bool Promises(Instant? admittedAt) => IsInFlight(admittedAt)
        || (Budget.AtCap == CapBehavior.StopAndHonorInFlight && admittedAt.HasValue && Room > 0);

    /// <summary>Whether that holds even while nothing is left, and whoever waits.</summary>
    /// <param name="admittedAt">When it was admitted; null when it was not, or that is not known.</param>
    internal bool IsInFlight(Instant? admittedAt) =>
        Budget.AtCap == CapBehavior.StopAdmission
        || (Budget.AtCap == CapBehavior.StopAndHonorInFlight
            && (Budget.OnExceeded == LimitOverflow.Notify || admittedAt < usedUpAt));

    /// <summary>Whether what waits under an id may be paid now.</summary>
    /// <param name="id">What waits.</param>
    internal bool HasRoomFor(ReservationId id) => slots.TryGetValue(id, out BudgetSlot slot) && slot.IsWaiting
        && (Fits(slot.Requested, Room) || (Room > 0 && KeepsPromises));

    /// <summary>Whether an amount that has not come before may be paid in full now.</summary>
    /// <param name="amount">The amount.</param>
    internal bool HasRoomFor(BudgetAmount amount) => Fits(amount.Units, Room);

    /// <summary>Whether what was accepted once is paid in full, whatever is left.</summary>
    internal bool KeepsPromises => Budget.AtCap is CapBehavior.StopAdmission or CapBehavior.StopAndHonorInFlight;

    /// <summary>
    /// Whether an amount that is asked for would wait in vain: it is more than every limit of the period.
    /// </summary>
    /// <param name="amount">The amount.</param>
    internal bool IsNeverGranted(BudgetAmount amount) => !KeepsPromises && amount.Units > ceiling
        && !Budget.Changes.Skip(changes)
            .Any(c => c.At < Period.End && amount <= Budget.CeilingOf(c.Limit));

    /// <summary>
    /// When who waits is to be looked at, if nothing is given back before: at the next change of the limit, or at the
    /// period's end; null for never.
    /// </summary>
    internal Instant? NextTurn => changes < Budget.Changes.Count && Budget.Changes[changes].At < Period.End
        ? Budget.Changes[changes].At
        : Period.End == Instant.MaxValue ? null : Period.End;
}
