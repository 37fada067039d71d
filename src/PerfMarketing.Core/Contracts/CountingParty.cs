namespace PerfMarketing.Contracts;

/// <summary>One of the two sides that count the same results.</summary>
public enum CountingParty
{
    /// <summary>Who pays; a third party that counts for the advertiser counts here.</summary>
    Payer,

    /// <summary>Who is paid.</summary>
    Payee,
}
