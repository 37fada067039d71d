namespace PerfMarketing.Contracts;

/// <summary>The codes of what is said about the amount that a clause pays on.</summary>
public static class CommissionableReasons
{
    /// <summary>
    /// The outcome has no lines: its value counts as it was stated, and no part is added or taken off.
    /// </summary>
    public const string AsStated = "commissionable.as-stated";

    /// <summary>
    /// A part is in or out by the terms, but the outcome does not say how much it is: it counts as none.
    /// </summary>
    public const string NotStated = "commissionable.not-stated";

    /// <summary>Lines were left out because their category, sku or brand is excluded.</summary>
    public const string Excluded = "commissionable.excluded";

    /// <summary>
    /// Lines were left out because they do not say the category, sku or brand by which others are excluded.
    /// </summary>
    public const string NameUnknown = "commissionable.name-unknown";

    /// <summary>Every line is left out: the clause does not pay.</summary>
    public const string NothingLeft = "commissionable.nothing-left";
}
