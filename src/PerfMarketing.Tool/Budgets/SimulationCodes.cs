namespace PerfMarketing.Tool.Budgets;

/// <summary>The codes of why a budget cannot be simulated.</summary>
internal static class SimulationCodes
{
    /// <summary>A budget is simulated by days.</summary>
    public const string NotDaily = "simulate.not-daily";

    /// <summary>A request costs more than zero, in the budget's currency.</summary>
    public const string CostInvalid = "simulate.cost-invalid";

    /// <summary>A line of the traffic or of the prices has no instant, or no number that makes sense.</summary>
    public const string LineInvalid = "simulate.line-invalid";

    /// <summary>A day's budget is less than one request costs: nothing could ever be bought.</summary>
    public const string BelowOneRequest = "simulate.below-one-request";

    /// <summary>The traffic covers no whole day.</summary>
    public const string TooShort = "simulate.too-short";
}
