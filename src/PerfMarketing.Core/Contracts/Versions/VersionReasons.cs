namespace PerfMarketing.Contracts.Versions;

/// <summary>The codes of why a version of a contract prices an outcome or does not.</summary>
public static class VersionReasons
{
    /// <summary>
    /// The version takes effect after the outcome, or had lost its effect before it. Args: contract, version.
    /// </summary>
    public const string NotEffective = "version.not-effective";

    /// <summary>
    /// The version had not been accepted by payer and partner when the outcome was decided. Args: contract, version.
    /// </summary>
    public const string NotAccepted = "version.not-accepted";

    /// <summary>
    /// No version that was effective had been accepted by payer and partner when the outcome was decided. Args:
    /// contract, version (the newest).
    /// </summary>
    public const string NoneAccepted = "version.none-accepted";

    /// <summary>
    /// The partner's first credited touch was before the version took effect. Args: contract, version, touch.
    /// </summary>
    public const string TouchedBefore = "version.touched-before";

    /// <summary>
    /// The customer came by the partner before the version took effect. Args: contract, version, since.
    /// </summary>
    public const string CustomerBefore = "version.customer-before";

    /// <summary>The parent outcome hands down another version. Args: contract, version.</summary>
    public const string NotInherited = "version.not-inherited";

    /// <summary>The contract was suspended when the outcome occurred. Args: contract, version.</summary>
    public const string Suspended = "version.suspended";

    /// <summary>
    /// The contract was over when the outcome occurred, and its tail does not pay for it. Args: contract, version.
    /// </summary>
    public const string Ended = "version.ended";
}
