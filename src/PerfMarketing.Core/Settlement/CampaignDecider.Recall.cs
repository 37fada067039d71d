using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>Entries of closed statements count again: they were decided, whatever the room says now.</content>
public sealed partial class CampaignDecider
{
    // What is known of the outcome that is decided next, and counts when its leg is, or when the decision is over.
    private readonly List<Recalled> arriving = [];

    /// <summary>Counts an entry of a closed statement.</summary>
    /// <param name="state">The state.</param>
    /// <param name="entry">The entry.</param>
    internal void Restore(CampaignState state, LedgerEntry entry) => Count(state, Know(state, entry, isCounted: true));

    /// <summary>
    /// Takes what closed statements say that the next decision on an outcome posted: it takes room in its turn among
    /// the legs, as it did then.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="entries">The entries.</param>
    internal void Await(CampaignState state, IReadOnlyCollection<LedgerEntry> entries)
    {
        // What re-prices takes up where the adjustment before it left.
        bool inTurn = !entries.Any(static e => e is Repricing);
        foreach (LedgerEntry entry in entries)
        {
            if (arriving.Exists(a => IsOf(a.Entry, entry)))
            {
                // What corrects an earning at once comes after it.
                arriving.Add(new(entry, null, []));
            }
            else if (entry is Earning or Adjustment { Ruling: not null } || (inTurn && entry is Adjustment))
            {
                arriving.Add(Know(state, entry, isCounted: entry is not Earning));
            }
            else
            {
                Restore(state, entry);
            }
        }
    }

    /// <summary>Counts what the decision has passed over.</summary>
    /// <param name="state">The state.</param>
    internal void CountArrived(CampaignState state)
    {
        foreach (Recalled recalled in arriving)
        {
            CountArrived(state, recalled);
        }

        arriving.Clear();
    }

    private void CountArrived(CampaignState state, Recalled recalled) =>
        Count(state, recalled.Known is null ? Know(state, recalled.Entry, isCounted: true) : recalled);

    private void CountArrived(Work work, Leg leg)
    {
        for (int i = 0; i < arriving.Count; i++)
        {
            LedgerEntry entry = arriving[i].Entry;
            if (entry is Earning earning ? SpeaksFor(work, leg, earning)
                : entry is Repricing && !arriving.Exists(a => IsOf(a.Entry, entry)))
            {
                Recalled recalled = arriving[i];
                arriving.RemoveAt(i--);
                CountArrived(work.State, recalled);
            }
        }
    }

    // What closed statements say that a correction made of a leg takes or gives room in the leg's turn.
    private void CountAdjusted(Work work, IEnumerable<Earning> leg)
    {
        for (int i = 0; i < arriving.Count; i++)
        {
            if (arriving[i] is { Known: not null, Entry: Adjustment adjusted }
                && leg.Any(e => e.Id == adjusted.Corrects))
            {
                Recalled recalled = arriving[i];
                arriving.RemoveAt(i--);
                CountArrived(work.State, recalled);
            }
        }
    }

    // Whether a later entry is about an earning.
    private static bool IsOf(LedgerEntry earned, LedgerEntry entry) => earned is Earning && earned.Id == entry switch
    {
        Adjustment adjustment => adjustment.Corrects,
        Amendment amendment => amendment.Corrects,
        Repricing repricing => repricing.CausedBy,
        _ => default,
    };

    private Recalled Know(CampaignState state, LedgerEntry entry, bool isCounted)
    {
        Earning? before = entry is Amendment amended
            ? state.Known(amended.OutcomeId).Earnings.FirstOrDefault(e => e.Earning.Id == amended.Corrects)?.Standing
            : null;
        EarningState[] earnedBefore = EarnedBefore(state.Known(entry.OutcomeId));
        if (isCounted)
        {
            state.Apply(entry);
        }
        else
        {
            state.Know((Earning)entry);
        }

        return new(entry, before, earnedBefore)
        {
            Known = entry is PeriodEarning or ManualEntry ? null : state.Known(entry.OutcomeId),
            IsUncounted = !isCounted,
        };
    }

    private void Count(CampaignState state, Recalled recalled)
    {
        LedgerEntry entry = recalled.Entry;
        if (recalled.IsUncounted)
        {
            state.Add((Earning)entry);
        }

        if (entry is PeriodEarning period && campaign.FindContract(entry.Contract, entry.Version) is { } paying)
        {
            foreach (LimitMoved moved in UsesOf(paying, period))
            {
                state.Apply(moved);
            }
        }

        if (entry is not DisputeHold && recalled.Known is { } known)
        {
            CountInBudgets(state, recalled, known);
            CountInLimits(state, recalled, known);
        }
    }

