using FluentValidation.Results;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says where an insertion order disagrees with itself or with its contract.</summary>
internal static class InsertionOrderCheck
{
    private const string Root = nameof(ContractDraft.InsertionOrder);

    public static IEnumerable<ValidationFailure> Of(ContractDraft contract) =>
        contract.InsertionOrder is { } order ? Terms(contract, order).Concat(Deliverables(contract, order)) : [];

    private static IEnumerable<ValidationFailure> Terms(ContractDraft contract, InsertionOrder order)
    {
        if (order.MaximumSpend is { } spend && (spend.MinorUnits <= 0 || spend.Currency != contract.Currency))
        {
            yield return Failure(
                nameof(order.MaximumSpend),
                InsertionOrderCodes.MaximumSpend,
                "A maximum spend is above zero and in the contract's currency.");
        }
        else if (order.MaximumSpend is { } most && FixedCost(contract, order) is { } cost && cost > most)
        {
            yield return Failure(
                nameof(order.MaximumSpend),
                InsertionOrderCodes.SpendTooLow,
                $"The deliverables with fixed prices cost {cost}, more than the maximum spend of {most}.");
        }

        if (order.Dates is { } dates && contract.Effective is { } effective && !Covers(effective, dates))
        {
            yield return Failure(
                nameof(order.Dates),
                InsertionOrderCodes.Dates,
                $"The contract is in force on {effective}, not on all of {dates}.");
        }

        if (order.ThirdPartyCounter is { } counter && IsParty(contract, counter))
        {
            yield return Failure(
                nameof(order.ThirdPartyCounter),
                InsertionOrderCodes.CounterNotThird,
                "Who counts as a third party is neither payer nor partner.");
        }

        if (order.CancellationDays is < 0 or > InsertionOrder.CancellationDaysMax)
        {
            yield return Failure(
                nameof(order.CancellationDays),
                InsertionOrderCodes.CancellationDays,
                $"The notice of a cancellation is 0 to {InsertionOrder.CancellationDaysMax} days.");
        }
    }

    private static IEnumerable<ValidationFailure> Deliverables(ContractDraft contract, InsertionOrder order)
    {
        if (order.Deliverables.Count is 0 or > InsertionOrder.DeliverableCountMax)
        {
            yield return Failure(
                nameof(order.Deliverables),
                InsertionOrderCodes.Deliverables,
                $"An order has 1 to {InsertionOrder.DeliverableCountMax} deliverables.");
            yield break;
        }

        for (int i = 0; i < order.Deliverables.Count; i++)
        {
            Deliverable one = order.Deliverables[i];
            string path = $"{nameof(order.Deliverables)}[{InvariantText.Of(i)}]";
            if (one.Quantity is <= 0 or > Deliverable.QuantityMax)
            {
                yield return Failure(
                    $"{path}.{nameof(one.Quantity)}", InsertionOrderCodes.Quantity, "A quantity is above zero.");
            }

            ClauseDraft? clause = Find(contract, one.Clause);
            if (clause is null)
            {
                yield return Failure(
                    $"{path}.{nameof(one.Clause)}",
                    InsertionOrderCodes.ClauseUnknown,
                    "A deliverable is priced by a clause of the contract.");
            }
            else if (clause.Outcome != one.Outcome)
            {
                yield return Failure(
                    $"{path}.{nameof(one.Outcome)}",
                    InsertionOrderCodes.ClauseMismatch,
                    $"The clause pays for {clause.Outcome}, not for {one.Outcome}.");
            }
        }
    }

    // What the deliverables cost whose clause has one price for each; null when that cannot be said.
    private static Accrual? FixedCost(ContractDraft contract, InsertionOrder order)
    {
        Accrual sum = Accrual.Zero(contract.Currency);
        if (order.Deliverables.Count > InsertionOrder.DeliverableCountMax)
        {
            return null;
        }

        foreach (Deliverable one in order.Deliverables)
        {
            if (Find(contract, one.Clause)?.Pays is Fixed { Of.Kind: MeasureKind.Quantity } price)
            {
                if (price.Price.Currency != sum.Currency || one.Quantity is <= 0 or > Deliverable.QuantityMax)
                {
                    return null;
                }

                try
                {
                    PayoutContext whole = new(Accrual.Zero(sum.Currency)) { Quantity = one.Quantity };
                    sum += price.Compute(whole).Total;
                }
                catch (ArithmeticException)
                {
                    return null;
                }
            }
        }

        return sum;
    }

    private static ClauseDraft? Find(ContractDraft contract, ClauseId id) =>
        contract.Clauses.FirstOrDefault(c => c.Id == id);

    private static bool Covers(DateRange outer, DateRange inner) =>
        outer.Contains(inner.From) && (outer.To is not { } end || inner.To <= end);

    private static bool IsParty(ContractDraft contract, PartyId counter) =>
        counter == contract.Payer
        || contract.Partners.Any(p => string.Equals(p.ToString(), counter.ToString(), StringComparison.Ordinal));

    private static ValidationFailure Failure(string term, string code, string message) =>
        new($"{Root}.{term}", message) { ErrorCode = code };
}
