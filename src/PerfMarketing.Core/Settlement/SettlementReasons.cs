namespace PerfMarketing.Settlement;

/// <summary>The codes of what settlement decides and refuses.</summary>
public static class SettlementReasons
{
    /// <summary>A stored record has a kind that this library does not know.</summary>
    public const string RecordUnknown = "settlement.record-unknown";

    /// <summary>A part of a stored ledger entry is in another currency than the entry.</summary>
    public const string EntryCurrency = "settlement.entry-currency";

    /// <summary>A stored invoice is in several currencies.</summary>
    public const string InvoiceCurrency = "settlement.invoice-currency";

    /// <summary>
    /// A stored invoice has no number, one that is too long, or a tax that is no part of its amount.
    /// </summary>
    public const string InvoiceUnsound = "settlement.invoice-unsound";

    /// <summary>A count of invalid traffic is beyond <see cref="TrafficCount.Max"/>.</summary>
    public const string CountOutOfRange = "settlement.count-out-of-range";

    /// <summary>The lines of a stored entry do not sum to its amount.</summary>
    public const string EntryUnsound = "settlement.entry-unsound";

    /// <summary>The lines and amounts of a stored statement do not add up.</summary>
    public const string StatementUnsound = "settlement.statement-unsound";

    /// <summary>
    /// The statement is paid only once the payer has paid for it, or for earlier ones too. Args: statement.
    /// </summary>
    public const string AwaitsPayer = "settlement.awaits-payer";

    /// <summary>The postings of a stored entry group do not sum to zero.</summary>
    public const string GroupUnbalanced = "settlement.group-unbalanced";

    /// <summary>The balances of a stored trial balance do not sum to zero, or one account stands twice.</summary>
    public const string TrialUnbalanced = "settlement.trial-unbalanced";

    /// <summary>A test outcome: explained, never paid, tallied, capped or measured.</summary>
    public const string TestOutcome = "outcome.test";

    /// <summary>The outcome breaks a rule of what an outcome may be.</summary>
    public const string Invalid = "outcome.invalid";

    /// <summary>The outcome, or its decision, lies outside the years for which periods are cut.</summary>
    public const string OutsideCalendar = "outcome.outside-calendar";

    /// <summary>Another outcome has the same order id, in this campaign or in another one of the advertiser.</summary>
    public const string DuplicateOrder = "outcome.duplicate-order";

    /// <summary>The outcome occurred outside the campaign's flight.</summary>
    public const string OutsideFlight = "outcome.outside-flight";

    /// <summary>The outcome was retracted before anything was paid for it.</summary>
    public const string Retracted = "outcome.retracted";

    /// <summary>The id was used before with other content; the first content stands and no money moves.</summary>
    public const string Conflict = "outcome.conflict";

    /// <summary>
    /// The outcome has as much evidence as is kept; what came after it changed nothing. Args: outcome.
    /// </summary>
    public const string EvidenceFull = "outcome.evidence-full";

    /// <summary>No contract in force names the partner of the touch.</summary>
    public const string PartnerNotNamed = "settlement.partner-not-named";

    /// <summary>The contract has no clause that applies to the outcome.</summary>
    public const string NoClause = "settlement.no-clause";

    /// <summary>The outcome names a parent that is not known, or not decided yet. Args: parent.</summary>
    public const string ParentAwaited = "outcome.parent-awaited";

    /// <summary>Nobody got credit for the parent, so nobody gets any for the outcome. Args: parent.</summary>
    public const string ParentNotCredited = "outcome.parent-not-credited";

    /// <summary>
    /// The proof of the parent was refused, so that nobody inherits its credit. Args: parent.
    /// </summary>
    public const string ParentDisproved = "outcome.parent-disproved";

    /// <summary>The credit is that of the parent. Args: parent.</summary>
    public const string CreditInherited = "outcome.credit-inherited";

    /// <summary>
    /// The leg waits for another contract's leg, whose amount or acceptance it depends on. Args: contract.
    /// </summary>
    public const string LegAwaited = "leg.awaited";

    /// <summary>The leg pays only for what its payer is paid for, and that was refused. Args: contract.</summary>
    public const string UpstreamRejected = "leg.upstream-rejected";

