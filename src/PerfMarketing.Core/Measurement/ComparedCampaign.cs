using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>What one campaign makes of the log.</summary>
public sealed record ComparedCampaign : ITerms
{
    /// <summary>What it is called in the comparison.</summary>
    public required string Name { get; init; }

    /// <summary>The campaign.</summary>
    public required CampaignId Campaign { get; init; }

    /// <summary>The version of its terms.</summary>
    public required int Version { get; init; }

    /// <summary>The digest of its terms.</summary>
    public required Digest Terms { get; init; }

    /// <summary>What it costs, for each currency of its contracts, in the order of the codes.</summary>
    public required ValueList<ComparedCost> Costs { get; init; }

    /// <summary>What became of all outcomes.</summary>
    public required Funnel Funnel { get; init; }

    /// <summary>
    /// What it pays for otherwise than the first campaign: by the size of the difference in cost, then of the shift
    /// between parties, greatest first, then by name. Empty for the first campaign. The differences in cost sum to the
    /// difference of the costs.
    /// </summary>
    public ValueList<OutcomeDifference> Differences { get; init; } = [];

    /// <summary>Reads a campaign's part of a comparison.</summary>
    /// <param name="terms">The terms.</param>
    public static ComparedCampaign Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Name = terms.Text("name"),
            Campaign = terms.Value<CampaignId>("campaign"),
            Version = terms.Int("version", 0),
            Terms = terms.Value<Digest>("terms"),
            Costs = terms.List("costs", ComparedCost.Read),
            Funnel = terms.Object("funnel", Funnel.Read),
            Differences = terms.List("differences", OutcomeDifference.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("name", Name);
        terms.Value("campaign", Campaign);
        terms.Integer("version", Version);
        terms.Value("terms", Terms);
        terms.List("costs", Costs);
        terms.Terms("funnel", Funnel);
        terms.List("differences", Differences);
    }
}
