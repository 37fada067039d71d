namespace PerfMarketing.Proofs;

/// <summary>Whether evidence comes unchanged from whom it claims to come from.</summary>
public enum Authenticity
{
    /// <summary>It cannot be told: the scheme, version or key is not known here. Never counts as proof.</summary>
    Indeterminate,

    /// <summary>It does not: forged, altered, malformed, or outside the time in which it may arrive.</summary>
    Invalid,

    /// <summary>It does.</summary>
    Valid,
}
