namespace PerfMarketing.Contracts.Versions;

/// <summary>Which outcomes a new version of a contract leaves to the version before it.</summary>
public enum Grandfathering
{
    /// <summary>None: what occurs from its first day on is priced by the new version. The default.</summary>
    Outcome,

    /// <summary>Those whose first credited touch by the partner happened before the version took effect.</summary>
    Touch,

    /// <summary>
    /// Those of customers whose first credited touch by the partner, or first outcome that earned for the partner, was
    /// before the version took effect.
    /// </summary>
    Customer,
}
