namespace PerfMarketing.Settlement.Remittances;

/// <summary>Who pays for a payment.</summary>
public enum FeeBearer
{
    /// <summary>The payer: the payee gets all that it is owed.</summary>
    Payer,

    /// <summary>The payee: the fee is taken from what it gets.</summary>
    Payee,
}
