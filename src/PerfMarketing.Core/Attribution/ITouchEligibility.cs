using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>Decides which touches the campaign and its contracts accept, before credit is shared out.</summary>
/// <remarks>
/// <para>
/// Ordering: none; touches may be asked for in any order.
/// </para>
/// <para>
/// Idempotency: asking has no effect. Each touch is asked for at most once, and only when nothing else rules it out.
/// </para>
/// <para>
/// Consistency: pure: the answer depends on the touch alone, and is always the same. A touch is judged by the version
/// in force when it happened.
/// </para>
/// <para>
/// Thread safety: an instance that serves several threads is called from them at once.
/// </para>
/// </remarks>
public interface ITouchEligibility
{
    /// <summary>Why a touch may not get credit.</summary>
    /// <param name="touch">The touch.</param>
    /// <returns>The reason; null when the touch is eligible.</returns>
    Reason? Refuse(in JourneyTouch touch);
}
