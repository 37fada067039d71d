namespace PerfMarketing.Proofs.Traffic;

/// <summary>
/// Where an event came from, as a classifier looks at it; personal data that is asked about and forgotten.
/// </summary>
/// <param name="Address">The network address; null when it is not known.</param>
/// <param name="Agent">The agent that the sender declares; null when it declares none.</param>
public sealed record TrafficSource(string? Address, string? Agent)
{
    /// <summary>Nothing of the source: it does not belong into logs.</summary>
    public override string ToString() => "[source]";
}
