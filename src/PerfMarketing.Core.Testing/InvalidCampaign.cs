using PerfMarketing.Campaigns;

namespace PerfMarketing.Testing;

/// <summary>A campaign with one thing wrong.</summary>
/// <param name="Draft">The campaign.</param>
/// <param name="Code">
/// The code of the failure that validation must tell; it may tell others that follow from it.
/// </param>
public sealed record InvalidCampaign(CampaignDraft Draft, string Code);