    /// <summary>The leg pays only for what its payer is paid for, and no contract pays it for this outcome.</summary>
    public const string UpstreamMissing = "leg.upstream-missing";

    /// <summary>
    /// What is paid on is in another currency and no exchange rate is known; the outcome waits for one. Args: from, to;
    /// source and day where the contract says which.
    /// </summary>
    public const string RateMissing = "settlement.rate-missing";

    /// <summary>
    /// The partner took part in the journey and another got the credit: a contract pays it for having assisted. Args:
    /// partner, contract, role.
    /// </summary>
    public const string Assisted = "settlement.assisted";

    /// <summary>What is paid on was converted. Args: contract, from, to, rate, id.</summary>
    public const string Converted = "settlement.converted";

    /// <summary>
    /// The statement of the period is closed; what was recorded in it since is decided when the next one begins.
    /// Args: until.
    /// </summary>
    public const string PeriodClosed = "settlement.period-closed";

    /// <summary>The amount, or what is tallied with it, is beyond the greatest amount.</summary>
    public const string AmountTooGreat = "settlement.amount-too-great";

    /// <summary>
    /// The budget was used up. Of several that were, the one that binds: the strictest in what it does, then the one
    /// that has least left, then the one that begins anew last. Args: budget, period, available, because; where the
    /// budget begins anew, resets-at; where others were used up too, others.
    /// </summary>
    public const string OverBudget = "settlement.over-budget";

    /// <summary>
    /// The result waits until a budget has room for it. Args: budget, period; where the budget begins anew, resets-at:
    /// then what waits still is refused.
    /// </summary>
    public const string BudgetHeld = "settlement.budget-held";

    /// <summary>
    /// A budget was used up: the result is kept, and nothing is paid for it. Args as of
    /// <c>settlement.over-budget</c>.
    /// </summary>
    public const string BudgetUnpaid = "settlement.budget-unpaid";

    /// <summary>
    /// A budget was used up: another clause prices the result. Args as of <c>settlement.over-budget</c>, and to.
    /// </summary>
    public const string BudgetDiverted = "settlement.budget-diverted";

    /// <summary>
    /// More is paid than was set aside in the budget, or than it has left, because it was promised: whoever pays the
    /// budget bears what lies above its limit. Args: budget, period, reserved, over.
    /// </summary>
    public const string OverReserve = "settlement.over-reserve";

    /// <summary>
    /// The version of the contract under which the earning was made is not part of the campaign: nothing was moved.
    /// </summary>
    public const string TermsMissing = "settlement.terms-missing";

    /// <summary>
    /// A version of a contract has other terms than those under which closed statements say that it paid. Args:
    /// contract, version, closed, now (both digests).
    /// </summary>
    public const string TermsChanged = "settlement.terms-changed";

    /// <summary>
    /// Terms that both accepted reach back to the earning: the difference between them. Args: from, to, accepted.
    /// </summary>
    public const string Amended = "adjustment.amended";

    /// <summary>
    /// The partner accepted the terms after the outcome was decided, and is paid its part. Args: version, accepted.
    /// </summary>
    public const string AcceptedLate = "adjustment.accepted-late";

    /// <summary>Another leg that this one measures was amended. Args: at.</summary>
    public const string MeasureAmended = "adjustment.measure-amended";

    /// <summary>A correction came in proportion to what is left of the outcome.</summary>
    public const string Proportional = "adjustment.proportional";

    /// <summary>A correction changed the earning to what the clause pays for what is left.</summary>
    public const string Repriced = "adjustment.repriced";

    /// <summary>
    /// The clause's schedule takes back only a part so many days after. Args: days, part, of.
    /// </summary>
    public const string ClawbackPart = "adjustment.clawback-part";

    /// <summary>Results of the source and period turned out invalid. Args: invalidation, share.</summary>
    public const string Invalidated = "adjustment.invalidated";

    /// <summary>A correction waits until everything is returned.</summary>
    public const string UntilFullReturn = "adjustment.until-full-return";

    /// <summary>A dispute was settled: what was held of the earning is let go.</summary>
    public const string DisputeSettled = "settlement.dispute-settled";
}
