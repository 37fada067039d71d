using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.Paths;

/// <summary>How often journeys went one step.</summary>
/// <param name="Kind">What kind of step.</param>
/// <param name="From">The channel before it; <c>default</c> at the start.</param>
/// <param name="To">The channel after it; <c>default</c> at the end.</param>
/// <param name="Count">How many times.</param>
public sealed record ChannelMove(ChannelMoveKind Kind, ChannelId From, ChannelId To, long Count);

/// <summary>The kinds of step of a journey.</summary>
public enum ChannelMoveKind
{
    /// <summary>The journey began.</summary>
    Start,

    /// <summary>One touch followed another.</summary>
    Next,

    /// <summary>It converted.</summary>
    Conversion,

    /// <summary>It ended without converting.</summary>
    End,
}
