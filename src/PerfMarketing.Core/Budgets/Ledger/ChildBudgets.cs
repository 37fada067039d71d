namespace PerfMarketing.Budgets.Ledger;

/// <summary>Whether the lines below a line may have more together than the line itself.</summary>
public enum ChildBudgets
{
    /// <summary>They may: whoever comes first uses what the parent has. The default.</summary>
    Flexible,

    /// <summary>They may not: the parent is divided among them.</summary>
    Partitioned,
}
