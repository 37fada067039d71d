namespace PerfMarketing.Tallies;

/// <summary>Whose outcomes a tally counts together.</summary>
public enum TallyScope
{
    /// <summary>Those of one partner under the contract's clause.</summary>
    Partner,

    /// <summary>Those of all partners of the contract under its clause.</summary>
    Contract,

    /// <summary>Those of one customer with one partner under the contract's clause.</summary>
    Customer,

    /// <summary>Those of all contracts of the campaign under clauses of one name.</summary>
    Campaign,
}
