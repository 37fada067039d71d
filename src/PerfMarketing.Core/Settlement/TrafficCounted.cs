using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>A decision changed how many results a contract counts as invalid traffic, gross and net.</summary>
/// <remarks>
/// What statements show is the sum of these records, so that a closed one never changes: what is cleared later is
/// taken off in the next one. Contracts without rules of invalid traffic have none.
/// </remarks>
public sealed record TrafficCounted : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "traffic-counted";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The contract.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>Whose result it is.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>What the decision adds, or takes off.</summary>
    public required TrafficCounts Change { get; init; }

    internal static TrafficCounted ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Contract = terms.Value<ContractId>("contract"),
        Partner = terms.Value<PartnerId>("partner"),
        Change = terms.Object("change", TrafficCounts.Read),
    };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Contract);
        terms.Value("partner", Partner);
        terms.Terms("change", Change);
    }
}
