namespace PerfMarketing.Payouts.Periods;

/// <summary>The names of lines that several kinds of period payout have, or none of its own.</summary>
public static class PeriodLineNames
{
    /// <summary>What is taken from a pool before the rate.</summary>
    public const string Deduction = "deduction";

    /// <summary>What was carried in from the period before.</summary>
    public const string CarriedIn = "carried-in";

    /// <summary>What is carried out, so that the period itself pays nothing.</summary>
    public const string CarriedOut = "carried-out";

    /// <summary>What is set off against an earlier advance.</summary>
    public const string Recoupment = "recoupment";

    /// <summary>Nothing, because the amount is beyond the greatest amount.</summary>
    public const string TooGreat = "too-great";
}
