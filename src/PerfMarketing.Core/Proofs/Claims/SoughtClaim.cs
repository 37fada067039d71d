namespace PerfMarketing.Proofs.Claims;

/// <summary>A claim that is looked for in evidence, and how far its place was found so far.</summary>
internal struct SoughtClaim
{
    /// <summary>Where it is to be found.</summary>
    public required ClaimSource Source { get; init; }

    /// <summary>Whether the signature covers that place.</summary>
    public required bool IsCovered { get; init; }

    /// <summary>What stands there; null when nothing does, or no one value.</summary>
    public string? Value { get; set; }

    /// <summary>How many parts of the pointer lead to where the reader is.</summary>
    public int Level { get; set; }

    /// <summary>Where in the pointer the next part begins.</summary>
    public int Offset { get; set; }
}
