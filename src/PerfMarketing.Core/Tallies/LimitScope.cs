namespace PerfMarketing.Tallies;

/// <summary>Whose outcomes share the room of one limit.</summary>
public enum LimitScope
{
    /// <summary>Those of all partners of the contract together. The default.</summary>
    Contract,

    /// <summary>Those of each partner.</summary>
    Partner,

    /// <summary>Those of each customer, whichever partners are credited.</summary>
    Customer,

    /// <summary>Those of each customer with each partner.</summary>
    PartnerCustomer,
}
