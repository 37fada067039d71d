using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>All credit to the oldest eligible touch.</summary>
public sealed record FirstTouch : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "first-touch";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>Reads the rule's own terms: there are none.</summary>
    /// <param name="terms">The terms.</param>
    public static FirstTouch Read(TermReader terms) => new();

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights) => weights[0] = 1;
}
