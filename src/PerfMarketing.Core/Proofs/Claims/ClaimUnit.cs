namespace PerfMarketing.Proofs.Claims;

/// <summary>How a field of evidence writes what it claims.</summary>
public enum ClaimUnit
{
    /// <summary>As it stands; the default. Where it is compared with a number, it is one with a point.</summary>
    Text,

    /// <summary>A number with a point, such as an amount in major units: <c>49.90</c>.</summary>
    Decimal,

    /// <summary>An amount in whole minor units of its currency: <c>4990</c>.</summary>
    Minor,

    /// <summary>Seconds: a number, <c>mm:ss</c> or <c>hh:mm:ss</c>.</summary>
    Seconds,
}
