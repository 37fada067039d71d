namespace PerfMarketing.Tallies;

/// <summary>Which instant of an outcome says in which period it is tallied.</summary>
public enum TallyClock
{
    /// <summary>When it occurred.</summary>
    OccurredAt,

    /// <summary>When it was decided that it is paid.</summary>
    DecidedAt,
}
