namespace PerfMarketing.Contracts;

/// <summary>What becomes of a balance that is owed back when a statement is closed.</summary>
public enum NegativeBalance
{
    /// <summary>It is carried and set off against what is earned later. The default.</summary>
    Carry,

    /// <summary>The partner is asked to pay it back, and the next statement begins with nothing.</summary>
    Debt,
}
