namespace PerfMarketing.Tallies;

/// <summary>What a correction does to a tally.</summary>
public enum TallyCorrections
{
    /// <summary>
    /// Nothing: tallies are gross, so that gross earnings keep summing to the payout of the tally, with the corrections
    /// beside them.
    /// </summary>
    Frozen,

    /// <summary>
    /// What is not kept is taken out of the tally, and what the rest is now worth differently is a period entry of its
    /// own.
    /// </summary>
    Reevaluated,
}
