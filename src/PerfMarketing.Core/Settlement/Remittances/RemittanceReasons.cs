namespace PerfMarketing.Settlement.Remittances;

/// <summary>The codes of why nothing is paid now, and of what is never paid.</summary>
public static class RemittanceReasons
{
    /// <summary>No statement is waiting to be paid.</summary>
    public const string NothingPayable = "remittance.nothing-payable";

    /// <summary>More is owed back than is payable; it waits for the next time. Args: total.</summary>
    public const string OwedBack = "remittance.owed-back";

    /// <summary>The total is less than the payee's minimum; it waits for the next time. Args: total, minimum.</summary>
    public const string BelowMinimum = "remittance.below-minimum";

    /// <summary>
    /// The fee that the payee bears would leave nothing; it waits for the next time. Args: total, fee.
    /// </summary>
    public const string BelowFee = "remittance.below-fee";

    /// <summary>
    /// The statement was paid by another invoice, or without one; it is not paid again, nor is the difference. Args:
    /// statement, invoice, remittance.
    /// </summary>
    public const string InvoiceDiffers = "remittance.invoice-differs";
}
