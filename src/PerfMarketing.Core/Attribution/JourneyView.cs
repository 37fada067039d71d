using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Attribution;

/// <summary>What a rule weighs: the eligible touches of one journey, from the oldest to the newest.</summary>
/// <remarks>
/// Touches at one instant stand in the order of their sequence, then of their id. There is at least one.
/// </remarks>
public readonly ref struct JourneyView
{
    private readonly ReadOnlySpan<JourneyTouch> touches;
    private readonly ReadOnlySpan<int> eligible;
    private readonly ReadOnlySpan<TouchFate> fates;
    private readonly ref readonly ConversionPoint conversion;

    internal JourneyView(
        ReadOnlySpan<JourneyTouch> touches,
        ReadOnlySpan<int> eligible,
        ReadOnlySpan<TouchFate> fates,
        in ConversionPoint conversion)
    {
        this.touches = touches;
        this.eligible = eligible;
        this.fates = fates;
        this.conversion = ref conversion;
    }

    /// <summary>How many eligible touches there are; from 1 to <see cref="Attributor.TouchCountMax"/>.</summary>
    public int Count => eligible.Length;

    /// <summary>The outcome that the journey led to.</summary>
    public ref readonly ConversionPoint Conversion => ref conversion;

    /// <summary>An eligible touch.</summary>
    /// <param name="index">From 0, the oldest, to <see cref="Count"/> − 1, the newest.</param>
    public ref readonly JourneyTouch this[int index] => ref touches[eligible[index]];

    /// <summary>How much older a touch is than the newest eligible one; never negative.</summary>
    /// <param name="index">From 0, the oldest, to <see cref="Count"/> − 1, the newest.</param>
    public Duration Age(int index) => this[Count - 1].At - this[index].At;

    // Who earns by a touch: nobody where one was refused and is weighed all the same, so that no partner owns, opens or
    // closes anything by it.
    internal PartnerId EarnerOf(int index) =>
        fates[eligible[index]] == TouchFate.NotEligible ? default : this[index].Partner;

    // The journey as if only some of its touches were eligible.
    internal JourneyView Part(ReadOnlySpan<int> places, Span<int> positions)
    {
        for (int i = 0; i < places.Length; i++)
        {
            positions[i] = eligible[places[i]];
        }

        return new(touches, positions, fates, conversion);
    }

    // Why a touch of the journey is not among the eligible ones; null when it is, or when the journey does not have it.
    internal string? RefusalOf(TouchpointId id)
    {
        string? refusal = null;
        for (int i = 0; i < touches.Length; i++)
        {
            if (touches[i].Id == id && fates[i] is not TouchFate.Duplicate)
            {
                refusal = fates[i].Code();
            }
        }

        return refusal;
    }
}
