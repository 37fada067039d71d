using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Lifecycle;

/// <summary>What became of an event: the lifecycle after it, or why it was refused.</summary>
/// <param name="Lifecycle">The lifecycle after the event; as it was before when the event was refused.</param>
/// <param name="Refusal">Why the event was refused; null when it was taken.</param>
public sealed record ContractTransition(ContractLifecycle Lifecycle, Reason? Refusal = null)
{
    /// <summary>Whether the event was refused.</summary>
    public bool IsRefused => Refusal is not null;
}
