using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement.Bookings;

namespace PerfMarketing.Settlement;

/// <content>What decisions do to budgets.</content>
public sealed partial class CampaignDecider
{
    private (BudgetKey Key, ReservationId Id) asked;

    /// <summary>Counts an entry of a closed statement: it was decided, whatever the budgets say now.</summary>
    /// <param name="state">The state.</param>
    /// <param name="entry">The entry.</param>
    internal void Restore(CampaignState state, LedgerEntry entry)
    {
        Earning? before = entry is Amendment amended
            ? state.Known(amended.OutcomeId).Earnings.FirstOrDefault(e => e.Earning.Id == amended.Corrects)?.Standing
            : null;
        state.Apply(entry);
        if (entry is PeriodEarning period && campaign.FindContract(entry.Contract, entry.Version) is { } paying)
        {
            foreach (LimitMoved moved in UsesOf(paying, period))
            {
                state.Apply(moved);
            }
        }

        if (entry is PeriodEarning or ManualEntry or DisputeHold)
        {
            return;
        }

        OutcomeState known = state.Known(entry.OutcomeId);
        EarningState? earned = EarningOf(known, entry);
        BudgetKey key = new(
            entry.Contract,
            earned?.Earning.Clause ?? entry.Clause,
            entry.OutcomeId,
            earned is null ? 0 : ApartOf(known, earned));
        foreach (BudgetState budget in BudgetsOf(state, entry.Contract, entry.OccurredAt))
        {
            if (entry.Amount.Currency == budget.Budget.Limit.Currency && EntryOf(budget, key, entry) is { } moved)
            {
                budget.Apply(moved);
            }
        }

        foreach (LimitMoved left in before is null ? [] : LeftBy(
            known, before, e => ApartOf(known, e), entry.DecidedAt))
        {
            state.Apply(left);
        }

        if (RoomedClauseOf(entry) is { } roomed)
        {
            foreach (LimitMoved moved in UsesOf(
                known, roomed.Contract, roomed.Clause, e => ApartOf(known, e), entry.DecidedAt))
            {
                state.Apply(moved);
            }
        }
    }

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

    private static BudgetKey KeyOf(Work work, Earning earning) => EarningOf(work.Known, earning) is { } earned
        ? new(earning.Contract, earned.Earning.Clause, earning.OutcomeId, ApartOf(work, earned))
        : new(earning.Contract, earning.Clause, earning.OutcomeId, 0);

    private BudgetEntry? EntryOf(BudgetState budget, BudgetKey key, LedgerEntry entry)
    {
        ReservationId id = ReservationOf(budget, key);
        CorrectionId cause = new(entry.Id.Value);
        if (entry.Amount.MinorUnits < 0)
        {
            return budget.Return(id, cause, -entry.Amount).Entry;
        }

        bool isFirst = entry is Earning && budget.Find(id) is null or { Phase: BudgetEntryKind.Reserved };
        return new()
        {
            Kind = isFirst ? BudgetEntryKind.Committed : BudgetEntryKind.Increased,
            Budget = budget.Budget.Id,
            Period = budget.Period.Key,
            Reservation = id,
            Correction = isFirst ? null : cause,
            Requested = entry.Amount,
            Amount = entry.Amount,
        };
    }

    // Sets the expected amount aside; a budget that has no room refuses the leg.
    private Qualification.Rejected? Reserve(Work work, BudgetKey key, Instant occurredAt, Money expected)
    {
        BudgetState[] budgets = BudgetsOf(work.State, key.Contract, occurredAt);
        foreach (BudgetState budget in budgets)
        {
            if (HeldBy(budget, key) == 0 && expected.MinorUnits > 0
                && budget.Reserve(ReservationOf(budget, key), expected).Decision is BudgetDecision.Denied denied)
            {
                Release(work, key, occurredAt);
                return new([OverBudget(budget, denied.Reason)]);
            }
        }

        // A pending outcome that is looked at again gives back what it no longer needs, and is never refused for it.
        Spend(work, budgets, occurredAt, budget => HeldBy(budget, key) > expected.MinorUnits
            ? budget.Release(ReservationOf(budget, key))
            : default);
        Spend(work, budgets, occurredAt, budget => HeldBy(budget, key) == 0 && expected.MinorUnits > 0
            ? budget.Reserve(ReservationOf(budget, key), expected)
            : default);
        return null;
    }

    // What all budgets together can pay of an amount; null when one refuses it.
    private Money? Granted(Work work, BudgetKey key, Instant occurredAt, Money due, out Reason? refusal)
    {
        refusal = null;
        Money payable = due;
        foreach (BudgetState budget in due.MinorUnits > 0 ? BudgetsOf(work.State, key.Contract, occurredAt) : [])
        {
            BudgetDecision decision = budget.Commit(ReservationOf(budget, key), due).Decision;
            if (decision is BudgetDecision.Denied denied)
            {
                refusal = OverBudget(budget, denied.Reason);
                return null;
            }

            payable = decision is BudgetDecision.Partial partial ? Money.Min(payable, partial.Available) : payable;
        }

        return payable;
    }

    private void Commit(Work work, BudgetKey key, Instant occurredAt, Money payable)
    {
        if (IsBudgeted(key.Contract))
        {
            CommitIn(work, key, occurredAt, payable);
        }
    }

    private bool IsBudgeted(ContractId contract) => campaign.Budgets.Count > 0 && campaign.Spends(contract);

