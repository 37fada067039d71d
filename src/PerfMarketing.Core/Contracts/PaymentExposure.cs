namespace PerfMarketing.Contracts;

/// <summary>Whether partners are paid before the payer has paid.</summary>
public enum PaymentExposure
{
    /// <summary>They are paid whatever the payer has paid. The default.</summary>
    Independent,

    /// <summary>A statement is paid when the payer has paid that statement.</summary>
    ThisInvoice,

    /// <summary>
    /// A statement is paid when the payer has paid it and all statements before it of the same advertiser, of any
    /// contract and campaign; those that are paid independently aside.
    /// </summary>
    AllInvoices,
}
