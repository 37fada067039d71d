using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Live;

/// <summary>The port faults of a world: by chance, in storms, and in long outages.</summary>
internal sealed class WorldFaults : IPortFaults
{
    private readonly SeededFaults faults;
    private readonly SeededRandom random;
    private readonly FaultCounts counts;
    private readonly int outageRate;
    private readonly int stormRate;
    private int outage;
    private int storm;

    public WorldFaults(WorldPlan world, SeededRandom random, FaultCounts counts)
    {
        this.random = random;
        this.counts = counts;
        outageRate = world.RateOf(FaultKind.LongUnavailable);
        stormRate = world.RateOf(FaultKind.ConflictStorm);
        faults = new(
            random,
            Rate(PortFaultKind.FailBefore, FaultKind.CrashBeforeCommit, 3),
            Rate(PortFaultKind.FailAfter, FaultKind.CrashAfterCommit),
            Rate(PortFaultKind.LostAcknowledgement, FaultKind.LostAcknowledgement),
            Rate(PortFaultKind.StaleRead, FaultKind.StaleRead),
            world.CutAtConversion ? default : Rate(PortFaultKind.Delay, FaultKind.TwoWriters))
        {
            Happened = Count,
        };

        // A call that fails before it does anything costs time and shows little: fewer of them do.
        KeyValuePair<PortFaultKind, int> Rate(PortFaultKind kind, FaultKind fault, int part = 1) =>
            new(kind, (world.RateOf(fault) + part - 1) / part);
    }

    /// <summary>Off, everything works again.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Whether anything went wrong since it was last set to false.</summary>
    public bool HasStruck { get; set; }

    /// <summary>
    /// Whether reads may lag behind. Ports promise that they do not; what is committed is safe all the same, but a
    /// statement is made of what was read alone.
    /// </summary>
    public bool MayBeStale { get; set; } = true;

    public PortFault Next(PortMethod method)
    {
        PortFault fault = IsOn ? Draw(method) : default;
        HasStruck |= fault.Kind != default;
        return fault;
    }

    private PortFault Draw(PortMethod method)
    {
        if (outage > 0)
        {
            outage--;
            return new(PortFaultKind.FailBefore);
        }

        if (method == PortMethod.Commit && storm > 0)
        {
            storm--;
            counts.Hit(FaultKind.ConflictStorm);
            return new(PortFaultKind.VersionConflict);
        }

        if (outageRate > 0 && random.Below(60_000) < outageRate)
        {
            outage = (int)random.Between(10, 30);
            counts.Hit(FaultKind.LongUnavailable);
        }

        if (stormRate > 0 && random.Below(40_000) < stormRate)
        {
            storm = (int)random.Between(1, 20);
        }

        PortFault fault = faults.Next(method);
        return fault.Kind == PortFaultKind.StaleRead && !MayBeStale ? default : fault;
    }

    private void Count(PortMethod method, PortFault fault)
    {
        FaultKind? kind = fault.Kind switch
        {
            PortFaultKind.FailBefore => FaultKind.CrashBeforeCommit,
            PortFaultKind.FailAfter when method == PortMethod.Commit => FaultKind.CrashAfterCommit,
            PortFaultKind.LostAcknowledgement => FaultKind.LostAcknowledgement,
            PortFaultKind.StaleRead => FaultKind.StaleRead,
            PortFaultKind.Delay => FaultKind.TwoWriters,
            _ => null,
        };
        if (kind is { } hit)
        {
            counts.Hit(hit);
        }
    }
}
