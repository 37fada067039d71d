namespace PerfMarketing.Settlement.Amounts;

/// <summary>The codes of why a campaign's amounts cannot be computed from columns.</summary>
public static class AmountReasons
{
    /// <summary>
    /// The term is not supported: settle the campaign by <see cref="CampaignRun"/>. Args: term, the path of the term in
    /// the campaign's written form.
    /// </summary>
    public const string TermUnsupported = "amounts.term-unsupported";
}
