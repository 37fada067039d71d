namespace PerfMarketing.Events;

/// <summary>The order of events of one instant, by what they are.</summary>
public enum EventRank
{
    /// <summary>A touchpoint: it may deserve credit for an outcome of the same instant.</summary>
    Touchpoint,

    /// <summary>
    /// What licensed lists say of the source of an outcome: it is known before the outcome is decided.
    /// </summary>
    Classification,

    /// <summary>An outcome.</summary>
    Outcome,

    /// <summary>A piece of evidence, which proves an outcome.</summary>
    Evidence,

    /// <summary>A correction of an outcome.</summary>
    Correction,
}
