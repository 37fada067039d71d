namespace PerfMarketing.Payouts.Models;

/// <summary>Which of several rates that fit one line of an order prices it.</summary>
public enum LineMatch
{
    /// <summary>The first one, in the order of the terms. The default.</summary>
    First,

    /// <summary>The one that pays most for the line, in money; of two that pay the same the first.</summary>
    Best,
}
