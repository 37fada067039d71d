namespace PerfMarketing.Contracts;

/// <summary>From when on the days of a clawback schedule are counted.</summary>
public enum ClawbackStart
{
    /// <summary>From the day on which the outcome occurred. The default.</summary>
    Occurred,

    /// <summary>From the day on which the earning, or its first instalment, is payable.</summary>
    Payable,
}
