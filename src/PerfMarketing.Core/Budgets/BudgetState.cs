using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
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
/// Committed and reserved amounts together never exceed the limit. Every id is answered once: the same id with the same
/// amount gets the original answer, with another amount a conflict. Every function is O(1). Not thread-safe.
/// </para>
/// </remarks>
public sealed class BudgetState
{
    private readonly Dictionary<ReservationId, BudgetSlot> slots = [];
    private readonly Dictionary<(ReservationId Reservation, CorrectionId Correction), BudgetEntry> corrections = [];
    private readonly string periodKey;
    private readonly Instant? resumesAt;
    private long committed;
    private long reserved;

    /// <summary>An untouched budget.</summary>
    /// <param name="budget">A valid budget.</param>
    /// <param name="period">One period of the budget's kind.</param>
    /// <exception cref="ArgumentException">The period is of another kind, or the limit has no currency.</exception>
    public BudgetState(Budget budget, CalendarPeriod period)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (period.Unit != budget.Per || budget.Limit.Currency.IsUnset)
        {
            throw new ArgumentException("A budget has a currency and a period of its own kind.", nameof(period));
        }

        Budget = budget;
        Period = period;
        periodKey = period.Key;
        resumesAt = period.Unit is PeriodUnit.Flight or PeriodUnit.Rolling or PeriodUnit.Lifetime ? null : period.End;
    }

    /// <summary>The budget.</summary>
    public Budget Budget { get; }

    /// <summary>The period.</summary>
    public CalendarPeriod Period { get; }

    /// <summary>
    /// What is spent: committed and not reversed; below zero when more was returned than was spent in the period.
    /// </summary>
    public Money Committed => Of(committed);

    /// <summary>What is set aside for results that are not sure yet.</summary>
    public Money Reserved => Of(reserved);

    /// <summary>What may still be reserved or committed; zero when a limit was lowered below what is used.</summary>
    public Money Available => Of(Room);

    /// <summary>What is known of an id; null when nothing came under it before.</summary>
    /// <param name="id">What an amount is for.</param>
    internal BudgetSlot? Find(ReservationId id) => slots.TryGetValue(id, out BudgetSlot slot) ? slot : null;

    private long Room => Math.Max(0, Budget.Limit.MinorUnits - committed - reserved);

    /// <summary>Sets an amount aside for a result that is not sure yet.</summary>
    /// <param name="id">What it is for; never used for anything else.</param>
    /// <param name="amount">The expected amount; not negative.</param>
    public BudgetAnswer Reserve(ReservationId id, Money amount)
    {
        long asked = Check(id, amount);
        if (!slots.TryGetValue(id, out BudgetSlot slot))
        {
            return Spend(BudgetEntryKind.Reserved, BudgetEntryKind.ReserveRefused, id, asked, Room, paysRest: PaysRest);
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
    /// <returns>
    /// With a reservation at most the reserved and the available amount together; without one, as a reservation would
    /// be answered.
    /// </returns>
    public BudgetAnswer Commit(ReservationId id, Money actual)
    {
        const BudgetEntryKind Done = BudgetEntryKind.Committed;
        const BudgetEntryKind Refused = BudgetEntryKind.CommitRefused;
        long asked = Check(id, actual);
        if (!slots.TryGetValue(id, out BudgetSlot slot))
        {
            return Spend(Done, Refused, id, asked, Room, paysRest: PaysRest);
        }

        switch (slot.Phase)
        {
            case BudgetEntryKind.Reserved:
                return Spend(Done, Refused, id, asked, slot.Granted + Room, paysRest: true);
            case BudgetEntryKind.Released:
                return Deny(BudgetReasons.AlreadyReleased, id);
            case BudgetEntryKind.ReserveRefused:
                return Deny(BudgetReasons.AlreadyRefused, id);
            default:
                return slot.Asked != asked
                    ? Conflict(id, slot.Asked, asked)
                    : new(Original(asked, slot.Paid, slot.Phase == Refused), null);
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
            BudgetEntryKind.Reserved => New(BudgetEntryKind.Released, id, slot.Granted, slot.Granted),
            BudgetEntryKind.Released => new(new BudgetDecision.Granted(Of(slot.Granted)), null),
            BudgetEntryKind.Committed => Deny(BudgetReasons.AlreadyCommitted, id),
            _ => Deny(BudgetReasons.AlreadyRefused, id),
        };
    }

    /// <summary>Takes back a part of what was committed; the limit has room for it again.</summary>
    /// <param name="id">The commit.</param>
    /// <param name="correction">The correction that takes it back; the same one counts once for each commit.</param>
    /// <param name="part">The part; not negative, and with all other corrections at most what was committed.</param>
    public BudgetAnswer Reverse(ReservationId id, CorrectionId correction, Money part)
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
    /// <returns>At most what is left, whatever the budget does with amounts that do not fit.</returns>
    public BudgetAnswer Increase(ReservationId id, CorrectionId correction, Money part)
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

        return slots.TryGetValue(id, out BudgetSlot slot) && slot.Phase != BudgetEntryKind.Committed
            ? Deny(BudgetReasons.NotCommitted, id)
            : New(BudgetEntryKind.Increased, id, asked, Math.Min(asked, Room), correction);
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
    public BudgetAnswer Return(ReservationId id, CorrectionId correction, Money part)
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
    /// <exception cref="ArgumentException">The entry is of another budget, period or currency.</exception>
    /// <exception cref="InvalidOperationException">The entry cannot follow those before it.</exception>
    public void Apply(BudgetEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Budget != Budget.Id || !string.Equals(entry.Period, periodKey, StringComparison.Ordinal)
            || entry.Amount.Currency != Budget.Limit.Currency || entry.Requested.Currency != Budget.Limit.Currency)
        {
            throw new ArgumentException("The entry belongs to another budget or period.", nameof(entry));
        }

        bool isKnown = slots.TryGetValue(entry.Reservation, out BudgetSlot slot);
        long held = isKnown && slot.Phase == BudgetEntryKind.Reserved ? slot.Granted : 0;
        if (!slot.CanTake(entry, isKnown)
            || (entry.Correction is { } correction && !corrections.TryAdd((entry.Reservation, correction), entry)))
        {
            throw new InvalidOperationException($"The entry '{entry.Kind}' cannot follow those before it.");
        }

        slots[entry.Reservation] = slot.After(entry, isKnown);
        long amount = entry.Amount.MinorUnits;
        reserved += entry.Kind == BudgetEntryKind.Reserved ? amount : -held;
        committed += entry.Kind switch
        {
            BudgetEntryKind.Committed or BudgetEntryKind.Increased => amount,
            BudgetEntryKind.Reversed or BudgetEntryKind.Returned => -amount,
            _ => 0,
        };
    }

    private bool PaysRest => Budget.OnExceeded == BudgetOverflow.PayRemainder;

    private static void Check(ReservationId id)
    {
        if (id.IsUnset)
        {
            throw new ArgumentException("A reservation has an id.", nameof(id));
        }
    }

    private long Check(ReservationId id, Money amount)
    {
        Check(id);
        if (amount.Currency != Budget.Limit.Currency)
        {
            throw new CurrencyMismatchException(amount.Currency, Budget.Limit.Currency);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(amount.MinorUnits, nameof(amount));
        return amount.MinorUnits;
    }

    private BudgetAnswer Spend(
        BudgetEntryKind done, BudgetEntryKind refused, ReservationId id, long asked, long room, bool paysRest) =>
        asked <= room || (paysRest && room > 0)
            ? New(done, id, asked, Math.Min(asked, room))
            : New(refused, id, asked, room);

    private BudgetAnswer Again(BudgetEntry first, BudgetEntryKind kind, long asked) =>
        first.Kind == kind && first.Requested.MinorUnits == asked
            ? new(Original(asked, first.Amount.MinorUnits, isRefused: false), null)
            : Conflict(first.Reservation, first.Requested.MinorUnits, asked);

    private BudgetAnswer New(
        BudgetEntryKind kind, ReservationId id, long asked, long amount, CorrectionId? correction = null)
    {
        BudgetEntry entry = new()
        {
            Kind = kind,
            Budget = Budget.Id,
            Period = periodKey,
            Reservation = id,
            Correction = correction,
            Requested = Of(asked),
            Amount = Of(amount),
        };
        bool isRefused = kind is BudgetEntryKind.ReserveRefused or BudgetEntryKind.CommitRefused;
        return new(Original(asked, amount, isRefused), entry);
    }

    private BudgetDecision Original(long asked, long amount, bool isRefused)
    {
        if (amount == asked && !isRefused)
        {
            return new BudgetDecision.Granted(Of(amount));
        }

        Reason reason = Reason.Of(BudgetReasons.Exhausted, ("requested", Of(asked)), ("available", Of(amount)));
        return isRefused
            ? new BudgetDecision.Denied(reason, resumesAt)
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

    private Money Of(long minorUnits) => Money.FromMinor(minorUnits, Budget.Limit.Currency);
}
