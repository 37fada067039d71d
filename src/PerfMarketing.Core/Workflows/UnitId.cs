using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>
/// Names a unit of consistency: a campaign, a payee with its remittances, or an advertiser with its orders.
/// </summary>
/// <remarks>
/// A commit appends to streams of one unit; a host shards by it. The text is that of a campaign, or <c>/payee/</c> and
/// the payee, or <c>/advertiser/</c> and the advertiser, with <c>/</c> and <c>%</c> inside an id written <c>%2F</c> and
/// <c>%25</c>: no campaign's text begins with a slash. <c>default</c> names nothing.
/// </remarks>
public readonly record struct UnitId
{
    internal const string AdvertiserKind = "advertiser";
    internal const string PayeeKind = "payee";

    private readonly string? text;

    private UnitId(string text) => this.text = text;

    /// <summary>A campaign is a unit.</summary>
    public static implicit operator UnitId(CampaignId campaign) => OfCampaign(campaign);

    /// <summary>The unit of a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    public static UnitId OfCampaign(CampaignId campaign) => new(StreamId.Escape(campaign.Value));

    /// <summary>The unit of a payee's remittances, over all campaigns.</summary>
    /// <param name="payee">The payee.</param>
    public static UnitId OfPayee(PartnerId payee) => new($"/{PayeeKind}/{StreamId.Escape(payee.Value)}");

    /// <summary>The unit of an advertiser's orders, over all campaigns.</summary>
    /// <param name="advertiser">The advertiser.</param>
    public static UnitId OfAdvertiser(AdvertiserId advertiser) =>
        new($"/{AdvertiserKind}/{StreamId.Escape(advertiser.Value)}");

    /// <summary>The unit's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;

    internal static UnitId OfText(string text) => new(text);
}
