namespace PerfMarketing.Tool.Audit;

/// <summary>The codes of what an audit of a folder finds.</summary>
internal static class AuditCodes
{
    /// <summary>A file that every folder has is not there, or cannot be read.</summary>
    public const string Unreadable = "audit.unreadable";

    /// <summary>A line is not what stands at its place in such a file.</summary>
    public const string Malformed = "audit.malformed";

    /// <summary>A link of the chain does not follow from the one before and its content.</summary>
    public const string LinkBroken = "audit.link-broken";

    /// <summary>The head of the chain, or the head that was published before, is another.</summary>
    public const string HeadBroken = "audit.head-broken";

    /// <summary>A record is not what was chained.</summary>
    public const string Changed = "audit.changed";

    /// <summary>A record was chained and is not there any more.</summary>
    public const string Missing = "audit.missing";

    /// <summary>A record is there that was never chained.</summary>
    public const string NotChained = "audit.not-chained";

    /// <summary>A row of the ledger does not say what the statements say.</summary>
    public const string RowDiffers = "audit.row-differs";

    /// <summary>A seal is not that of its statement.</summary>
    public const string SealBroken = "audit.seal-broken";

    /// <summary>A proof does not show a line of its sealed statement.</summary>
    public const string ProofBroken = "audit.proof-broken";
}
