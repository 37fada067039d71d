using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>The codes of what rules of invalid traffic find.</summary>
public static class TrafficReasons
{
    /// <summary>What all codes of this area begin with.</summary>
    internal const string Area = "traffic.";

    /// <summary>The result came before its touch. Args: touch, outcome, skew.</summary>
    public const string BeforeTouch = "traffic.before-touch";

    /// <summary>The result came sooner after its touch than anybody can act. Args: delay, within.</summary>
    public const string TooFast = "traffic.too-fast";

    /// <summary>The touch lies too far back. Args: delay, within.</summary>
    public const string OutsideLookback = "traffic.outside-lookback";

    /// <summary>
    /// The result's country is not one that is expected, or not the touch's. Args: country, expected.
    /// </summary>
    public const string CountryMismatch = "traffic.country-mismatch";

    /// <summary>The result's currency is not one that is expected. Args: currency.</summary>
    public const string CurrencyMismatch = "traffic.currency-mismatch";

    /// <summary>A licensed list names the result's source. Args: class.</summary>
    public const string Classified = "traffic.classified";

    /// <summary>The same device, address or person brought more results than expected. Args: of, count, max.</summary>
    public const string Repeated = "traffic.repeated";

    /// <summary>The partner's results come like clockwork. Args: count, interval.</summary>
    public const string ExactIntervals = "traffic.exact-intervals";

    /// <summary>The partner brought more results in a time than expected. Args: max, within.</summary>
    public const string Velocity = "traffic.velocity";

    /// <summary>Too many of the partner's results came long after their touches. Args: late, of, share.</summary>
    public const string LongTail = "traffic.long-tail";

    /// <summary>The partner has too many clicks for its results. Args: clicks, outcomes, max.</summary>
    public const string ClickFlood = "traffic.click-flood";

    /// <summary>The host, or somebody whom it trusts, found it outside these rules. Args: code.</summary>
    public const string Reported = "traffic.reported";

    /// <summary>The code of a rule.</summary>
    /// <param name="rule">The rule.</param>
    public static string Of(TrafficRuleKind rule) => string.Concat(Area, EnumText.Of(rule));
}
