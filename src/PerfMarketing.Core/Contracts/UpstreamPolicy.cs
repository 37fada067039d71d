namespace PerfMarketing.Contracts;

/// <summary>What a contract does when its payer is not paid for the outcome itself.</summary>
public enum UpstreamPolicy
{
    /// <summary>It pays by its own proof; the payer bears what is not paid to it. The default.</summary>
    Independent,

    /// <summary>
    /// It waits while the contracts that pay its payer are pending, and is rejected when all of them are.
    /// </summary>
    BackToBack,
}
