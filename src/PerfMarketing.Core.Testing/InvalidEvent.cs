using PerfMarketing.Events;
using PerfMarketing.Settlement;

namespace PerfMarketing.Testing;

/// <summary>An event with one thing wrong: a touchpoint, or an outcome or a correction.</summary>
/// <param name="Code">
/// The code, one of <see cref="EventCodes"/>, that the event's own check must tell; it may tell others that follow.
/// </param>
public sealed record InvalidEvent(string Code)
{
    /// <summary>The touchpoint; null when it is another event.</summary>
    public Touchpoint? Touchpoint { get; init; }

    /// <summary>The outcome or the correction; null for a touchpoint.</summary>
    public CampaignInput? Input { get; init; }
}
