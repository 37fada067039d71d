using PerfMarketing.Identity;

namespace PerfMarketing.Attribution;

/// <summary>
/// Who gets the credit where the newest eligible touch has all of it and the touches stand in order: nothing is sorted,
/// and nothing is asked of those before it.
/// </summary>
internal static class NewestTouch
{
    /// <summary>The decision; null when it takes more to decide, or nobody gets credit.</summary>
    /// <param name="rule">A rule that credits the newest touch only, and is not intricate.</param>
    /// <param name="touches">The customer's touches.</param>
    /// <param name="conversion">The outcome.</param>
    /// <param name="eligibility">What the campaign accepts; null accepts every touch.</param>
    public static AttributionDecision? Decide(
        AttributionRule rule,
        ReadOnlySpan<JourneyTouch> touches,
        in ConversionPoint conversion,
        ITouchEligibility? eligibility)
    {
        for (int i = 1; i < touches.Length; i++)
        {
            if (!IsBefore(touches[i - 1], touches[i]))
            {
                return null;
            }
        }

        for (int i = touches.Length - 1; i >= 0; i--)
        {
            ref readonly JourneyTouch touch = ref touches[i];
            if (JourneyWork.FateOf(rule, touch, conversion, hasClick: false) == TouchFate.Eligible
                && eligibility?.Refuse(touch) is null)
            {
                return IsRepeated(touches, i)
                    ? null
                    : new(new TouchCredit(touch.Id, touch.At, touch.Partner, 1) { Claim = touch.Claim });
            }
        }

        return null;
    }

    private static bool IsBefore(in JourneyTouch one, in JourneyTouch next) => one.At < next.At
        || (one.At == next.At && one.Sequence < next.Sequence && one.Claim is null && next.Claim is null);

    // Of touches with one id the one recorded first counts.
    private static bool IsRepeated(ReadOnlySpan<JourneyTouch> touches, int place)
    {
        TouchpointId id = touches[place].Id;
        if (id.IsUnset)
        {
            return false;
        }

        for (int i = 0; i < touches.Length; i++)
        {
            if (i != place && touches[i].Id == id)
            {
                return true;
            }
        }

        return false;
    }
}
