namespace PerfMarketing.Attribution;

/// <summary>What becomes of the touches that the campaign and its contracts do not accept.</summary>
public enum IneligibleShare
{
    /// <summary>They are left out, and the eligible touches share everything.</summary>
    Renormalised,

    /// <summary>They are weighed like the others, and what they get is nobody's.</summary>
    Nobody,
}
