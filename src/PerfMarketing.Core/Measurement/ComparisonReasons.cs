namespace PerfMarketing.Measurement;

/// <summary>The codes of why two campaigns pay differently for one outcome.</summary>
public static class ComparisonReasons
{
    /// <summary>The first campaign pays for it, the other refuses it. Args: because.</summary>
    public const string Refused = "comparison.refused";

    /// <summary>The first campaign refuses it, the other pays for it. Args: because.</summary>
    public const string Accepted = "comparison.accepted";

    /// <summary>One of the campaigns still waits for something. Args: because.</summary>
    public const string Pending = "comparison.pending";

    /// <summary>Their contracts are in other currencies, which are not compared.</summary>
    public const string OtherCurrency = "comparison.other-currency";

    /// <summary>Other partners get the credit, or other parts of it.</summary>
    public const string OtherCredit = "comparison.other-credit";

    /// <summary>Other clauses pay for it. Args: before, after.</summary>
    public const string OtherClause = "comparison.other-clause";

    /// <summary>
    /// An invalidation takes from it for one of the campaigns only; the other has less than it asks. Args:
    /// invalidation.
    /// </summary>
    public const string OtherInvalidation = "comparison.other-invalidation";

    /// <summary>The same clauses price it the same, and a limit or a budget has other room.</summary>
    public const string OtherRoom = "comparison.other-room";

    /// <summary>The same clauses price it otherwise. Args: before, after.</summary>
    public const string OtherPrice = "comparison.other-price";

    /// <summary>It earns the same, and what came later differs: corrections, prices of earlier results.</summary>
    public const string OtherCorrection = "comparison.other-correction";

    /// <summary>It is paid for a period, without an outcome.</summary>
    public const string PeriodPayout = "comparison.period-payout";

    /// <summary>It is booked by hand, and not for both or not the same.</summary>
    public const string Booked = "comparison.booked";
}
