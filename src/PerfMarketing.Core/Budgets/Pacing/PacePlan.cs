using NodaTime;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>What a pace has planned for the next minute.</summary>
public sealed record PacePlan
{
    internal PacePlan()
    {
    }

    /// <summary>From when the plan holds.</summary>
    public Instant From { get; internal set; }

    /// <summary>Until when: from then on the next decision makes another.</summary>
    public Instant Until { get; internal set; }

    /// <summary>Which part of the traffic is bought, from 0 to 1.</summary>
    public double PassRate { get; internal set; } = 1;

    /// <summary>How many times its cost a request has to be worth; 0 when its worth does not matter.</summary>
    public double Threshold { get; internal set; }

    /// <summary>How the traffic compares with what was expected: 1 is as expected, 2 twice as much.</summary>
    public double Level { get; internal set; } = 1;

    /// <summary>The most that may be in use when the plan ends, in minor units or pieces.</summary>
    public long Ceiling { get; internal set; } = long.MaxValue;

    /// <summary>What nothing may be bought for now; null when something may.</summary>
    public PaceReason? Stop { get; internal set; }

    /// <summary>What results are expected to cost that were bought but have not come, when this was planned.</summary>
    public long InFlight { get; internal set; }

    // Whether a curve alone bounds what is bought: it never runs out before its time.
    internal bool IsByCurve { get; set; }

    // Whether worth decides: what is worth at least the one is bought, what lies between the two in turn.
    internal bool IsByValue { get; set; }

    internal double ThresholdAbove { get; set; }

    // Shares in parts of 2^32.
    internal long Between { get; set; }

    internal long Passes { get; set; }
}
