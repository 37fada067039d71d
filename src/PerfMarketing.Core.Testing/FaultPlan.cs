namespace PerfMarketing.Testing;

/// <summary>Faults at calls that are named by their number: a script of what goes wrong.</summary>
/// <remarks>
/// To try every point at which a host can break down: run a scenario once without faults, note <see cref="CallCount"/>,
/// and run it again for each number and each fault. Used by one thread at a time.
/// </remarks>
/// <param name="faults">The faults by the number of the call, from 0.</param>
public sealed class FaultPlan(params IEnumerable<KeyValuePair<int, PortFault>> faults) : IPortFaults
{
    private readonly Dictionary<int, PortFault> plan = new(faults);

    /// <summary>How many calls there were so far.</summary>
    public int CallCount { get; private set; }

    /// <summary>One fault at one call.</summary>
    /// <param name="call">The number of the call, from 0.</param>
    /// <param name="kind">What goes wrong.</param>
    public static FaultPlan At(int call, PortFaultKind kind) => new([new(call, new(kind))]);

    /// <inheritdoc/>
    public PortFault Next(PortMethod method) => plan.GetValueOrDefault(CallCount++);
}
