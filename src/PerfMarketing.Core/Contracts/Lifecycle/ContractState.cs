namespace PerfMarketing.Contracts.Lifecycle;

/// <summary>Where a contract stands between the payer and one partner.</summary>
public enum ContractState
{
    /// <summary>Nothing is offered: the terms are a draft.</summary>
    Draft,

    /// <summary>One party has offered terms and the other has not answered.</summary>
    Proposed,

    /// <summary>Both have accepted; the contract pays on its dates.</summary>
    Active,

    /// <summary>What happens now is not paid, until the contract is resumed.</summary>
    Suspended,

    /// <summary>The contract is over; what is still paid is its tail.</summary>
    Ended,
}
