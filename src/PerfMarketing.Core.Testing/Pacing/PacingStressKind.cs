namespace PerfMarketing.Testing.Pacing;

/// <summary>What happens on the last day of a <see cref="PacingStress"/>.</summary>
public enum PacingStressKind
{
    /// <summary>From 04:00 on forty times the traffic comes for ten minutes.</summary>
    Burst,

    /// <summary>From 03:00 on robots ask 400 times a minute for half an hour, and are worth nothing.</summary>
    Robots,

    /// <summary>From 11:00 on nothing comes for three hours.</summary>
    Outage,

    /// <summary>From 21:00 on a quarter of the traffic comes.</summary>
    LateDrop,

    /// <summary>Twice the traffic comes all day.</summary>
    DoubleTraffic,

    /// <summary>All days have 200 requests, as likely at any time.</summary>
    FewRequests,
}
