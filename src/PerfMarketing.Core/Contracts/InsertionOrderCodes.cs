namespace PerfMarketing.Contracts;

/// <summary>The codes of what can be wrong with an insertion order.</summary>
public static class InsertionOrderCodes
{
    /// <summary>
    /// There is no deliverable, or there are more than <see cref="InsertionOrder.DeliverableCountMax"/>.
    /// </summary>
    public const string Deliverables = "insertion-order.deliverables";

    /// <summary>A quantity is not above zero or is above <see cref="Deliverable.QuantityMax"/>.</summary>
    public const string Quantity = "insertion-order.quantity";

    /// <summary>A deliverable names a clause that the contract does not have.</summary>
    public const string ClauseUnknown = "insertion-order.clause-unknown";

    /// <summary>A deliverable is of another kind than its clause pays for.</summary>
    public const string ClauseMismatch = "insertion-order.clause-mismatch";

    /// <summary>The maximum spend is not above zero, or has another currency than the contract.</summary>
    public const string MaximumSpend = "insertion-order.maximum-spend";

    /// <summary>The deliverables with fixed prices cost more than the maximum spend.</summary>
    public const string SpendTooLow = "insertion-order.spend-too-low";

    /// <summary>Something is to be delivered on a day on which the contract is not in force.</summary>
    public const string Dates = "insertion-order.dates";

    /// <summary>The third party that counts is the payer or a partner.</summary>
    public const string CounterNotThird = "insertion-order.counter-not-third";

    /// <summary>
    /// The notice of a cancellation is below zero or above <see cref="InsertionOrder.CancellationDaysMax"/> days.
    /// </summary>
    public const string CancellationDays = "insertion-order.cancellation-days";

    /// <summary>
    /// A budget for the flight or for all time is lower than what the campaign's orders may spend.
    /// </summary>
    public const string BudgetTooLow = "insertion-order.budget-too-low";
}
