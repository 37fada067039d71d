namespace PerfMarketing.Tallies;

/// <summary>What happens to an outcome that does not fit under a limit, or into a budget.</summary>
public enum LimitOverflow
{
    /// <summary>The outcome is refused: nobody whom the limit concerns earns by it. The default.</summary>
    Reject,

    /// <summary>
    /// The outcome waits, in the order in which outcomes occurred, until there is room; it is refused when the period
    /// ends.
    /// </summary>
    Hold,

    /// <summary>What is left is paid; when nothing is, the outcome is refused. For money only.</summary>
    PayRemainder,

    /// <summary>The outcome is kept as an earning of nothing.</summary>
    PayZero,

    /// <summary>Another clause of the contract prices the outcome.</summary>
    Divert,

    /// <summary>The outcome is paid all the same, and the decision says so: no cap, but a remark.</summary>
    Notify,
}
