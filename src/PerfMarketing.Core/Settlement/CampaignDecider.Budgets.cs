using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>What decisions do to budgets.</content>
public sealed partial class CampaignDecider
{
    private (BudgetKey Key, ReservationId Id) asked;

    // What was committed under a clause stays so, also when other terms price it since.
    private static EarningState? EarningOf(OutcomeState known, LedgerEntry entry)
    {
        foreach (EarningState earned in known.Earnings)
        {
            if (earned.Earning.Contract == entry.Contract && earned.Earning.Partner == entry.Partner
                && earned.Standing.Clause == entry.Clause)
            {
                return earned;
            }
        }

        return null;
    }

    // Sets the expected amount aside, which no budget refuses.
    private void Reserve(Work work, in BudgetUse use, BudgetAsk expected)
    {
        if (!IsBudgeted(use.Key.Contract))
        {
            return;
        }

        LeaveElsewhere(work, use);
        BudgetKey key = use.Key;
        Instant admittedAt = use.TouchedAt;
        BudgetState[] budgets = BudgetsOf(work, use);
        Spend(work, budgets, use, budget => budget.Expire(ReservationOf(budget, key), work.AsOf));

        // A pending outcome that is looked at again gives back what it no longer needs, and is never refused for it:
        // what it still needs was set aside before.
        Dictionary<BudgetState, Instant> lowered = [];
        Spend(work, budgets, use, budget => expected.Of(budget.Budget) is var needed
            && ((HeldBy(budget, key) > needed.Units && lowered.TryAdd(budget, HeldSince(budget, key)))
                || (needed.Units == 0 && IsKnownTo(budget, key)))
            ? budget.Release(ReservationOf(budget, key))
            : default);
        Spend(work, budgets, use, budget => expected.Of(budget.Budget) is var needed
            && (IsHeldBy(budget, key) || needed.Units == 0) ? default
            : lowered.TryGetValue(budget, out Instant since) ? budget.Keep(ReservationOf(budget, key), needed, since)
            : budget.Reserve(ReservationOf(budget, key), needed, admittedAt));
    }

    // When the first of what is set aside expires.
    private Instant? ExpiryOf(Work work, in BudgetUse use)
    {
        Instant? first = null;
        foreach (BudgetState budget in expires ? BudgetsOf(work, use) : [])
        {
            first = Earlier(first, budget.ExpiresAt(ReservationOf(budget, use.Key)));
        }

        return first;
    }

    // What a budget answers when an amount is asked for: to be paid, or to be set aside unless that was done.
    private BudgetDecision? Ask(BudgetState budget, in BudgetUse use, BudgetAmount due, bool isSure)
    {
        ReservationId id = ReservationOf(budget, use.Key);
        return isSure ? budget.Commit(id, due, use.TouchedAt).Decision
            : budget.Find(id) is not { Phase: BudgetEntryKind.Reserved or BudgetEntryKind.Expired }
                ? budget.Reserve(id, due, use.TouchedAt).Decision
            : null;
    }

    private void Commit(Work work, Leg leg, in BudgetUse use, BudgetAsk payable)
    {
        if (IsBudgeted(use.Key.Contract))
        {
            CommitIn(work, leg, use, payable);
        }
    }

    private bool IsBudgeted(ContractId contract) => campaign.Budgets.Count > 0 && campaign.Spends(contract);

    private void CommitIn(Work work, Leg leg, in BudgetUse use, BudgetAsk payable)
    {
        BudgetKey key = use.Key;
        Instant admittedAt = use.TouchedAt;
        Spend(work, BudgetsOf(work, use), use, budget =>
        {
            ReservationId id = ReservationOf(budget, key);
            BudgetAmount due = payable.Of(budget.Budget);
            if (due.Units <= 0)
            {
                // What a leg takes back leaves the room that it says.
                return due.Units < 0 ? budget.Return(id, new(id.Value), -due)
                    : IsKnownTo(budget, key) ? budget.Release(id)
                    : default;
            }

            BudgetAnswer answer = budget.Commit(id, due, admittedAt);
            NoteExcess(leg, budget, answer, payable.Money);
            return answer;
        });

        LeaveElsewhere(work, use);
    }

