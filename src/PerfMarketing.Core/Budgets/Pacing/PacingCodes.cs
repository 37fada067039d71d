namespace PerfMarketing.Budgets.Pacing;

/// <summary>The codes of what is wrong with the terms or the stored state of a pace.</summary>
public static class PacingCodes
{
    /// <summary>A traffic curve has 96 shares that add up to the whole.</summary>
    public const string CurveInvalid = "pacing.curve-invalid";

    /// <summary>The stored state of a pacer has numbers of zero or more, and 256 values or none.</summary>
    public const string StateInvalid = "pacing.state-invalid";

    /// <summary>Points are for a curve of one's own, which needs them in rising order.</summary>
    public const string PointsInvalid = "pacing.points-invalid";

    /// <summary>Ahead is from 0 % to 400 %.</summary>
    public const string AheadInvalid = "pacing.ahead-invalid";

    /// <summary>The burst is from 1 to 1,000 times the planned amount.</summary>
    public const string BurstInvalid = "pacing.burst-invalid";

    /// <summary>At least half of the traffic is planned for.</summary>
    public const string FinishEarlyInvalid = "pacing.finish-early-invalid";

    /// <summary>A target return is above zero, and only for paces that choose by worth.</summary>
    public const string TargetReturnInvalid = "pacing.target-return-invalid";
}
