namespace PerfMarketing.Primitives;

/// <summary>How much a decision explains.</summary>
public enum ExplainLevel
{
    /// <summary>What won, the lines, and what is missing. The default.</summary>
    Standard,

    /// <summary>Also what lost and why, such as touches that were not chosen.</summary>
    Full,
}
