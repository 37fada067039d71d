namespace PerfMarketing.Attribution;

/// <summary>Which of a partner's eligible touches are weighed; claims always are.</summary>
public enum TouchCounting
{
    /// <summary>Each: a partner that touched twice counts twice.</summary>
    EachTouch,

    /// <summary>Each partner once, at its oldest touch.</summary>
    FirstOfPartner,

    /// <summary>Each partner once, at its newest touch.</summary>
    LastOfPartner,
}
