namespace PerfMarketing.Budgets.Windows;

/// <summary>What becomes of the money that a window leaves over.</summary>
public enum Rollover
{
    /// <summary>It is gone: the next window has its own limit.</summary>
    None,

    /// <summary>All of it comes on top of the next window's limit, and of the one after that.</summary>
    Whole,

    /// <summary>It does, up to a part of the next window's own limit.</summary>
    Capped,
}