    private void CommitIn(Work work, BudgetKey key, Instant occurredAt, Money payable)
    {
        if (payable.MinorUnits > 0)
        {
            BudgetState[] budgets = BudgetsOf(work.State, key.Contract, occurredAt);
            Spend(work, budgets, occurredAt, budget => budget.Commit(ReservationOf(budget, key), payable));
        }
        else if (payable.MinorUnits < 0)
        {
            // What a leg takes back leaves the room that it says.
            Spend(work, BudgetsOf(work.State, key.Contract, occurredAt), occurredAt, budget =>
            {
                ReservationId id = ReservationOf(budget, key);
                return budget.Return(id, new(id.Value), -payable);
            });
        }
        else
        {
            Release(work, key, occurredAt);
        }
    }

    private void Release(Work work, BudgetKey key, Instant occurredAt)
    {
        if (IsBudgeted(key.Contract))
        {
            ReleaseIn(work, key, occurredAt);
        }
    }

    private void ReleaseIn(Work work, BudgetKey key, Instant occurredAt) => Spend(
        work,
        BudgetsOf(work.State, key.Contract, occurredAt),
        occurredAt,
        budget => HeldBy(budget, key) > 0 ? budget.Release(ReservationOf(budget, key)) : default);

    // Frees what is set aside for legs that are no longer planned.
    private void ReleaseOthers(Work work, List<Leg> legs)
    {
        OutcomeState known = work.Known;
        foreach (LegDecision leg in known.Decision?.Legs ?? [])
        {
            bool waits = leg.Qualification is Qualification.Pending or Qualification.Disputed;
            if (waits && !legs.Exists(l => IsSame(l, leg)))
            {
                Release(work, new(leg.Contract, leg.Clause, work.Id, leg.Apart), known.Outcome!.At);
                LeaveRooms(work, leg, known.Outcome);
            }
        }
    }

    // What a later entry does to limits and budgets: less gives room back, more is paid as far as both have room.
    private (Money Allowed, Money Paid) Move(
        Work work, Earning earning, EntryId entry, Money change, ref Reason reason)
    {
        if (change.MinorUnits < 0)
        {
            Return(work, earning, entry, -change);
        }

        if (change.MinorUnits <= 0)
        {
            return (change, change);
        }

        Money allowed = WithinLimits(work, earning, change, ref reason);
        return (allowed, Increase(work, earning, entry, allowed, ref reason));
    }

    // What a correction takes back may be spent again.
    private void Return(Work work, Earning earning, EntryId adjustment, Money back)
    {
        // One correction takes back once from each partner's earning, so the earning is part of the correction's key.
        BudgetKey key = KeyOf(work, earning);
        CorrectionId cause = new(adjustment.Value);
        Spend(
            work,
            BudgetsOf(work.State, earning.Contract, earning.OccurredAt),
            earning.OccurredAt,
            budget => budget.Return(ReservationOf(budget, key), cause, back));
    }

    // A correction up is paid as far as all budgets have room: a hard limit is never exceeded.
    private Money Increase(Work work, Earning earning, EntryId adjustment, Money more, ref Reason reason)
    {
        BudgetKey key = KeyOf(work, earning);
        CorrectionId cause = new(adjustment.Value);
        Money payable = more;
        BudgetState[] budgets = BudgetsOf(work.State, earning.Contract, earning.OccurredAt);
        foreach (BudgetState budget in budgets)
        {
            if (budget.Available < payable)
            {
                payable = budget.Available;
                reason = OverBudget(budget, new(BudgetReasons.Exhausted));
            }
        }

        Spend(work, budgets, earning.OccurredAt, budget => budget.Increase(ReservationOf(budget, key), cause, payable));
        return payable;
    }

    private static void Spend(
        Work work, BudgetState[] budgets, Instant occurredAt, Func<BudgetState, BudgetAnswer> move)
    {
        foreach (BudgetState budget in budgets)
        {
            if (move(budget).Entry is { } entry)
            {
                work.Add(new BudgetMoved
                {
                    OutcomeId = work.Id,
                    DecidedAt = work.AsOf,
                    OccurredAt = occurredAt,
                    Entry = entry,
                });
            }
        }
    }

    private BudgetState[] BudgetsOf(CampaignState state, ContractId contract, Instant occurredAt)
    {
        ValueList<Budget> budgets = IsBudgeted(contract) ? campaign.Budgets : [];
        BudgetState[] states = budgets.Count == 0 ? [] : new BudgetState[budgets.Count];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = state.BudgetOf(budgets[i], occurredAt);
        }

        return states;
    }

    private long HeldBy(BudgetState budget, BudgetKey key) =>
        budget.Find(ReservationOf(budget, key)) is { Phase: BudgetEntryKind.Reserved } slot ? slot.Granted : 0;

    private static Reason OverBudget(BudgetState budget, Reason reason) => Reason.Of(
        SettlementReasons.OverBudget,
        ("budget", budget.Budget.Id),
        ("period", budget.Period.Key),
        ("available", budget.Available),
        ("because", reason.Code));

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

    /// <summary>What budgets spend on: one clause's price of one outcome.</summary>
    /// <param name="Contract">The contract.</param>
    /// <param name="Clause">The clause.</param>
    /// <param name="Outcome">The outcome.</param>
    /// <param name="Apart">The version, where an earlier one pays other partners by the same clause; else 0.</param>
    private readonly record struct BudgetKey(ContractId Contract, ClauseId Clause, OutcomeId Outcome, int Apart);
}
