namespace PerfMarketing.Events;

/// <summary>The order of events of one instant, by what they are.</summary>
public enum EventRank
{
    /// <summary>A touchpoint: it may deserve credit for an outcome of the same instant.</summary>
    Touchpoint,

    /// <summary>An outcome.</summary>
    Outcome,

    /// <summary>A piece of evidence, which proves an outcome.</summary>
    Evidence,

    /// <summary>A correction of an outcome.</summary>
    Correction,
}
