namespace PerfMarketing.Contracts;

/// <summary>What can be wrong with how a contract is settled.</summary>
public static class SettlementTermsCodes
{
    /// <summary>Statements are of a week, a half-month, a month or a quarter.</summary>
    public const string Period = "settling.period";

    /// <summary>The threshold is not above zero, or not in the contract's currency.</summary>
    public const string Threshold = "settling.threshold";

    /// <summary>The days or months of the due date are out of range, or its rule is not one of the choices.</summary>
    public const string Due = "settling.due";

    /// <summary>The part or the days of the reserve are out of range.</summary>
    public const string Reserve = "settling.reserve";

    /// <summary>What becomes of debts, or the exposure, is not one of the choices.</summary>
    public const string Choice = "settling.choice";
}
