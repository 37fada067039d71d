using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>All credit to the touch that the outcome names by its click id.</summary>
/// <remarks>There is no fallback: an outcome that names no eligible touch of its journey gives nobody credit.</remarks>
public sealed record ReferencedTouch : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "referenced-touch";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>Reads the rule's own terms: there are none.</summary>
    /// <param name="terms">The terms.</param>
    public static ReferencedTouch Read(TermReader terms) => new();

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        if (journey.Conversion.Reference is not { IsUnset: false } reference)
        {
            return;
        }

        for (int i = 0; i < journey.Count; i++)
        {
            if (journey[i].Id == reference)
            {
                weights[i] = 1;
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override Reason WhyNone(in JourneyView journey)
    {
        if (journey.Conversion.Reference is not { IsUnset: false } reference)
        {
            return new(AttributionReasons.NoReference);
        }

        return journey.RefusalOf(reference) is { } refusal
            ? Reason.Of(AttributionReasons.ReferenceUnknown, ("touch", reference), ("reason", refusal))
            : Reason.Of(AttributionReasons.ReferenceUnknown, ("touch", reference));
    }
}
