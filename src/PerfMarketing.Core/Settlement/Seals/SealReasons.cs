namespace PerfMarketing.Settlement.Seals;

/// <summary>The codes of what is wrong with a seal or with the proof of a line.</summary>
public static class SealReasons
{
    /// <summary>The leaves of a stored seal do not give its root.</summary>
    public const string Unsound = "seal.unsound";

    /// <summary>The proof or its line is of another statement than the seal.</summary>
    public const string OtherStatement = "seal.other-statement";

    /// <summary>The proof is of a statement with more or fewer lines than the seal says.</summary>
    public const string OtherSize = "seal.other-size";

    /// <summary>
    /// The line, its salt or the hashes do not lead to the seal's root: the statement has no such line.
    /// </summary>
    public const string NotIncluded = "seal.not-included";
}
