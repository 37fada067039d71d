using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement;

/// <summary>Under which terms something is decided and earned: one object for all that a clause pays.</summary>
internal sealed record LegName
{
    public static LegName None { get; } = new();

    public ContractId Contract { get; init; }

    public int Version { get; init; }

    public ClauseId Clause { get; init; }

    public Currency Currency { get; init; }

    public Digest Terms { get; init; }

    public CampaignId Campaign { get; init; }

    public int CampaignVersion { get; init; }

    public ModelCitation? Model { get; init; }
}
