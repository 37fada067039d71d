namespace PerfMarketing.Workflows;

/// <summary>What became of a touchpoint that was handed in to be recorded.</summary>
public enum TouchAnswer
{
    /// <summary>It was new and is recorded.</summary>
    Recorded,

    /// <summary>The same touchpoint was recorded before; nothing changed.</summary>
    Known,

    /// <summary>Its id was recorded before with other content, which stands.</summary>
    Conflict,

    /// <summary>Something is wrong with it, and it was not recorded. Stores never answer this.</summary>
    Refused,
}
