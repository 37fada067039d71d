namespace PerfMarketing.Tallies;

/// <summary>How much of an outcome a partner with a part of the credit tallies.</summary>
public enum TallyCredit
{
    /// <summary>The credited part: two fifths of the credit are 0.4 outcomes.</summary>
    Credited,

    /// <summary>The whole outcome, whoever else was involved; the money still goes by credit.</summary>
    Involved,
}
