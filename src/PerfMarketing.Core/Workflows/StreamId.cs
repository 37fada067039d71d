using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Tallies;

namespace PerfMarketing.Workflows;

/// <summary>Names one stream of records of a campaign, payee or advertiser.</summary>
/// <remarks>
/// The text is <c>campaign/kind/id…</c>, such as <c>acme-2026/ledger/acme-2026/p-blog</c>; <c>/</c> and <c>%</c> inside
/// an id are written <c>%2F</c> and <c>%25</c>, so that no two streams have one text. Printable ASCII, compared
/// ordinally: a store keeps upper and lower case apart. <c>default</c> names nothing.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<StreamId>))]
public readonly record struct StreamId : IParsable<StreamId>
{
    /// <summary>The most characters of a stream's text.</summary>
    public const int LengthMax = 800;

    internal const string BudgetKind = "budget";
    internal const string EvidenceKind = "evidence";
    internal const string LedgerKind = "ledger";
    internal const string OrderKind = "order";
    internal const string PeriodsKind = "periods";
    internal const string TallyKind = "tally";
    internal const string TrafficKind = "traffic";
    internal const string UnpaidKind = "unpaid";

    private readonly string? text;

    private StreamId(UnitId unit, string kind, params ReadOnlySpan<string> parts)
    {
        Unit = unit;
        Kind = kind;
        var words = new string[parts.Length + 2];
        (words[0], words[1]) = (unit.ToString(), kind);
        for (int i = 0; i < parts.Length; i++)
        {
            words[i + 2] = Escape(parts[i]);
        }

        text = string.Join('/', words);
    }

    private StreamId(string text, UnitId unit, string kind)
    {
        this.text = text;
        Unit = unit;
        Kind = kind;
    }

    /// <summary>The unit of consistency, and what a host shards by: the campaign, payee or advertiser.</summary>
    public UnitId Unit { get; }

    /// <summary>What the stream is about: its second part.</summary>
    internal string? Kind { get; }

    /// <summary>Whether it grows with the campaign, not with one outcome.</summary>
    internal bool IsLong =>
        Kind is LedgerKind or BudgetKind or "limit" or TallyKind or TrafficKind or PeriodsKind;

    /// <summary>Whether it says which outcome claimed an order first.</summary>
    internal bool IsOfClaims => Kind == OrderKind;

    /// <summary>Whether all its records stand in another stream too.</summary>
    internal bool IsOfCopies => Kind is OrderKind or TallyKind or UnpaidKind or EvidenceKind;

    /// <summary>Whether no entry that it holds stands in another stream that is folded before it.</summary>
    internal bool HoldsEntriesOnce =>
        Kind is "outcome" or OrderKind or EvidenceKind or TrafficKind or LedgerKind or BudgetKind or "limit"
            or PeriodsKind;

    /// <summary>What was received and decided for an outcome.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="outcome">The outcome.</param>
    public static StreamId OfOutcome(CampaignId campaign, OutcomeId outcome) => new(campaign, "outcome", outcome.Value);

    /// <summary>Which outcome of the campaign claimed an order id first.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="order">The order id.</param>
    public static StreamId OfOrder(CampaignId campaign, OrderId order) => new(campaign, OrderKind, order.Value);

    /// <summary>Which campaign of an advertiser took an order.</summary>
    /// <remarks>The order id is in a derived name: the text would be too long.</remarks>
    /// <param name="advertiser">The advertiser.</param>
    /// <param name="order">The order id.</param>
    public static StreamId OfClaim(AdvertiserId advertiser, OrderId order) =>
        new(UnitId.OfAdvertiser(advertiser), "claim", DerivedId.Of("order", order.Value));

    /// <summary>Which outcome a piece of evidence was used for.</summary>
    /// <remarks>Scheme, party and the provider's id are in a derived name: the text would be too long.</remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="verdict">A valid verdict on it.</param>
    public static StreamId OfEvidence(CampaignId campaign, EvidenceVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return new(campaign, EvidenceKind, DerivedId.Of(
            "evidence", verdict.Scheme.ToString(), verdict.Party?.Value, verdict.ReplayKey?.Value));
    }

    /// <summary>What a contract owes a partner, and what it counts of invalid traffic: what statements show.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="partner">The partner.</param>
    public static StreamId OfLedger(CampaignId campaign, ContractId contract, PartnerId partner) =>
        new(campaign, LedgerKind, contract.Value, partner.Value);

    /// <summary>
    /// What partners earned under a clause that tallies them together: copies of what their ledgers hold.
    /// </summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="tally">What the tally counts for.</param>
    public static StreamId OfTally(CampaignId campaign, TallyKey tally) => new(
        campaign, TallyKind, tally.Contract.ToString(), tally.Clause.ToString(), tally.Period);

    /// <summary>What was booked by hand under an id: a copy of what the ledger holds.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="booking">The id.</param>
    public static StreamId OfBooking(CampaignId campaign, BookingId booking) => new(campaign, "booking", booking.Value);

    /// <summary>
    /// Which outcomes a partner was credited for without being paid: the decisions that say so, for terms that may
    /// reach back.
    /// </summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="period">
    /// The month in which the outcomes occurred, in universal time, such as <c>2026-03</c>.
    /// </param>
    public static StreamId OfUnpaid(CampaignId campaign, PartnerId partner, string period) =>
        new(campaign, UnpaidKind, partner.Value, period);

    /// <summary>Which periods and statements of a contract were closed.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="contract">The contract.</param>
    public static StreamId OfPeriods(CampaignId campaign, ContractId contract) =>
        new(campaign, PeriodsKind, contract.Value);

    /// <summary>What happened to a budget in one of its periods.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="period">The period's key, such as <c>2026-03</c>.</param>
    public static StreamId OfBudget(CampaignId campaign, BudgetId budget, string period) =>
        new(campaign, BudgetKind, budget.Value, period);

    /// <summary>Who took, reserved and waits for one room of a limit.</summary>
    /// <remarks>Clause, partner, customer and period are in a derived name: the text would be too long.</remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="key">The room.</param>
    public static StreamId OfLimit(CampaignId campaign, LimitKey key) => new(
        campaign,
        "limit",
        key.Contract.Value,
        key.Limit.Value,
        DerivedId.Of(
            "limit",
            key.Clause.IsUnset ? null : key.Clause.Value,
            key.Partner.IsUnset ? null : key.Partner.Value,
            key.Customer.IsUnset ? null : key.Customer.Value,
            key.Period));

    /// <summary>Which outcomes were seen in one room, for rules of invalid traffic and terms of calls.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="room">The room.</param>
    public static StreamId OfTraffic(CampaignId campaign, TrafficRoom room) => new(
        campaign, TrafficKind, room.Contract.Value, room.Common, InvariantText.Of(room.Period));

    /// <summary>What was remitted to a payee in a currency, over all campaigns.</summary>
    /// <param name="payee">The payee.</param>
    /// <param name="currency">The currency.</param>
    public static StreamId OfRemittances(PartnerId payee, Currency currency) =>
        new(UnitId.OfPayee(payee), "remittances", currency.Code);

    /// <summary>The stream that a text names, such as one that a store kept.</summary>
    /// <exception cref="FormatException">The text names no stream.</exception>
    public static StreamId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out StreamId found)
        ? found
        : throw new FormatException("A stream is named like campaign/kind/id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out StreamId result)
    {
        result = default;
        if (s is null || s.Length > LengthMax || s.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }

        // The unit of a payee or an advertiser has two parts, and an empty one before them.
        string[] parts = s.Split('/');
        int unit = parts[0].Length == 0 ? 3 : 1;
        if (parts.Length < unit + 2 || (unit == 3 && parts[1] is not (UnitId.PayeeKind or UnitId.AdvertiserKind))
            || Array.Exists(parts[(unit == 3 ? 1 : 0)..], static p => p.Length == 0))
        {
            return false;
        }

        result = new(text: s, UnitId.OfText(string.Join('/', parts[..unit])), parts[unit]);
        return true;
    }

    /// <summary>Whether two streams have one text.</summary>
    /// <param name="other">The other stream.</param>
    public bool Equals(StreamId other) => string.Equals(text, other.text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => text is null ? 0 : text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The stream's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;

    internal static string Escape(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.AsSpan().ContainsAny('%', '/')
            ? part.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal)
            : part;
    }
}
