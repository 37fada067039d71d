namespace PerfMarketing.Contracts;

/// <summary>The codes of why a clause would pay nothing for an outcome that is only looked at.</summary>
public static class PreviewReasons
{
    /// <summary>
    /// The outcome is worth an amount in another currency than the contract's: a rate is needed first.
    /// </summary>
    public const string OtherCurrency = "preview.other-currency";
}
