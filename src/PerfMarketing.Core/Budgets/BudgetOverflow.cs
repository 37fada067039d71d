namespace PerfMarketing.Budgets;

/// <summary>What a budget does with an amount that does not fit into what is left.</summary>
public enum BudgetOverflow
{
    /// <summary>Refuses the whole amount. The default.</summary>
    Reject,

    /// <summary>Grants what is left, if anything is.</summary>
    PayRemainder,
}
