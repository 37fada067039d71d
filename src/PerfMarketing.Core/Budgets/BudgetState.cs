using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets;

/// <summary>What of one budget is committed and reserved in one period, and the decisions on more.</summary>
/// <remarks>
/// <para>
/// The functions that decide change nothing: they answer with a decision and an entry. The host appends the entry to
/// the budget's stream, and <see cref="Apply"/> folds it in; the entries of the stream, applied in order, rebuild the
/// state. Two decisions taken on one state need not fit together: apply the first before you take the second.
/// </para>
/// <para>
/// What is set aside fits under the limit, always. What is committed may lie above it only as far as
/// <see cref="Budget.AtCap"/> promises, and the entry says by how much. Every id is answered once: the same id with the
/// same amount gets the original answer, with another amount a conflict. Every function is O(1). Not thread-safe.
/// </para>
/// </remarks>
public sealed partial class BudgetState
{
    private readonly Dictionary<ReservationId, BudgetSlot> slots = [];
    private readonly Dictionary<(ReservationId Reservation, CorrectionId Correction), BudgetEntry> corrections = [];
    private readonly string periodKey;
    private long limit;
    private long ceiling;

    // How many changes of the limit hold.
    private int changes;
    private long committed;
    private long reserved;

    // The highest share of the limit that was told: each is told once, whatever the limit becomes.
    private decimal told;

    // When it was last used up, and when there was room again: what happens within one instant is one change.
    private Instant? usedUpAt;
    private Instant? reopenedAt;

    /// <summary>An untouched budget.</summary>
    /// <param name="budget">A valid budget.</param>
    /// <param name="period">One period of the budget's kind.</param>
    /// <exception cref="ArgumentException">The period is of another kind, or there is no limit.</exception>
    public BudgetState(Budget budget, CalendarPeriod period)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (period.Unit != budget.Per || budget.Limit.Units <= 0)
        {
            throw new ArgumentException("A budget has a limit and a period of its own kind.", nameof(period));
        }

