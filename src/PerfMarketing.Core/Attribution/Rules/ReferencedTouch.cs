using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>All credit to the touch that the outcome names by its click id or call id.</summary>
/// <remarks>
/// An outcome that names no eligible touch of its journey is shared out by <see cref="Fallback"/>; without one nobody
/// gets credit.
/// </remarks>
public sealed record ReferencedTouch : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "referenced-touch";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>
    /// The rule for outcomes that name no eligible touch; null, the default, means nobody gets credit.
    /// </summary>
    public AttributionRule? Fallback { get; init; }

    internal override (string Name, AttributionRule Rule)? Inner =>
        Fallback is { } rule ? (nameof(Fallback), rule) : null;

    internal static ReferencedTouch Read(TermReader terms, AttributionRuleCatalog catalog) =>
        new() { Fallback = terms.Has("fallback") ? catalog.Read(terms, "fallback") : null };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("fallback", Fallback);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        if (journey.Conversion.Reference is { IsUnset: false } reference)
        {
            for (int i = 0; i < journey.Count; i++)
            {
                if (journey[i].Id == reference)
                {
                    weights[i] = 1;
                    return;
                }
            }
        }

        if (Fallback is { } rule)
        {
            WeighAll(rule, journey, weights);
        }
    }

    /// <inheritdoc/>
    protected override Reason WhyNone(in JourneyView journey)
    {
        if (Fallback is { } rule)
        {
            return WhyNone(rule, journey);
        }

        if (journey.Conversion.Reference is not { IsUnset: false } reference)
        {
            return new(AttributionReasons.NoReference);
        }

        return journey.RefusalOf(reference) is { } refusal
            ? Reason.Of(AttributionReasons.ReferenceUnknown, ("touch", reference), ("reason", refusal))
            : Reason.Of(AttributionReasons.ReferenceUnknown, ("touch", reference));
    }
}
