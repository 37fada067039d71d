namespace PerfMarketing.Contracts;

/// <summary>The codes that say why a clause does not pay for an outcome.</summary>
public static class ClauseReasons
{
    /// <summary>The clause is for another kind of outcome. Args: clause, kind.</summary>
    public const string NotOfKind = "clause.not-of-kind";

    /// <summary>The clause names partners, and this one is not among them. Args: clause.</summary>
    public const string NotForPartner = "clause.not-for-partner";

    /// <summary>The clause counts from a parent outcome, and there is none. Args: clause.</summary>
    public const string ParentMissing = "clause.parent-missing";

    /// <summary>
    /// The outcome came before its parent, or when the window after the parent was over. Args: clause, window.
    /// </summary>
    public const string OutsideWindow = "clause.outside-window";

    /// <summary>The clause's condition does not hold. Args: clause, because.</summary>
    public const string ConditionFalse = "clause.condition-false";

    /// <summary>
    /// The clause's condition asks for a fact that is not known, and so does not hold. Args: clause, because.
    /// </summary>
    public const string FactUnknown = "clause.fact-unknown";

    /// <summary>An earlier clause, or one that is as good, pays. Args: clause, winner.</summary>
    public const string NotFirst = "clause.not-first";

    /// <summary>A clause that is more specific pays. Args: clause, winner.</summary>
    public const string LessSpecific = "clause.less-specific";

    /// <summary>Another clause pays more. Args: clause, amount, winner, paid.</summary>
    public const string PaysLess = "clause.pays-less";

    /// <summary>
    /// Another clause cannot be priced yet: until it can, nobody knows which one pays most. Args: clause, winner.
    /// </summary>
    public const string PriceOpen = "clause.price-open";
}
