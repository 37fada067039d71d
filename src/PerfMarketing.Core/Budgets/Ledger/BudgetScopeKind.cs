namespace PerfMarketing.Budgets.Ledger;

/// <summary>What a budget line limits; a child is of the same kind as its parent or of a later one.</summary>
public enum BudgetScopeKind
{
    /// <summary>All that one client buys.</summary>
    Account,

    /// <summary>One campaign.</summary>
    Campaign,

    /// <summary>One channel.</summary>
    Channel,

    /// <summary>One creative.</summary>
    Creative,

    /// <summary>One segment of customers.</summary>
    Segment,

    /// <summary>One contract.</summary>
    Contract,

    /// <summary>One partner.</summary>
    Partner,

    /// <summary>One customer.</summary>
    Customer,
}
