using PerfMarketing.Identity;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>A statement with the campaign that it is of: what a remittance is made of.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Statement">The statement; an open one is left for later.</param>
public sealed record PayableStatement(CampaignId Campaign, Statement Statement);
