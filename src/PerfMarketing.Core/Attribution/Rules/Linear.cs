using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>The same credit for every eligible touch: 1/n each of n touches, a repeated touch counted again.</summary>
public sealed record Linear : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "linear";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>Reads the rule's own terms: there are none.</summary>
    /// <param name="terms">The terms.</param>
    public static Linear Read(TermReader terms) => new();

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights) => weights.Fill(1);
}
