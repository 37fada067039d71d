namespace PerfMarketing.Proofs.Delivery;

/// <summary>How far a message or call got, in the words that all providers are mapped to.</summary>
/// <remarks>
/// <see cref="None"/> to <see cref="Read"/> are a ladder: who reached a step has passed those below it. Failed and
/// expired stand beside it, and <see cref="Unknown"/> is a status that no table knows.
/// </remarks>
public enum DeliveryOutcome
{
    /// <summary>The status is not known here. Never counts.</summary>
    Unknown,

    /// <summary>Nothing has happened yet: it is queued, scheduled or ringing.</summary>
    None,

    /// <summary>A system between took it over, which says nothing of the recipient.</summary>
    Accepted,

    /// <summary>It was handed to the network.</summary>
    Sent,

    /// <summary>It reached the recipient's device or mail server; a call was answered and is over.</summary>
    Delivered,

    /// <summary>The recipient opened it, or something that opens messages for him did.</summary>
    Read,

    /// <summary>It will not be delivered.</summary>
    Failed,

    /// <summary>It was not delivered in time.</summary>
    Expired,
}
