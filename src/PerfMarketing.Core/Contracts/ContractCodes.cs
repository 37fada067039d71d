namespace PerfMarketing.Contracts;

/// <summary>The codes of what can be wrong with a contract draft.</summary>
public static class ContractCodes
{
    /// <summary>The version is not 1 or higher.</summary>
    public const string Version = "contract.version";

    /// <summary>Nobody pays.</summary>
    public const string PayerMissing = "contract.payer-missing";

    /// <summary>
    /// No partner is named, one is named twice, or there are more than <see cref="Contract.PartnerCountMax"/>.
    /// </summary>
    public const string Partners = "contract.partners";

    /// <summary>The terms of a conversion name no source, no day, or too many days.</summary>
    public const string Conversion = "contract.conversion";

    /// <summary>No currency is named.</summary>
    public const string CurrencyMissing = "contract.currency-missing";

    /// <summary>The tz database has no such zone.</summary>
    public const string ZoneUnknown = "contract.zone-unknown";

    /// <summary>There is no clause, or there are more than <see cref="Contract.ClauseCountMax"/>.</summary>
    public const string ClauseCount = "contract.clause-count";

    /// <summary>Two clauses have one name.</summary>
    public const string ClauseDuplicate = "contract.clause-duplicate";

    /// <summary>A clause has no name.</summary>
    public const string ClauseUnnamed = "contract.clause-unnamed";

    /// <summary>A clause names no kind of outcome.</summary>
    public const string OutcomeMissing = "contract.outcome-missing";

    /// <summary>A hold is below zero or longer than <see cref="Contract.HoldDaysMax"/> days.</summary>
    public const string HoldOutOfRange = "contract.hold-out-of-range";

    /// <summary>
    /// A locking has negative or too many months or days, or follows no period of the calendar.
    /// </summary>
    public const string LockingOutOfRange = "contract.locking-out-of-range";

    /// <summary>A unit price is off the currency's grid, but the clause rounds every outcome on its own.</summary>
    public const string OffGridPrice = "contract.off-grid-price";

    /// <summary>An amount has another currency than the contract.</summary>
    public const string CurrencyMismatch = "contract.currency-mismatch";

    /// <summary>A rounding mode that is not symmetric: a reversal would not mirror its credit.</summary>
    public const string RoundingNotSymmetric = "contract.rounding-not-symmetric";

    /// <summary>An excluded category, sku or brand is no name that a line of an order can have.</summary>
    public const string ExclusionName = "contract.exclusion-name";

    /// <summary>
    /// A list of exclusions has more than <see cref="CommissionableAmount.ExclusionCountMax"/> names, or one twice.
    /// </summary>
    public const string ExclusionCount = "contract.exclusion-count";

    /// <summary>
    /// A period over which nothing can be tallied without more terms, such as a flight without an end.
    /// </summary>
    public const string TallyPeriod = "contract.tally-period";

    /// <summary>A rolling tally, or one of payable outcomes only, under a model that prices by running sums.</summary>
    public const string TallyListed = "contract.tally-listed";

    /// <summary>
    /// A tally of several partners, or by involvement, under a model that prices earlier results again.
    /// </summary>
    public const string TallyRepricing = "contract.tally-repricing";

    /// <summary>A tally that corrections change, under a model whose payout does not follow from the tally.</summary>
    public const string TallyCorrections = "contract.tally-corrections";

    /// <summary>The days of notice are below 0 or above <see cref="Contract.NoticeDaysMax"/>.</summary>
    public const string NoticeOutOfRange = "contract.notice-out-of-range";

    /// <summary>
    /// The tail is not above zero, or longer than <see cref="Versions.TailTerms.ChildMonthsMax"/> months or a hundred
    /// years.
    /// </summary>
    public const string TailOutOfRange = "contract.tail-out-of-range";

    /// <summary>
    /// A contract with a downline pays exactly one partner, who is not in it; a partner stands in it once, and there
    /// are at most <see cref="Contract.PartnerCountMax"/>.
    /// </summary>
    public const string Downline = "contract.downline";

    /// <summary>An assisting contract pays exactly one partner, and has no downline.</summary>
    public const string Assists = "contract.assists";

    /// <summary>
    /// A role is asked for where it is not known: in a model or a measure. Only conditions of clauses ask.
    /// </summary>
    public const string RoleNotPriced = "contract.role-not-priced";

    /// <summary>A clause is for a partner whom the contract does not name, or names one twice.</summary>
    public const string ClausePartners = "contract.clause-partners";

    /// <summary>The window after the parent is empty.</summary>
    public const string Within = "contract.within";

    /// <summary>
    /// A clause of periods pays for something else than days, weeks, half months, months, quarters or years.
    /// </summary>
    public const string PeriodUnit = "contract.period-unit";

    /// <summary>Days are counted by months of 30 or 28 days, but the periods are not made of months.</summary>
    public const string PeriodProration = "contract.period-proration";

    /// <summary>A clause of periods names a partner who is none of the contract's.</summary>
    public const string PeriodPartner = "contract.period-partner";

    /// <summary>
    /// A clause of periods counts a clause that the contract does not have, or that is not computed before it.
    /// </summary>
    public const string PeriodClauseNamed = "contract.period-clause-named";

    /// <summary>The fee of the platform is not from 0 to 100 %.</summary>
    public const string PlatformFee = "contract.platform-fee";

    /// <summary>A term has a value that is none of those that there are.</summary>
    public const string Undefined = "contract.undefined";
}
