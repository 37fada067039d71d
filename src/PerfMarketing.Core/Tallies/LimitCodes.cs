namespace PerfMarketing.Tallies;

/// <summary>The codes of what can be wrong with a limit.</summary>
public static class LimitCodes
{
    /// <summary>A limit has no name.</summary>
    public const string IdMissing = "limit.id-missing";

    /// <summary>A clause or contract has too many limits, or two of them have one name.</summary>
    public const string Names = "limit.names";

    /// <summary>
    /// A limit names neither a count nor an amount nor months, or it names both a count and an amount.
    /// </summary>
    public const string Measure = "limit.measure";

    /// <summary>A count, amount or number of months is not above zero, or too great.</summary>
    public const string OutOfRange = "limit.out-of-range";

    /// <summary>An amount has another currency than the contract.</summary>
    public const string Currency = "limit.currency";

    /// <summary>A limit runs by flight or by a rolling period: no one period would own an outcome.</summary>
    public const string Period = "limit.period";

    /// <summary>Months after the first earning need a scope by customer, and no period besides.</summary>
    public const string Months = "limit.months";

    /// <summary>
    /// What happens to what does not fit is not defined, or makes no sense for what the limit counts: only money has a
    /// remainder, and no room comes back when months are over.
    /// </summary>
    public const string Overflow = "limit.overflow";

    /// <summary>
    /// A limit diverts without naming a clause, names one without diverting, or is a limit of the whole contract, which
    /// the other clause would be under too.
    /// </summary>
    public const string Divert = "limit.divert";

    /// <summary>
    /// The clause that a limit diverts to does not exist, prices another kind of outcome, or leads back to its own.
    /// </summary>
    public const string DivertTo = "limit.divert-to";
}
