namespace PerfMarketing.Testing;

/// <summary>Faults by chance, which only depends on a seed.</summary>
/// <remarks>Used by one thread at a time.</remarks>
/// <param name="random">Where chance comes from.</param>
/// <param name="rates">How often each fault happens in a thousand calls; together at most 1,000.</param>
public sealed class SeededFaults(SeededRandom random, params IEnumerable<KeyValuePair<PortFaultKind, int>> rates)
    : IPortFaults
{
    /// <summary>The greatest <see cref="PortFault.Size"/> that is drawn.</summary>
    public const int SizeMax = 8;

    private readonly KeyValuePair<PortFaultKind, int>[] rates = [.. rates];

    /// <summary>Whether there are faults at all: off, everything works again.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Told of every fault that happens.</summary>
    public Action<PortMethod, PortFault>? Happened { get; init; }

    /// <inheritdoc/>
    public PortFault Next(PortMethod method)
    {
        if (!IsOn)
        {
            return default;
        }

        int place = random.Below(1_000);
        foreach ((PortFaultKind kind, int rate) in rates)
        {
            if (place < rate)
            {
                return CanHave(method, kind) ? Draw(method, kind) : default;
            }

            place -= rate;
        }

        return default;
    }

    private static bool CanHave(PortMethod method, PortFaultKind kind) => kind switch
    {
        PortFaultKind.LostAcknowledgement or PortFaultKind.Unavailable or PortFaultKind.VersionConflict =>
            method == PortMethod.Commit,
        PortFaultKind.StaleRead => method is PortMethod.ReadStreams,
        _ => true,
    };

    private PortFault Draw(PortMethod method, PortFaultKind kind)
    {
        PortFault fault = new(kind, 1 + random.Below(SizeMax));
        Happened?.Invoke(method, fault);
        return fault;
    }
}
