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
    }

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