    private void CountInBudgets(CampaignState state, Recalled recalled, OutcomeState known)
    {
        LedgerEntry entry = recalled.Entry;
        EarningState? earned = EarningOf(known, entry);
        BudgetKey key = new(
            entry.Contract,
            earned?.Earning.Clause ?? entry.Clause,
            entry.OutcomeId,
            earned is null ? 0 : ApartOf(known, earned));
        BudgetUse use = earned?.Earning is { } first ? UseOf(key, first) : new(key, entry.OccurredAt);
        Recounted counted = new(recalled.EarnedBefore, known, key) { ApartOf = e => ApartOf(known, e) };
        foreach (BudgetState budget in BudgetsOf(state, use, entry.DecidedAt))
        {
            if (EntryOf(budget, key, entry, counted) is { } moved)
            {
                budget.Apply(moved, entry.DecidedAt);
                state.QueueOf(budget)?.Leave(entry.OccurredAt, entry.OutcomeId, moved.Reservation);
            }
        }

        LeaveElsewhere(state, known, use, entry.DecidedAt);
        LeaveQueues(state, known, use, entry);
    }

    private void CountInLimits(CampaignState state, Recalled recalled, OutcomeState known)
    {
        LedgerEntry entry = recalled.Entry;
        foreach (LimitMoved left in recalled.Before is not { } before ? [] : LeftBy(
            known, before, e => ApartOf(known, e), entry.DecidedAt))
        {
            state.Apply(left);
        }

        if (RoomedClauseOf(entry) is { } roomed)
        {
            ValueList<LimitMoved> uses = UsesOf(
                known, roomed.Contract, roomed.Clause, e => ApartOf(known, e), entry.DecidedAt);
            foreach (LimitMoved moved in entry is Earning earning
                ? uses.Concat(LeftByLeg(state, known, earning, uses)).ToArray()
                : [.. uses])
            {
                state.Apply(moved);
            }
        }
    }

    // Rooms that the leg held for partners of whom a late touch took the credit.
    private IEnumerable<LimitMoved> LeftByLeg(
        CampaignState state, OutcomeState known, Earning earning, ValueList<LimitMoved> uses)
    {
        int apart = ApartOf(known, known.StateOf(earning.Id));
        return
            from key in RoomsBefore(known, earning.Contract, earning.Clause, apart)
            where !uses.Any(u => u.Key == key)
                && state.LimitOf(key)?.Find(earning.Clause, earning.OutcomeId, apart).Phase
                    is LimitPhase.Reserved or LimitPhase.Waiting
            select new LimitMoved
            {
                OutcomeId = earning.OutcomeId,
                DecidedAt = earning.DecidedAt,
                Key = key,
                Entry = EntryOf((earning.Clause, apart), earning.OutcomeId, earning.OccurredAt, LimitPhase.Free, 0),
            };
    }

    private BudgetEntry? EntryOf(BudgetState budget, BudgetKey key, LedgerEntry entry, Recounted counted)
    {
        ReservationId id = ReservationOf(budget, key);
        CorrectionId cause = new(entry.Id.Value);
        bool isFirst = entry is Earning
            && budget.Find(id) is null or { Phase: BudgetEntryKind.Reserved } or { IsIdle: true };
        BudgetAmount moved = counted.In(budget.Budget) ?? entry.Amount;
        if (moved.Currency != budget.Budget.Limit.Currency || (moved is { IsCount: true, Units: 0 } && !isFirst))
        {
            return null;
        }

        return moved.Units < 0
            ? budget.Return(id, cause, -moved).Entry
            : budget.Posted(id, isFirst ? null : cause, moved);
    }

    /// <summary>An entry of a closed statement.</summary>
    /// <param name="Entry">The entry.</param>
    /// <param name="Before">By what terms the earning stood before it; null when it amends none.</param>
    /// <param name="EarnedBefore">What was earned of the outcome before it.</param>
    private sealed record Recalled(LedgerEntry Entry, Earning? Before, EarningState[] EarnedBefore)
    {
        /// <summary>The outcome with it; null when it is about none, or not known yet.</summary>
        public OutcomeState? Known { get; init; }

        /// <summary>Whether tallies have still to count it.</summary>
        public bool IsUncounted { get; init; }
    }
}
