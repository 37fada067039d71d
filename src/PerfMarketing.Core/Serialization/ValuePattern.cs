using System.Collections.Frozen;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Serialization;

/// <summary>How the text of a value type looks, for a schema: every text that can be read fits.</summary>
/// <param name="Pattern">A regular expression that ECMA-262 and .NET read alike.</param>
/// <param name="Example">One such text; null when any word would do.</param>
/// <param name="LengthMax">The most characters; null when the pattern says it.</param>
internal sealed record ValuePattern(string Pattern, string? Example, int? LengthMax = null)
{
    private const string Number = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?";
    private const string Date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private const string Code = "^[a-z][a-z0-9]*([.-][a-z0-9]+)*$";
    private const string Open = "^[a-z0-9][a-z0-9.-]*$";

    private static readonly ValuePattern Id = new("^[!-~]([ -~]*[!-~])?$", null, Identifier.LengthMax);

    private static readonly FrozenDictionary<Type, ValuePattern> Known = new Dictionary<Type, ValuePattern>
    {
        [typeof(Currency)] = new("^[A-Z]{3}$", "EUR"),
        [typeof(Money)] = new($"^{Number} [A-Z]{{3}}$", "80.00 EUR"),
        [typeof(Accrual)] = new($"^{Number} [A-Z]{{3}}$", "0.045 EUR"),
        [typeof(Percentage)] = new($"^{Number}%$", "12%"),
        [typeof(Measure)] =
            new("^(count|quantity|value|payout|fact:[a-z0-9.-]+|leg:[ -~]{1,64})$", "fact:call-seconds"),
        [typeof(Ratio)] = new("^-?[0-9]+(/[0-9]+)?$", "1/3"),
        [typeof(DurationText)] = new("^[0-9]{1,10}[dhms]$", "30d"),
        [typeof(LookbackWindow)] = new("^([0-9]{1,10}[dhms]|unlimited)$", "30d"),
        [typeof(DateRange)] = new($"^{Date}/({Date}|\\.\\.)$", "2026-01-01/2027-01-01"),
        [typeof(DateText)] = new($"^{Date}$", "2026-01-01"),
        [typeof(MonthText)] = new("^[0-9]{4}-[0-9]{2}$", "2026-03"),
        [typeof(TimeText)] = new("^[0-9]{2}:[0-9]{2}(:[0-9]{2})?$", "09:00"),
        [typeof(Instant)] = new(
            $"^{Date}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\\.[0-9]{{1,9}})?Z$", "2026-03-01T09:00:00Z"),
        [typeof(Place)] = new("^[A-Z]{2}(-[A-Z0-9]{1,3})?$", "DE-BY"),
        [typeof(CorrectionReason)] = new(Code, "fraud", CorrectionReason.LengthMax),
        [typeof(OutcomeKind)] = new(Code, "sale", OutcomeKind.LengthMax),
        [typeof(TouchpointKind)] = new(Code, "click", OutcomeKind.LengthMax),
        [typeof(ClaimBasis)] = new(Code, "coupon", ClaimBasis.LengthMax),
        [typeof(EvidenceKind)] = new(Open, "order-paid", CodeNameLengthMax),
        [typeof(SchemeId)] = new(Open, "standard-webhooks", CodeNameLengthMax),
        [typeof(ClaimSource)] =
            new("^(body:/|(form|query|header|claim):[ -~])[ -~]*$", "body:/data/amount", ClaimSource.LengthMax),
        [typeof(PathModel)] = new("^[a-z-]{4,20}(:[1-8])?$", "markov:2"),
        [typeof(Digest)] = new("^[0-9a-f]{64}$", new string('0', 64)),
    }.ToFrozenDictionary();

    private const int CodeNameLengthMax = 64;

    /// <summary>The pattern of a type; null when any text may be one, as far as this library knows.</summary>
    public static ValuePattern? Find(Type type) =>
        Known.TryGetValue(type, out ValuePattern? known) ? known
        : IsIdentifier(type) ? (type == typeof(OrderId) ? Id with { LengthMax = Identifier.ForeignLengthMax } : Id)
        : null;

    private static bool IsIdentifier(Type type) => type.Namespace == typeof(Identifier).Namespace
        && type != typeof(SubId) && type.Name.EndsWith("Id", StringComparison.Ordinal);
}
