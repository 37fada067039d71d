namespace PerfMarketing.Testing;

/// <summary>A method of a port that can go wrong.</summary>
public enum PortMethod
{
    /// <summary>A campaign is looked up.</summary>
    FindCampaign,

    /// <summary>Touchpoints are recorded.</summary>
    RecordTouchpoints,

    /// <summary>It is noted that an outcome happened to a customer.</summary>
    MarkOutcome,

    /// <summary>A journey is read.</summary>
    ReadJourney,

    /// <summary>A decision is committed.</summary>
    Commit,

    /// <summary>Streams are read.</summary>
    ReadStreams,

    /// <summary>Receipts of earlier commits are looked up.</summary>
    FindReceipts,
}
