using System.Runtime.InteropServices;
using NodaTime;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>What a pace says of one request.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PaceDecision
{
    private readonly PacePlan? plan;

    internal PaceDecision(PaceReason reason, PacePlan plan, long headroom)
    {
        this.plan = plan;
        Reason = reason;
        Headroom = headroom;
    }

    /// <summary>Why; <see cref="PaceReason.Admitted"/> when the request may be bought.</summary>
    public PaceReason Reason { get; }

    /// <summary>Whether the request may be bought; its cost is set aside then.</summary>
    public bool IsAdmitted => Reason == PaceReason.Admitted;

    /// <summary>Which part of the traffic is bought now, from 0 to 1.</summary>
    public double PassRate => plan?.PassRate ?? 0;

    /// <summary>How many times its cost a request has to be worth; 0 when its worth does not matter.</summary>
    public double Threshold => plan?.Threshold ?? 0;

    /// <summary>What was left of the budget before the request, in minor units or pieces.</summary>
    public long Headroom { get; }

    /// <summary>
    /// When the pace is planned anew; an earlier repetition is decided by the same plan. Before the window its start;
    /// after it <see cref="Instant.MaxValue"/>: there is nothing to wait for.
    /// </summary>
    public Instant NextCheck => plan?.Until ?? Instant.MinValue;
}
