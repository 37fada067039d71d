using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>All credit to the newest eligible touch.</summary>
public sealed record LastTouch : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "last-touch";

    /// <inheritdoc/>
    public override string Tag => TagName;

    internal override bool CreditsNewestOnly => true;

    /// <summary>Reads the rule's own terms: there are none.</summary>
    /// <param name="terms">The terms.</param>
    public static LastTouch Read(TermReader terms) => new();

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights) => weights[^1] = 1;
}