    // Who bears what lies above a budget is said of the leg, and of what it posts.
    private static void NoteExcess(Leg leg, BudgetState budget, in BudgetAnswer answer, Money paid)
    {
        if (answer is { Entry: { } entry, Decision: BudgetDecision.Granted { Flag: { } flag } })
        {
            leg.Notes = leg.Notes.Add(OverReserve(budget, flag));
            Money over = entry.Excess is { } excess
                ? MoneyAbove(excess, entry.Amount, paid)
                : Money.Zero(paid.Currency);
            leg.OverBudget = over.MinorUnits > 0 ? Money.Max(leg.OverBudget ?? over, over) : leg.OverBudget;
        }
    }

    private static Reason OverReserve(BudgetState budget, Reason flag) => new(
        SettlementReasons.OverReserve,
        [
            new("budget", budget.Budget.Id.Value),
            new("period", budget.Period.Key),
            .. flag.Args.Where(static a => a.Name is "reserved" or "over"),
        ]);

    private void Release(Work work, in BudgetUse use)
    {
        if (IsBudgeted(use.Key.Contract))
        {
            LeaveElsewhere(work, use);
            ReleaseIn(work, use, BudgetsOf(work, use));
        }
    }

    private void ReleaseIn(Work work, in BudgetUse use, BudgetState[] budgets)
    {
        BudgetKey key = use.Key;
        Spend(work, budgets, use, budget => IsKnownTo(budget, key)
            ? budget.Release(ReservationOf(budget, key))
            : default);
    }

    // Frees what is set aside for legs that are no longer planned.
    private void ReleaseOthers(Work work, List<Leg> legs)
    {
        OutcomeState known = work.Known;
        foreach (LegDecision leg in known.Decision?.Legs ?? [])
        {
            bool waits = leg.Qualification is Qualification.Pending or Qualification.Disputed;
            if (waits && !legs.Exists(l => IsSame(l, leg)))
            {
                Outcome outcome = known.Outcome!;
                Release(work, UseOf(work, new BudgetKey(leg.Contract, leg.Clause, work.Id, leg.Apart), outcome));
                LeaveRooms(work, leg, outcome);
            }
        }
    }

    // What a later entry does to limits and budgets: less gives room back, more is paid as far as both have room.
    private MovedAmount Move(
        Work work, Earning earning, EntryId entry, (Money Change, Money Net) moved, ref Reason reason)
    {
        Money change = moved.Change;
        if (change.MinorUnits < 0)
        {
            Return(work, earning, entry, -change);
        }

        if (change.MinorUnits <= 0)
        {
            return new(change, change, GivenBack(work, earning, change));
        }

        Money allowed = WithinLimits(work, earning, change, ref reason);
        return Increase(work, earning, entry, (allowed, moved.Net), ref reason);
    }

    // What is taken back of an earning is first of all what of it lay above budgets: nobody bears that any more.
    private static Money? GivenBack(Work work, Earning earning, Money change) =>
        change.MinorUnits < 0 && work.Known.Earnings.FirstOrDefault(e => e.Earning.Id == earning.Id) is
        { OverBudget: { MinorUnits: > 0 } over }
            ? Money.Max(change, -over)
            : null;

    // What a correction takes back may be spent again.
    private void Return(Work work, Earning earning, EntryId adjustment, Money back)
    {
        if (!IsBudgeted(earning.Contract))
        {
            return;
        }

        // One correction takes back once from each partner's earning, so the earning is part of the correction's key.
        BudgetUse use = UseOf(work, earning);
        BudgetKey key = use.Key;
        CorrectionId cause = new(adjustment.Value);
        Spend(
            work,
            BudgetsOf(work, use, isCount: false),
            use,
            budget => budget.Return(ReservationOf(budget, key), cause, back));
    }

