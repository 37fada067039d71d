using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>What one model gives the channels.</summary>
/// <param name="Model">The model.</param>
/// <param name="Credits">The channels, sorted; empty when the model was refused.</param>
public sealed record ModelCredits(PathModel Model, ValueList<ChannelCredit> Credits)
{
    /// <summary>Why the model gives nothing; null when it does.</summary>
    public Reason? Refusal { get; init; }

    /// <summary>The fitted Markov model; null for other models.</summary>
    public MarkovModel? Markov { get; init; }

    /// <summary>Whether the model is known to be unstable on rare channels.</summary>
    public bool IsUnstable { get; init; }
}
