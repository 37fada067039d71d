using System.Collections.Frozen;
using System.Globalization;
using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>
/// The keys of the facts that everybody knows; an integrator's own have a prefix, such as <c>acme.score</c>.
/// </summary>
public static class Facts
{
    /// <summary>How many numbered sub-ids there are.</summary>
    public const int SubIdCountMax = 10;

    private static readonly FactKey<string>[] SubIds =
    [
        .. Enumerable.Range(1, SubIdCountMax).Select(static n => new FactKey<string>(
            string.Create(CultureInfo.InvariantCulture, $"sub-id-{n}"))),
    ];

    /// <summary><c>device</c>: the kind of device, such as <c>mobile</c>, <c>desktop</c>, <c>tablet</c>.</summary>
    public static FactKey<string> Device { get; } = new("device");

    /// <summary><c>country</c>: the country, as two capital letters of ISO 3166-1.</summary>
    public static FactKey<string> Country { get; } = new("country");

    /// <summary><c>region</c>: the part of the country, as ISO 3166-2 writes it, such as <c>DE-BY</c>.</summary>
    public static FactKey<string> Region { get; } = new("region");

    /// <summary><c>city</c>: the town, as the source writes it.</summary>
    public static FactKey<string> City { get; } = new("city");

    /// <summary><c>postcode</c>: the postal code.</summary>
    public static FactKey<string> Postcode { get; } = new("postcode");

    /// <summary><c>age-band</c>: years, such as <c>25-34</c>; never a date of birth.</summary>
    public static FactKey<string> AgeBand { get; } = new("age-band");

    /// <summary><c>gender</c>: as the customer said.</summary>
    public static FactKey<string> Gender { get; } = new("gender");

    /// <summary>
    /// <c>consent-text-digest</c>: the SHA-256 of the text that was agreed to, as 64 hexadecimal digits.
    /// </summary>
    public static FactKey<string> ConsentTextDigest { get; } = new("consent-text-digest");

    /// <summary><c>consent-buyer</c>: who was named in the text as the one to get the data.</summary>
    public static FactKey<string> ConsentBuyer { get; } = new("consent-buyer");

    /// <summary><c>consent-withdrawn</c>: when the consent was withdrawn; absent while it stands.</summary>
    public static FactKey<Instant> ConsentWithdrawn { get; } = new("consent-withdrawn");

    /// <summary><c>customer-status</c>: new or returning.</summary>
    public static FactKey<CustomerStatus> CustomerStatus { get; } = new("customer-status");

    /// <summary><c>customer-status-source</c>: who says so, such as <c>advertiser</c> or <c>network</c>.</summary>
    public static FactKey<string> CustomerStatusSource { get; } = new("customer-status-source");

    /// <summary>
    /// <c>coupons</c>: the coupon codes used, several for one order; a condition holds when one of them fits.
    /// </summary>
    public static FactKey<ValueList<string>> Coupons { get; } = new("coupons");

    /// <summary><c>call-seconds</c>: how long the call was connected, in seconds.</summary>
    public static FactKey<int> CallSeconds { get; } = new("call-seconds");

    /// <summary><c>caller</c>: who called or was called, as a pseudonym of the number.</summary>
    public static FactKey<string> Caller { get; } = new("caller");

    /// <summary><c>called-number</c>: the advertiser's number that was called, or was called from.</summary>
    public static FactKey<string> CalledNumber { get; } = new("called-number");

    /// <summary><c>bid-price</c>: what was bid, exact and off the currency's grid.</summary>
    public static FactKey<Accrual> BidPrice { get; } = new("bid-price");

    /// <summary><c>margin</c>: what the advertiser earned on it.</summary>
    public static FactKey<Money> Margin { get; } = new("margin");

    /// <summary><c>grade</c>: the quality that the buyer gave a lead, such as <c>A</c>.</summary>
    public static FactKey<string> Grade { get; } = new("grade");

