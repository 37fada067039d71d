namespace PerfMarketing.Contracts;

/// <summary>Where the part of an outcome or of a minor unit goes when a limit on reversals is not whole.</summary>
public enum ReversalRounding
{
    /// <summary>Away: 10 % of 25 leads are 2. The default: never more than the percentage.</summary>
    Down,

    /// <summary>To the next whole: 10 % of 25 leads are 3.</summary>
    Up,

    /// <summary>To the nearest whole, half up: 10 % of 25 leads are 3, of 24 they are 2.</summary>
    Nearest,
}
