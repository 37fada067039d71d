using System.Buffers;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Attribution;

/// <summary>Decides how the credit for an outcome is shared out among the touches before it.</summary>
/// <remarks>
/// Open: an integrator derives a sealed record, writes <see cref="Weigh"/>, and registers it with
/// <see cref="AttributionRuleCatalog.With{TRule}"/>. A rule is immutable and pure: it may look at nothing but the
/// journey.
/// </remarks>
public abstract record AttributionRule : ITerms
{
    /// <summary>The most windows of one rule.</summary>
    public const int WindowCountMax = 100;

    /// <summary>The most kinds of claims of one rule.</summary>
    public const int ClaimCountMax = 16;

    private const int SmallCount = 64;

    /// <summary>
    /// How long a touch may count: <c>touch ≤ conversion &lt; touch + lookback</c>. Default: without limit.
    /// </summary>
    public LookbackWindow Lookback { get; init; } = LookbackWindow.Unlimited;

    /// <summary>
    /// Whether only touches after the customer's previous outcome count; any outcome event cuts, whatever became of it.
    /// Default: no.
    /// </summary>
    /// <remarks>
    /// Events of one instant are then told apart by their sequence: a touch up to and including an outcome's sequence
    /// belongs to that outcome, so that each touch belongs to one journey only. An outcome without a sequence comes
    /// after every touch of its instant. Without cutting, every touch at the conversion's instant counts.
    /// </remarks>
    public bool CutAtConversion { get; init; }

    /// <summary>
    /// Windows of some touches, in place of <see cref="Lookback"/>: the first that fits a touch counts. At most
    /// <see cref="WindowCountMax"/>; none by default.
    /// </summary>
    public ValueList<TouchWindow> Windows { get; init => field = value ?? []; } = [];

    /// <summary>A step between touch and conversion; null, the default, when there is none.</summary>
    public ConversionStage? Stage { get; init; }

    /// <summary>What counts when a customer comes back; null, the default, makes no difference.</summary>
    public ReturnTerms? Returning { get; init; }

    /// <summary>Which of a partner's eligible touches are weighed; each by default.</summary>
    public TouchCounting Counting { get; init; }

    /// <summary>What becomes of touches that are not accepted; by default they are left out.</summary>
    public IneligibleShare Ineligible { get; init; }

    /// <summary>
    /// The most touches that are weighed: of more, the newest. From 1 to <see cref="Attributor.TouchCountMax"/>; null,
    /// the default, weighs all, and nobody gets credit when there are more than can be. Claims do not count.
    /// </summary>
    public int? MaxTouches { get; init; }

    /// <summary>
    /// The claims that take part as touches at the conversion, after all others; none by default. At most
    /// <see cref="ClaimCountMax"/>.
    /// </summary>
    public ValueList<ClaimBasis> Claims { get; init => field = value ?? []; } = [];

    /// <summary>How far back touches can count, by the longest window.</summary>
    public LookbackWindow Reach => WindowTerms.ReachOf(this);

    /// <summary>The rule's name in terms, such as <c>last-touch</c>; one name for each type.</summary>
    public abstract string Tag { get; }