    // A correction up is paid as far as all budgets have room, or promise it. Outcomes are counted when it is posted.
    private MovedAmount Increase(
        Work work, Earning earning, EntryId adjustment, (Money More, Money Net) moved, ref Reason reason)
    {
        if (!IsBudgeted(earning.Contract))
        {
            return new(moved.More, moved.More, null);
        }

        BudgetUse use = UseOf(work, earning);
        BudgetKey key = use.Key;
        CorrectionId cause = new(adjustment.Value);
        Money payable = moved.More;
        Recounted counted = CountedWith(work, earning, key, moved.Net);
        BudgetState[] budgets = BudgetsOf(work, use);
        foreach (BudgetState budget in budgets)
        {
            if (!budget.KeepsPromises && LeftIn(budget, counted, payable) < payable)
            {
                payable = LeftIn(budget, counted, payable);
                reason = OverBudget(new(budget, BudgetReasons.Exhausted));
            }
        }

        Money over = Money.Zero(payable.Currency);
        foreach (BudgetState budget in budgets)
        {
            over = counted.In(budget.Budget) is { Units: > 0 } more && !budget.HasRoomFor(more)
                ? Money.Max(over, BudgetAmount.PartOf(payable, more - budget.Available, more))
                : over;
        }

        Spend(work, BudgetsOf(work, use, isCount: false), use, budget =>
        {
            BudgetAnswer answer = budget.Increase(ReservationOf(budget, key), cause, payable);
            over = answer.Entry?.Excess is { } excess ? Money.Max(over, excess.Paid) : over;
            return answer;
        });
        return new(moved.More, payable, over.MinorUnits == 0 ? null : over);
    }

    private static void Spend(
        Work work, BudgetState[] budgets, in BudgetUse use, Func<BudgetState, BudgetAnswer> move)
    {
        foreach (BudgetState budget in budgets)
        {
            if (move(budget).Entry is { } entry)
            {
                Instant at = use.At(budget.Budget);
                work.Add(new BudgetMoved
                {
                    OutcomeId = work.Id,
                    DecidedAt = work.AsOf,
                    OccurredAt = use.OccurredAt,
                    CountsAt = at == use.OccurredAt ? null : at,
                    Entry = entry,
                });
            }
        }
    }

    private bool IsHeldBy(BudgetState budget, BudgetKey key) =>
        budget.Find(ReservationOf(budget, key)) is { Phase: BudgetEntryKind.Reserved };

    // Whether something is set aside, or waits for room.
    private bool IsKnownTo(BudgetState budget, BudgetKey key) => budget.Find(ReservationOf(budget, key)) is
    { Phase: BudgetEntryKind.Reserved or BudgetEntryKind.Waiting };

    private long HeldBy(BudgetState budget, BudgetKey key) =>
        budget.Find(ReservationOf(budget, key)) is { Phase: BudgetEntryKind.Reserved } slot ? slot.Granted : 0;

    private Instant HeldSince(BudgetState budget, BudgetKey key) =>
        budget.Find(ReservationOf(budget, key))!.Value.ReservedAt;

    // What was released is never reserved again under the same name: every attempt of a leg has its own.
    private ReservationId ReservationOf(BudgetState budget, BudgetKey key)
    {
        // One leg asks for its name several times.
        if (asked.Key != key || asked.Id.IsUnset)
        {
            asked = (key, IdOf(key, null));
        }

        ReservationId id = asked.Id;
        for (int attempt = 2; budget.Find(id) is { Phase: BudgetEntryKind.Released }; attempt++)
        {
            id = IdOf(key, InvariantText.Of(attempt));
        }

        return id;
    }

    private ReservationId IdOf(BudgetKey key, string? attempt) => new(key.Apart == 0
        ? DerivedId.Of(
            "reservation", campaign.Id.Value, key.Contract.Value, key.Clause.Value, key.Outcome.Value, attempt)
        : DerivedId.Of(
            "reservation-beside",
            campaign.Id.Value,
            key.Contract.Value,
            InvariantText.Of(key.Apart),
            key.Clause.Value,
            key.Outcome.Value,
            attempt));
}
