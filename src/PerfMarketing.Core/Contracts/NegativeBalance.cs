namespace PerfMarketing.Contracts;

/// <summary>What becomes of a balance that is owed back when a statement is closed.</summary>
public enum NegativeBalance
{
    /// <summary>It is carried and set off against what is earned later. The default.</summary>
    Carry,

    /// <summary>
    /// It takes from the reserve, before its time; the partner is asked to pay back the rest, and the next statement
    /// begins with nothing.
    /// </summary>
    Debt,
}
