namespace PerfMarketing.Settlement.Invalidations;

/// <summary>The codes of why an invalidation takes nothing.</summary>
public static class InvalidationReasons
{
    /// <summary>It has no id.</summary>
    public const string Id = "invalidation.id";

    /// <summary>Something else stands under the same id. Args: invalidation.</summary>
    public const string Conflict = "invalidation.conflict";

    /// <summary>The campaign has no such contract that names the partner. Args: contract, partner.</summary>
    public const string NotNamed = "invalidation.not-named";

    /// <summary>The author is not 1 to 64 printable ASCII characters.</summary>
    public const string Author = "invalidation.author";

    /// <summary>The note is empty, too long, or holds control characters.</summary>
    public const string Note = "invalidation.note";

    /// <summary>
    /// The period ends before it begins, or an instant lies outside the years for which periods are cut.
    /// </summary>
    public const string Period = "invalidation.period";

    /// <summary>
    /// Not exactly one of amount, part and quantity is given, it is not above zero, or the part is above 100 %.
    /// </summary>
    public const string Extent = "invalidation.extent";

    /// <summary>The amount is in another currency than the contract. Args: currency.</summary>
    public const string OtherCurrency = "invalidation.other-currency";

    /// <summary>Something is wrong with the condition. Args: because.</summary>
    public const string Condition = "invalidation.condition";

    /// <summary>No line of the source and period has anything left to take, or the share of it is nothing.</summary>
    public const string Nothing = "invalidation.nothing";

    /// <summary>It is more than what is left of the lines, or than was counted. Args: asked, left.</summary>
    public const string TooMuch = "invalidation.too-much";
}
