namespace PerfMarketing.Tallies;

/// <summary>The codes of what limits did to an outcome.</summary>
public static class LimitReasons
{
    /// <summary>
    /// The limit has no room for the outcome, which is refused. Args: limit, period, max, taken, and partner when each
    /// has a room of its own.
    /// </summary>
    public const string Reached = "limit.reached";

    /// <summary>
    /// The customer's first earning is too long ago, and the outcome is refused. Args: limit, months, first.
    /// </summary>
    public const string MonthsOver = "limit.months-over";

    /// <summary>The limit counts by customer, and the outcome names none: it is refused. Args: limit.</summary>
    public const string CustomerUnknown = "limit.customer-unknown";

    /// <summary>The outcome waits for room under the limit. Args: limit, period, max, and partner.</summary>
    public const string Held = "limit.held";

    /// <summary>No room came back before the limit's period ended. Args: limit, period, max, taken, partner.</summary>
    public const string HoldEnded = "limit.hold-ended";

    /// <summary>Only what is left under the limit is paid. Args: limit, period, max, taken, partner.</summary>
    public const string Cut = "limit.cut";

    /// <summary>The outcome is kept, and nothing is paid for it. Args: limit, period, max, taken, partner.</summary>
    public const string Unpaid = "limit.unpaid";

    /// <summary>Another clause prices the outcome. Args: limit, period, max, taken, partner, to.</summary>
    public const string Diverted = "limit.diverted";

    /// <summary>The outcome is paid although the limit is passed. Args: limit, period, max, taken, partner.</summary>
    public const string Exceeded = "limit.exceeded";
}
