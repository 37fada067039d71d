namespace PerfMarketing.Measurement;

/// <summary>What became of an approved outcome, or of a part of what was earned by it.</summary>
public enum ApprovedStage
{
    /// <summary>Corrections took it back.</summary>
    Reversed,

    /// <summary>It is held: it is payable when time has passed.</summary>
    Held,

    /// <summary>It is payable and was not paid.</summary>
    Payable,

    /// <summary>It was paid, or set off against what was owed back: nothing is left to be paid.</summary>
    Paid,
}
