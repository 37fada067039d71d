namespace PerfMarketing.Events;

/// <summary>The codes of what can be wrong with an event.</summary>
public static class EventCodes
{
    /// <summary>An event has no id.</summary>
    public const string IdMissing = "event.id-missing";

    /// <summary>A touchpoint names no customer.</summary>
    public const string CustomerMissing = "event.customer-missing";

    /// <summary>A touchpoint names no partner.</summary>
    public const string PartnerMissing = "event.partner-missing";

    /// <summary>A decision by hand that names a clause or an amount names no contract.</summary>
    public const string ContractMissing = "event.contract-missing";

    /// <summary>An event has no kind.</summary>
    public const string KindMissing = "event.kind-missing";

    /// <summary>A correction names no outcome.</summary>
    public const string OutcomeMissing = "event.outcome-missing";

    /// <summary>An outcome is its own parent, or a correction replaces itself.</summary>
    public const string NamesItself = "event.names-itself";

    /// <summary>A correction that undoes another does not name it.</summary>
    public const string ReplacesMissing = "event.replaces-missing";

    /// <summary>An instant lies outside the years 1000 to 8999, for which calendars cut periods.</summary>
    public const string Instant = "event.instant";

    /// <summary>A quantity is not above zero, is above its bound or has too many decimals.</summary>
    public const string Quantity = "event.quantity";

    /// <summary>An amount is below zero.</summary>
    public const string AmountNegative = "event.amount-negative";

    /// <summary>The lines sum to more than an amount may be.</summary>
    public const string AmountTooGreat = "event.amount-too-great";

    /// <summary>An amount has no currency, or another one than the rest of the event.</summary>
    public const string Currency = "event.currency";

    /// <summary>The order discount is greater than what the lines cost.</summary>
    public const string DiscountTooGreat = "event.discount-too-great";

    /// <summary>There are totals without lines.</summary>
    public const string LinesMissing = "event.lines-missing";

    /// <summary>There are more lines than are allowed.</summary>
    public const string TooManyLines = "event.too-many-lines";

    /// <summary>A text is empty, too long, or not valid Unicode.</summary>
    public const string Text = "event.text";

    /// <summary>A text may not name a fact.</summary>
    public const string FactName = "event.fact-name";

    /// <summary>A fact's value breaks a bound, or a text of it is not valid Unicode.</summary>
    public const string FactBounds = "event.fact-bounds";

    /// <summary>There are more facts than are allowed.</summary>
    public const string TooManyFacts = "event.too-many-facts";

    /// <summary>
    /// An event says something that makes no sense, such as a returned line named both by position and by sku.
    /// </summary>
    public const string Contradictory = "event.contradictory";
}