    /// <summary><c>creative</c>: what was shown.</summary>
    public static FactKey<string> Creative { get; } = new("creative");

    /// <summary><c>landing</c>: where the customer came to.</summary>
    public static FactKey<string> Landing { get; } = new("landing");

    /// <summary><c>placement</c>: where it was shown.</summary>
    public static FactKey<string> Placement { get; } = new("placement");

    /// <summary><c>referrer</c>: the host name of the page before.</summary>
    public static FactKey<string> Referrer { get; } = new("referrer");

    /// <summary>
    /// <c>method</c>: how the partner promotes, in kebab-case, such as <c>cashback</c>, <c>brand-bidding</c>,
    /// <c>email</c>.
    /// </summary>
    public static FactKey<string> Method { get; } = new("method");

    /// <summary><c>keyword</c>: what was searched for.</summary>
    public static FactKey<string> Keyword { get; } = new("keyword");

    /// <summary><c>local-day</c>: the day of the week where the customer is, such as <c>saturday</c>.</summary>
    public static FactKey<IsoDayOfWeek> LocalDay { get; } = new("local-day");

    /// <summary><c>device-pseudonym</c>: a keyed hash of the device's id, never the id.</summary>
    public static FactKey<string> DevicePseudonym { get; } = new("device-pseudonym");

    /// <summary><c>ip-pseudonym</c>: a keyed hash of the network address, never the address.</summary>
    public static FactKey<string> IpPseudonym { get; } = new("ip-pseudonym");

    /// <summary><c>email-pseudonym</c>: a keyed hash of the normalised e-mail address, never the address.</summary>
    public static FactKey<string> EmailPseudonym { get; } = new("email-pseudonym");

    /// <summary>
    /// <c>traffic-classes</c>: what licensed lists of invalid traffic say of the source, such as <c>data-centre</c>.
    /// </summary>
    public static FactKey<ValueList<string>> TrafficClasses { get; } = new("traffic-classes");

    /// <summary>
    /// <c>milestone</c>: what a touch led to on the way, such as <c>lead</c> or <c>opportunity</c>.
    /// </summary>
    public static FactKey<string> Milestone { get; } = new("milestone");

    /// <summary>
    /// <c>match</c>: how a touch was matched with the customer, such as <c>deterministic</c> or <c>probabilistic</c>.
    /// </summary>
    public static FactKey<string> Match { get; } = new("match");

    // After the keys, which are made in the order in which they stand.
    private static readonly FrozenSet<string> Names = FrozenSet.Create<string>(
        StringComparer.Ordinal,
        [
            Device.Name, Country.Name, Region.Name, City.Name, Postcode.Name, AgeBand.Name, Gender.Name,
            ConsentTextDigest.Name, ConsentBuyer.Name, ConsentWithdrawn.Name, CustomerStatus.Name,
            CustomerStatusSource.Name, Coupons.Name, CallSeconds.Name, Caller.Name, CalledNumber.Name,
            BidPrice.Name, Margin.Name, Grade.Name, Creative.Name, Landing.Name, Placement.Name, Referrer.Name,
            Method.Name, Keyword.Name, LocalDay.Name,
            DevicePseudonym.Name, IpPseudonym.Name, EmailPseudonym.Name, TrafficClasses.Name,
            Milestone.Name, Match.Name,
            .. SubIds.Select(static k => k.Name),
        ]);

    /// <summary>
    /// <c>sub-id-1</c> to <c>sub-id-10</c>: what the partner passes through to tell its sources apart.
    /// </summary>
    /// <param name="number">From 1 to <see cref="SubIdCountMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sub-id.</exception>
    public static FactKey<string> SubId(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, SubIdCountMax);
        return SubIds[number - 1];
    }

    /// <summary>The one object that stands for a standard name: comparing it compares two addresses.</summary>
    internal static string Shared(string name) => Names.TryGetValue(name, out string? shared) ? shared : name;
}
