using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Traffic;

namespace PerfMarketing.Settlement;

/// <summary>An outcome was seen beside others for the first time, and what was found then.</summary>
/// <remarks>
/// What rules of invalid traffic and terms of calls remember is made of these records. Holds no fact of the outcome:
/// what it has in common with others is a derived name.
/// </remarks>
public sealed record TrafficSeen : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "traffic-seen";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>Where it was seen, and what was found.</summary>
    public required TrafficFinding Finding { get; init; }

    internal static TrafficSeen ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Finding = terms.Object("finding", TrafficFinding.Read),
    };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("finding", Finding);
    }
}
