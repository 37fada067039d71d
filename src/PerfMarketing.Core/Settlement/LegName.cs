using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
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

    public static LegName Of(Campaign campaign, Contract contract, Clause clause) => new()
    {
        Contract = contract.Id,
        Version = contract.Version,
        Clause = clause.Id,
        Currency = contract.Currency,
        Terms = contract.Digest,
        Campaign = campaign.Id,
        CampaignVersion = campaign.Version,
        Model = campaign.Model,
    };

    // Credit that was inherited or stands was shared out by the model of its time.
    public LegName Citing(ModelCitation? model) =>
        ReferenceEquals(Model, model) || Model == model ? this : this with { Model = model };
}