    // Whether all credit goes to the newest eligible touch, whatever came before it.
    internal virtual bool CreditsNewestOnly => false;

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("rule", Tag);
        WriteCore(terms);
        terms.Value("lookback", Lookback, LookbackWindow.Unlimited);
        terms.Flag("cutAtConversion", CutAtConversion);
        terms.List("windows", Windows);
        terms.Terms("stage", Stage);
        terms.Terms("returning", Returning);
        terms.Enum("counting", Counting, TouchCounting.EachTouch);
        terms.Enum("ineligible", Ineligible, IneligibleShare.Renormalised);
        terms.Integer("maxTouches", MaxTouches);
        terms.Values("claims", Claims);
    }

    /// <summary>
    /// The rule that this one hands a part of its work to, and its property; null when there is none.
    /// </summary>
    internal virtual (string Name, AttributionRule Rule)? Inner => null;

    // The fitted model that shares out the credit, or a part of it; null when there is none.
    internal FittedModel? Weighing => this is Fitted fitted ? fitted.Model : Inner?.Rule.Weighing;

    // Whether the lookback alone says which touches count, and each of them does.
    internal bool IsPlain => Windows.Count == 0 && Stage is null && Returning is null;

    // Whether more than one touch has a say in which of them are weighed, or what is weighed is not all earned.
    internal bool IsIntricate => !IsPlain || Counting != TouchCounting.EachTouch
        || Ineligible != IneligibleShare.Renormalised || Claims.Count > 0;

    // Whether the rule says anything that only the outermost rule may say.
    internal bool HasJourneyTerms => IsIntricate || Lookback != LookbackWindow.Unlimited || CutAtConversion
        || MaxTouches is not null;

    /// <summary>Reads the terms that every rule has.</summary>
    internal AttributionRule WithCommon(TermReader terms) => this with
    {
        Lookback = terms.Value("lookback", LookbackWindow.Unlimited),
        CutAtConversion = terms.Flag("cutAtConversion"),
        Windows = terms.List("windows", TouchWindow.Read, 0, WindowCountMax),
        Stage = terms.OptionalObject("stage", ConversionStage.Read),
        Returning = terms.OptionalObject("returning", ReturnTerms.Read),
        Counting = terms.Enum("counting", TouchCounting.EachTouch),
        Ineligible = terms.Enum("ineligible", IneligibleShare.Renormalised),
        MaxTouches = terms.Has("maxTouches") ? terms.Int("maxTouches", Attributor.TouchCountMax) : null,
        Claims = terms.Values<ClaimBasis>("claims", 0, ClaimCountMax),
    };

    /// <summary>Writes the terms that only this rule has.</summary>
    /// <param name="terms">Where to write them.</param>
    protected virtual void WriteCore(TermWriter terms)
    {
    }

    /// <summary>Gives every touch its weight.</summary>
    /// <param name="journey">The eligible touches, from the oldest to the newest; at least one.</param>
    /// <param name="weights">
    /// One weight for each touch, all 0 at first; none may be negative, and their sum must be within 64 bits.
    /// </param>
    protected abstract void Weigh(in JourneyView journey, Span<long> weights);

    /// <summary>Why a journey with eligible touches gave nobody a weight.</summary>
    /// <param name="journey">The journey that was weighed.</param>
    protected virtual Reason WhyNone(in JourneyView journey) => new(AttributionReasons.NoneChosen);

    /// <summary>Lets another rule weigh some of the touches.</summary>
    /// <param name="rule">The other rule; only how it weighs counts, not its windows.</param>
    /// <param name="journey">The journey.</param>
    /// <param name="places">Which touches it sees, ascending; at least one.</param>
    /// <param name="weights">The weights of all touches; those of the places are set.</param>
    protected static void WeighPart(
        AttributionRule rule, in JourneyView journey, ReadOnlySpan<int> places, Span<long> weights)
    {
        ArgumentNullException.ThrowIfNull(rule);
        int count = places.Length;
        int[]? rentedPositions = count <= SmallCount ? null : ArrayPool<int>.Shared.Rent(count);
        long[]? rentedWeights = count <= SmallCount ? null : ArrayPool<long>.Shared.Rent(count);
        Span<int> positions = (rentedPositions ?? stackalloc int[SmallCount])[..count];
        Span<long> part = (rentedWeights ?? stackalloc long[SmallCount])[..count];
        part.Clear();
        rule.Weigh(journey.Part(places, positions), part);
        for (int i = 0; i < count; i++)
        {
            weights[places[i]] = part[i];
        }

        if (rentedPositions is not null)
        {
            ArrayPool<int>.Shared.Return(rentedPositions);
            ArrayPool<long>.Shared.Return(rentedWeights!);
        }
    }

    /// <summary>Lets another rule weigh all touches.</summary>
    private protected static void WeighAll(AttributionRule rule, in JourneyView journey, Span<long> weights) =>
        rule.Weigh(journey, weights);

    /// <summary>Why another rule gave nobody a weight.</summary>
    private protected static Reason WhyNone(AttributionRule rule, in JourneyView journey) => rule.WhyNone(journey);

    /// <summary>Weighs a journey and checks the weights.</summary>
    /// <returns>The sum of the weights.</returns>
    internal long Share(in JourneyView journey, Span<long> weights, out Reason? none)
    {
        weights.Clear();
        Weigh(journey, weights);
        long total = 0;
        foreach (long weight in weights)
        {
            total += weight >= 0
                ? weight
                : throw new InvalidOperationException($"The attribution rule '{Tag}' gave a negative weight.");
        }

        none = total == 0 ? WhyNone(journey) : null;
        return total;
    }
}
