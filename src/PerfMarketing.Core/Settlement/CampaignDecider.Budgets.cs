using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Contracts;
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
    /// <summary>Counts the entries of closed statements as spent.</summary>
    /// <param name="state">The state, whose budgets nothing was spent of yet.</param>
    /// <param name="entries">The entries, in the order in which they were decided.</param>
    internal void RestoreBudgets(CampaignState state, IEnumerable<LedgerEntry> entries)
    {
        var legs = entries.GroupBy(static e => (e.Contract, e.Clause, e.OutcomeId, e.OccurredAt));
        foreach (var leg in legs)
        {
            Work work = new(state, leg.Key.OutcomeId, leg.First().DecidedAt);
            Money[] earned = [.. leg.OfType<Earning>().Select(static e => e.Amount)];
            if (earned.Length > 0 && Sum(earned) is { MinorUnits: > 0 } sum)
            {
                ReservationId id = ReservationOf(leg.Key.Contract, leg.Key.Clause, leg.Key.OutcomeId);
                Spend(work, leg.Key.OccurredAt, budget => budget.Commit(id, sum));
            }

            foreach (Adjustment adjustment in leg.OfType<Adjustment>())
            {
                Return(work, adjustment);
            }
        }
    }

    // Sets the expected amount aside; a budget that has no room refuses the leg.
    private Qualification.Rejected? Reserve(
        Work work, Contract contract, Clause clause, Outcome outcome, Money expected)
    {
        if (expected.MinorUnits <= 0)
        {
            return null;
        }

        ReservationId id = ReservationOf(contract.Id, clause.Id, outcome.Id);
        foreach (BudgetState budget in BudgetsOf(work.State, outcome.At))
        {
            if (budget.Reserve(id, expected).Decision is BudgetDecision.Denied { Reason: var reason }
                && !IsHeld(budget, id, expected))
            {
                return new Qualification.Rejected([OverBudget(budget, reason)]);
            }
        }

        Spend(work, outcome.At, budget => budget.Reserve(id, expected));
        return null;
    }

    // What all budgets together can pay of an amount; null when one refuses it.
    private Money? Commit(
        Work work,
        Contract contract,
        Clause clause,
        Outcome outcome,
        Money due,
        out Qualification.Rejected? refusal)
    {
        refusal = null;
        if (due.MinorUnits <= 0)
        {
            return due;
        }

        ReservationId id = ReservationOf(contract.Id, clause.Id, outcome.Id);
        Money payable = due;
        foreach (BudgetState budget in BudgetsOf(work.State, outcome.At))
        {
            BudgetDecision decision = budget.Commit(id, due).Decision;
            if (decision is BudgetDecision.Denied denied)
            {
                refusal = new Qualification.Rejected([OverBudget(budget, denied.Reason)]);
                return null;
            }

            if (decision is BudgetDecision.Partial { Available: var available } && available < payable)
            {
                payable = available;
            }
        }

        Spend(work, outcome.At, budget => budget.Commit(id, payable));
        return payable;
    }

    // Frees what is set aside for legs that are no longer planned.
    private void ReleaseOthers(Work work, List<Leg> legs)
    {
        OutcomeState known = work.Known;
        foreach (LegDecision leg in known.Decision?.Legs ?? [])
        {
            bool waits = leg.Qualification is Qualification.Pending or Qualification.Disputed;
            if (waits && !legs.Exists(l => leg.IsOf(l.Contract, l.Clause)))
            {
                Release(work, leg.Contract, leg.Clause, known.Outcome!.At);
            }
        }
    }

    private void Release(Work work, ContractId contract, ClauseId clause, Instant occurredAt)
    {
        ReservationId id = ReservationOf(contract, clause, work.Id);
        Spend(work, occurredAt, budget => budget.Release(id));
    }

    // What a correction takes back may be spent again.
    private void Return(Work work, Adjustment adjustment)
    {
        if (adjustment.Amount.MinorUnits >= 0)
        {
            return;
        }

        // One correction takes back once from each partner's earning, so the earning is part of the correction's key.
        CorrectionId key = new(adjustment.Id.Value);
        ReservationId id = ReservationOf(adjustment.Contract, adjustment.Clause, adjustment.OutcomeId);
        Spend(work, adjustment.OccurredAt, budget => budget.Reverse(id, key, -adjustment.Amount));
    }

    private void Spend(Work work, Instant occurredAt, Func<BudgetState, BudgetAnswer> move)
    {
        foreach (BudgetState budget in BudgetsOf(work.State, occurredAt))
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

    private List<BudgetState> BudgetsOf(CampaignState state, Instant occurredAt)
    {
        List<BudgetState> states = [];
        foreach (Budget budget in campaign.Budgets)
        {
            states.Add(state.BudgetOf(budget, occurredAt));
        }

        return states;
    }

    // A pending outcome that is looked at again keeps what was set aside, although the amount may have changed since.
    private static bool IsHeld(BudgetState budget, ReservationId id, Money expected) =>
        budget.Release(id).Decision is BudgetDecision.Granted { Amount: var held }
            && (held.MinorUnits > 0 || expected.MinorUnits == 0);

    private static Reason OverBudget(BudgetState budget, Reason reason) => Reason.Of(
        SettlementReasons.OverBudget,
        ("budget", budget.Budget.Id),
        ("period", budget.Period.Key),
        ("available", budget.Available),
        ("because", reason.Code));

    private ReservationId ReservationOf(ContractId contract, ClauseId clause, OutcomeId outcome) => new(DerivedId.Of(
        "reservation", campaign.Id.Value, contract.Value, clause.Value, outcome.Value));
}
