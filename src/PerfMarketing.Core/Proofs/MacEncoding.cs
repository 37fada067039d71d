namespace PerfMarketing.Proofs;

/// <summary>How a message authentication code is written as text.</summary>
public enum MacEncoding
{
    /// <summary>Hexadecimal digits, in upper or lower case.</summary>
    Hex,

    /// <summary>Base64 with padding, in its one canonical spelling.</summary>
    Base64,
}