        Budget = budget;
        Period = period;
        (limit, ceiling) = (budget.Limit.Units, budget.Ceiling.Units);
        periodKey = period.Key;
        committed = budget is { Since: { } since, UsedBefore: { } used } && period.Contains(since)
            ? used.Units
            : 0;
        told = ReachedWith(0) is [.., var share] ? share.Fraction : 0;
        usedUpAt = Room > 0 ? null : budget.Since;
        ResetsAt = period.Unit is PeriodUnit.Flight or PeriodUnit.Rolling or PeriodUnit.Lifetime ? null : period.End;
    }

    /// <summary>The budget.</summary>
    public Budget Budget { get; }

    /// <summary>The period.</summary>
    public CalendarPeriod Period { get; }

    /// <summary>The limit that holds now: as of <see cref="AdvanceTo"/>, or of what was decided last.</summary>
    public BudgetAmount Limit => Of(limit);

    /// <summary>
    /// What is spent: committed and not reversed; below zero when more was returned than was spent in the period.
    /// </summary>
    public BudgetAmount Committed => Of(committed);

    /// <summary>What is set aside for results that are not sure yet.</summary>
    public BudgetAmount Reserved => Of(reserved);

    /// <summary>What may still be reserved or committed; zero when a limit was lowered below what is used.</summary>
    public BudgetAmount Available => Of(Room);

    /// <summary>When the limit begins anew: at the period's end; null when it does not.</summary>
    public Instant? ResetsAt { get; }

    /// <summary>
    /// What is used above the limit, with its tolerance: it falls with whatever comes back or is released, also when
    /// that is not what lay above when it was committed. Zero mostly.
    /// </summary>
    public BudgetAmount Excess => Of(committed + reserved - ceiling is var over && over > Slack ? over : 0);

    /// <summary>
    /// Since when nothing is left; null while something is. What was admitted before that instant is in flight.
    /// </summary>
    public Instant? UsedUpAt => Room > 0 ? null : usedUpAt;

    /// <summary>What is known of an id; null when nothing came under it before.</summary>
    /// <param name="id">What an amount is for.</param>
    internal BudgetSlot? Find(ReservationId id) => slots.TryGetValue(id, out BudgetSlot slot) ? slot : null;

    // Of money the part that fits; outcomes fit or do not.
    private long Fitting(long asked) => Fits(asked, Room) ? asked : Budget.Limit.IsCount ? 0 : Room;

    private long Room => ceiling - committed - reserved is var left && left > Slack ? left : 0;

    // Shares that are no whole units add up to an outcome but for what was rounded: a thousandth is none.
    private long Slack => Budget.Limit.IsCount ? BudgetAmount.UnitsPerOutcome / 1_000 : 0;

    private bool Fits(long asked, long room) => asked <= room || (room > 0 && asked - room <= Slack);

    /// <summary>Sets an amount aside for a result that is not sure yet.</summary>
    /// <param name="id">What it is for; never used for anything else.</param>
    /// <param name="amount">The expected amount; not negative.</param>
    /// <param name="admittedAt">
    /// When whatever led to the result was admitted, such as a touch; null when nothing was yet. What was promised then
    /// is never refused: what is left is set aside, if only in part.
    /// </param>
    public BudgetAnswer Reserve(ReservationId id, BudgetAmount amount, Instant? admittedAt = null)
    {
        long asked = Check(id, amount);
        if (!slots.TryGetValue(id, out BudgetSlot slot) || slot.IsWaiting)
        {
            return !Fits(asked, Room) && Promises(admittedAt)
                ? New(BudgetEntryKind.Reserved, id, asked, Room)
                : Spend(BudgetEntryKind.Reserved, BudgetEntryKind.ReserveRefused, id, asked, Room, paysRest: PaysRest);
        }

        if (slot.Phase == BudgetEntryKind.Expired)
        {
            return Deny(BudgetReasons.AlreadyExpired, id);
        }

        if (!slot.HasReservation)
        {
            return Deny(slot.IsRefused ? BudgetReasons.AlreadyRefused : BudgetReasons.AlreadyCommitted, id);
        }

        return slot.Requested != asked
            ? Conflict(id, slot.Requested, asked)
            : new(Original(asked, slot.Granted, slot.Phase == BudgetEntryKind.ReserveRefused), null);
    }

    /// <summary>Spends an amount, out of what is reserved for it and then out of what is left.</summary>
    /// <param name="id">The reservation, or the id of an amount that nothing was reserved for.</param>
    /// <param name="actual">The amount; not negative. What was reserved beyond it is free again.</param>
    /// <param name="admittedAt">
    /// When whatever led to the result was admitted, such as a touch; null when that is not known. A reservation needs
    /// none: it is a promise itself.
    /// </param>
    /// <returns>
    /// All of what was promised, flagged where it is more than was set aside or than is left. Else, with a reservation,
    /// at most the reserved and the available amount together, and of outcomes nothing that does not fit; without one,
    /// as a reservation would be answered.
    /// </returns>
    public BudgetAnswer Commit(ReservationId id, BudgetAmount actual, Instant? admittedAt = null)
    {
        const BudgetEntryKind Done = BudgetEntryKind.Committed;
        const BudgetEntryKind Refused = BudgetEntryKind.CommitRefused;
        long asked = Check(id, actual);
        if (!slots.TryGetValue(id, out BudgetSlot slot) || slot.IsIdle)
        {
            return !Fits(asked, Room) && Promises(admittedAt)
                ? New(Done, id, asked, asked)
                : Spend(Done, Refused, id, asked, Room, paysRest: PaysRest);
        }

        switch (slot.Phase)
        {
            case BudgetEntryKind.Reserved:
                return KeepsPromises
                    ? New(Done, id, asked, asked)
                    : Spend(Done, Refused, id, asked, slot.Granted + Room, paysRest: !Budget.Limit.IsCount);
            case BudgetEntryKind.Released:
                return Deny(BudgetReasons.AlreadyReleased, id);
            case BudgetEntryKind.ReserveRefused:
                return Deny(BudgetReasons.AlreadyRefused, id);
            default:
                return slot.Asked != asked
                    ? Conflict(id, slot.Asked, asked)
                    : new(Original(asked, slot.Paid, slot.Phase == Refused, FlagOf(id, slot)), null);
        }
    }

    /// <summary>Frees what is reserved: the result did not come, or is not to be paid.</summary>
    /// <param name="id">The reservation.</param>
    /// <returns>Granted with the amount that is free again; denied when there is no open reservation.</returns>
    public BudgetAnswer Release(ReservationId id)
    {
        Check(id);
        if (!slots.TryGetValue(id, out BudgetSlot slot))
        {
            return Deny(BudgetReasons.Unknown, id);
        }

        return slot.Phase switch
        {
            BudgetEntryKind.Reserved or BudgetEntryKind.Waiting =>
                New(BudgetEntryKind.Released, id, slot.Granted, slot.Granted),
            BudgetEntryKind.Released => new(new BudgetDecision.Granted(Of(slot.Granted)), null),
            BudgetEntryKind.Expired => Deny(BudgetReasons.AlreadyExpired, id),
            BudgetEntryKind.Committed => Deny(BudgetReasons.AlreadyCommitted, id),
            _ => Deny(BudgetReasons.AlreadyRefused, id),
        };
    }

    /// <summary>Takes back a part of what was committed; the limit has room for it again.</summary>
    /// <param name="id">The commit.</param>
    /// <param name="correction">The correction that takes it back; the same one counts once for each commit.</param>
    /// <param name="part">The part; not negative, and with all other corrections at most what was committed.</param>
    public BudgetAnswer Reverse(ReservationId id, CorrectionId correction, BudgetAmount part)
    {
        long asked = Check(id, part);
        if (correction.IsUnset)
        {
            throw new ArgumentException("A correction has an id.", nameof(correction));
        }

        if (!slots.TryGetValue(id, out BudgetSlot slot) || slot.Phase != BudgetEntryKind.Committed)
        {
            return Deny(BudgetReasons.NotCommitted, id);
        }

        if (corrections.TryGetValue((id, correction), out BudgetEntry? first))
        {
            return Again(first, BudgetEntryKind.Reversed, asked);
        }

        if (asked > slot.Left)
        {
            Reason reason = Reason.Of(
                BudgetReasons.ReversesTooMuch, ("reservation", id), ("requested", part), ("available", Of(slot.Left)));
            return new(new BudgetDecision.Denied(reason, null), null);
        }

        return New(BudgetEntryKind.Reversed, id, asked, asked, correction);
    }

    /// <summary>Spends more on what was committed, since a correction made it worth more.</summary>
    /// <param name="id">The commit; when nothing came under this id before, what is increased is nothing.</param>
    /// <param name="correction">The correction that increases it; the same one counts once for each commit.</param>
    /// <param name="part">What comes on top; not negative.</param>
    /// <returns>
    /// All of it, flagged where it lies above the limit; with <see cref="CapBehavior.StopAndReject"/> at most what is
    /// left, and of outcomes nothing that does not fit.
    /// </returns>
    public BudgetAnswer Increase(ReservationId id, CorrectionId correction, BudgetAmount part)
    {
        long asked = Check(id, part);
        if (correction.IsUnset)
        {
            throw new ArgumentException("A correction has an id.", nameof(correction));
        }

        if (corrections.TryGetValue((id, correction), out BudgetEntry? first))
        {
            return Again(first, BudgetEntryKind.Increased, asked);
        }

        return slots.TryGetValue(id, out BudgetSlot slot)
            && slot.Phase != BudgetEntryKind.Committed && !slot.IsIdle
            ? Deny(BudgetReasons.NotCommitted, id)
            : New(BudgetEntryKind.Increased, id, asked, KeepsPromises ? asked : Fitting(asked), correction);
    }

    /// <summary>Takes back what earlier results of the period are worth less because of this one.</summary>
    /// <remarks>
    /// Such as a price that falls for all units with the units that are bought. It may be more than was committed under
    /// the id, and, when those results count in other periods, more than was committed in this one.
    /// </remarks>
    /// <param name="id">
    /// The commit that is the cause; nothing needs to have come under this id before. What is reserved for it is free.
    /// </param>
    /// <param name="correction">The entry that takes it back; the same one counts once for each commit.</param>
    /// <param name="part">What is taken back; not negative.</param>
    public BudgetAnswer Return(ReservationId id, CorrectionId correction, BudgetAmount part)
    {
        long asked = Check(id, part);
        if (correction.IsUnset)
        {
            throw new ArgumentException("A correction has an id.", nameof(correction));
        }

        if (corrections.TryGetValue((id, correction), out BudgetEntry? first))
        {
            return Again(first, BudgetEntryKind.Returned, asked);
        }

        return slots.TryGetValue(id, out BudgetSlot slot) && slot.IsClosed
            ? Deny(BudgetReasons.NotCommitted, id)
            : New(BudgetEntryKind.Returned, id, asked, asked, correction);
    }

    /// <summary>Folds an entry in. The only function that changes the state.</summary>
    /// <param name="entry">The next entry of this budget and period.</param>
    /// <param name="decidedAt">When it was decided; not before the entries before it.</param>
    /// <exception cref="ArgumentException">The entry is of another budget, period or currency.</exception>
    /// <exception cref="InvalidOperationException">The entry cannot follow those before it.</exception>
    public void Apply(BudgetEntry entry, Instant decidedAt)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Budget != Budget.Id || !string.Equals(entry.Period, periodKey, StringComparison.Ordinal)
            || entry.Amount.Currency != Budget.Limit.Currency || entry.Requested.Currency != Budget.Limit.Currency)
        {
            throw new ArgumentException("The entry belongs to another budget or period.", nameof(entry));
        }

        AdvanceTo(decidedAt);
        bool isKnown = slots.TryGetValue(entry.Reservation, out BudgetSlot slot);
        long held = isKnown && slot.Phase == BudgetEntryKind.Reserved ? slot.Granted : 0;
        if (!slot.CanTake(entry, isKnown)
            || (entry.Correction is { } correction && !corrections.TryAdd((entry.Reservation, correction), entry)))
        {
            throw new InvalidOperationException($"The entry '{entry.Kind}' cannot follow those before it.");
        }

        bool wasOpen = Room > 0;
        slots[entry.Reservation] = slot.After(entry, isKnown, decidedAt);
        long amount = entry.Amount.Units;
        reserved += entry.Kind == BudgetEntryKind.Reserved ? amount : -held;
        committed += entry.Kind switch
        {
            BudgetEntryKind.Committed or BudgetEntryKind.Increased => amount,
            BudgetEntryKind.Reversed or BudgetEntryKind.Returned => -amount,
            _ => 0,
        };
        told = entry.Alerts is [.., var share] ? Math.Max(told, share.Fraction) : told;
        NoteRoom(wasOpen, decidedAt);
    }

    /// <summary>Sets aside what is left of a reservation that was released just now; never refused.</summary>
    /// <remarks>
    /// Where promises are kept in full, as much as there is room for; else all of it, since the amount is the promise.
    /// </remarks>
    /// <param name="id">The new reservation; never used before.</param>
    /// <param name="amount">The amount; no more than was released.</param>
    /// <param name="since">Since when it has been set aside: its time does not begin again.</param>
    internal BudgetAnswer Keep(ReservationId id, BudgetAmount amount, Instant since)
    {
        long asked = amount.Units;
        BudgetAnswer kept = New(BudgetEntryKind.Reserved, id, asked, KeepsPromises ? Math.Min(asked, Room) : asked);
        return Budget.ReserveFor is null ? kept : kept with { Entry = kept.Entry! with { Since = since } };
    }

    /// <summary>The entry of what was posted before, whatever the budget says now.</summary>
    /// <param name="id">What it was for.</param>
    /// <param name="cause">The entry that came on top of the first; null for the first.</param>
    /// <param name="amount">The amount; not negative.</param>
    internal BudgetEntry Posted(ReservationId id, CorrectionId? cause, BudgetAmount amount)
    {
        BudgetEntryKind kind = cause is null ? BudgetEntryKind.Committed : BudgetEntryKind.Increased;
        return New(kind, id, amount.Units, amount.Units, cause).Entry!;
    }

    /// <summary>The entry of outcomes that count otherwise than before, whatever the budget says now.</summary>
    /// <param name="id">What they were for.</param>
    /// <param name="cause">The entry that changes it.</param>
    /// <param name="more">How many more; below zero how many less.</param>
    internal BudgetAnswer Recount(ReservationId id, CorrectionId cause, BudgetAmount more)
    {
        if (more.Units < 0)
        {
            return Return(id, cause, -more);
        }

        // What is known of the outcome may be older than this: then its entry is here already.
        if (corrections.TryGetValue((id, cause), out BudgetEntry? first))
        {
            return Again(first, BudgetEntryKind.Increased, more.Units);
        }

        BudgetSlot? slot = Find(id);
        return slot is { IsClosed: true }
            ? Deny(BudgetReasons.NotCommitted, id)
            : new(
                new BudgetDecision.Granted(more),
                Posted(id, slot is { Phase: BudgetEntryKind.Reserved } ? null : cause, more));
    }

    private void NoteRoom(bool wasOpen, Instant at)
    {
        bool isOpen = Room > 0;
        if (isOpen == wasOpen)
        {
            return;
        }

        if (isOpen)
        {
            reopenedAt = at;
        }
        else if (reopenedAt != at)
        {
            usedUpAt = at;
        }
    }
}
