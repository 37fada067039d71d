using System.Buffers;
using System.Numerics;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>Gives the credit for an outcome to the touches before it, by a rule.</summary>
/// <remarks>Pure, thread-safe, and allocates nothing but its result.</remarks>
public static class Attributor
{
    /// <summary>The most eligible touches of one journey; a longer one gives nobody credit.</summary>
    public const int TouchCountMax = 65_536;

    // Journeys up to this length need nothing but the stack.
    private const int SmallCount = 64;
    private const int SmallSlots = 2 * SmallCount;

    // Most journeys: a quarter of the stack to clear.
    private const int ShortCount = 16;
    private const int ShortSlots = 2 * ShortCount;

    /// <summary>Decides who gets the credit for an outcome.</summary>
    /// <remarks>
    /// The touches may come in any order: they are sorted by instant, sequence and id, and a touch whose id stands
    /// twice counts once, as it was recorded first. A touch gets nothing for the first of these that applies: it is a
    /// duplicate, a test, after the conversion, recorded too late, before the cut, outside the lookback, or refused by
    /// <paramref name="eligibility"/>; then the rule weighs what is left.
    /// </remarks>
    /// <param name="rule">A valid rule.</param>
    /// <param name="touches">The customer's touches, in any order.</param>
    /// <param name="conversion">The outcome.</param>
    /// <param name="eligibility">What the campaign and its contracts accept; null accepts every touch.</param>
    /// <param name="explain">Whether the touches that got nothing are listed too.</param>
    /// <exception cref="InvalidOperationException">The rule is not valid, or gave a negative weight.</exception>
    /// <exception cref="OverflowException">The rule's weights add up to more than 64 bits.</exception>
    public static AttributionDecision Assign(
        AttributionRule rule,
        ReadOnlySpan<JourneyTouch> touches,
        in ConversionPoint conversion,
        ITouchEligibility? eligibility = null,
        ExplainLevel explain = ExplainLevel.Standard)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Claims.Count > 0 && conversion.Claims is { Count: > 0 } claims)
        {
            touches = JourneyClaims.With(touches, rule.Claims, claims, conversion.At);
        }

        int count = touches.Length;
        if (explain == ExplainLevel.Standard && rule.CreditsNewestOnly && !rule.IsIntricate
            && count <= TouchCountMax
            && NewestTouch.Decide(rule, touches, conversion, eligibility) is { } newest)
        {
            return newest;
        }

        if (count <= ShortCount)
        {
            Span<int> ints = stackalloc int[JourneyWork.IntsPerTouch * ShortCount];
            Span<int> slots = stackalloc int[ShortSlots];
            Span<long> longs = stackalloc long[JourneyWork.LongsPerTouch * ShortCount];
            Span<TouchFate> fates = stackalloc TouchFate[ShortCount];
            return new JourneyWork(rule, touches, conversion, ints, slots, longs, fates).Decide(eligibility, explain);
        }

        return count <= SmallCount
            ? AssignSmall(rule, touches, conversion, eligibility, explain)
            : AssignLarge(rule, touches, conversion, eligibility, explain);
    }

    private static AttributionDecision AssignSmall(
        AttributionRule rule,
        ReadOnlySpan<JourneyTouch> touches,
        in ConversionPoint conversion,
        ITouchEligibility? eligibility,
        ExplainLevel explain)
    {
        Span<int> ints = stackalloc int[JourneyWork.IntsPerTouch * SmallCount];
        Span<int> slots = stackalloc int[SmallSlots];
        Span<long> longs = stackalloc long[JourneyWork.LongsPerTouch * SmallCount];
        Span<TouchFate> fates = stackalloc TouchFate[SmallCount];
        return new JourneyWork(rule, touches, conversion, ints, slots, longs, fates).Decide(eligibility, explain);
    }

    private static AttributionDecision AssignLarge(
        AttributionRule rule,
        ReadOnlySpan<JourneyTouch> touches,
        in ConversionPoint conversion,
        ITouchEligibility? eligibility,
        ExplainLevel explain)
    {
        int count = touches.Length;
        int slotCount = (int)BitOperations.RoundUpToPowerOf2(2 * (uint)count);
        int[] rentedInts = ArrayPool<int>.Shared.Rent((JourneyWork.IntsPerTouch * count) + slotCount);
        long[] rentedLongs = ArrayPool<long>.Shared.Rent(JourneyWork.LongsPerTouch * count);
        TouchFate[] rentedFates = ArrayPool<TouchFate>.Shared.Rent(count);
        try
        {
            Span<int> slots = rentedInts.AsSpan(JourneyWork.IntsPerTouch * count, slotCount);
            return new JourneyWork(rule, touches, conversion, rentedInts, slots, rentedLongs, rentedFates)
                .Decide(eligibility, explain);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rentedInts);
            ArrayPool<long>.Shared.Return(rentedLongs);
            ArrayPool<TouchFate>.Shared.Return(rentedFates);
        }
    }
}
