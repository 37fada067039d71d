using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Attribution.Rules;

/// <summary>
/// Newer touches weigh more: 2^(−age / half-life), the age counted back from the newest eligible touch.
/// </summary>
/// <remarks>
/// Weights are integers in units of 2^−46, made by integer arithmetic alone and so the same on every platform. The
/// newest touch weighs 2^46; each weight is within 0.51 units of the exact one, and each share within (n + 1) · 2^−47
/// of the exact one: below 4·10^−13 for 50 touches and below 10^−9 for the most touches there can be. From 47
/// half-lives on the weight is 0.
/// </remarks>
/// <param name="HalfLife">The age at which a touch weighs half: above 0 and up to 36,525 days. Default 7 days.</param>
public sealed record TimeDecay(DurationText HalfLife) : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "time-decay";

    private const ulong NanosecondsPerDay = 86_400_000_000_000;

    /// <summary>Time decay with a half-life of 7 days.</summary>
    public TimeDecay()
        : this(Duration.FromDays(7))
    {
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>Reads the rule's own terms; a half-life that is absent is 7 days.</summary>
    /// <param name="terms">The terms.</param>
    public static TimeDecay Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<DurationText>("halfLife", Duration.FromDays(7)));
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("halfLife", HalfLife);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        ulong halfLife = (ulong)Nanoseconds(HalfLife.Value);
        if (halfLife == 0)
        {
            throw new InvalidOperationException("The half-life is 0: validate a rule before it is used.");
        }

        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = HalvingWeight.Of(Nanoseconds(journey.Age(i)), halfLife);
        }
    }

    private static UInt128 Nanoseconds(Duration age) =>
        ((UInt128)(uint)age.Days * NanosecondsPerDay) + (ulong)age.NanosecondOfDay;
}
