using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>Decides which touches the campaign and its contracts accept, before credit is shared out.</summary>
/// <remarks>
/// Pure and without order: the answer depends on the touch alone. A touch is judged by the version in force when it
/// happened. Asked at most once a touch, and only for touches that nothing else rules out. Must be thread-safe when one
/// instance serves several threads.
/// </remarks>
public interface ITouchEligibility
{
    /// <summary>Why a touch may not get credit.</summary>
    /// <param name="touch">The touch.</param>
    /// <returns>The reason; null when the touch is eligible.</returns>
    Reason? Refuse(in JourneyTouch touch);
}
