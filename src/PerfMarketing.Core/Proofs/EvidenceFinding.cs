namespace PerfMarketing.Proofs;

/// <summary>What authentic evidence says of the result: a signed message may well say that nothing happened.</summary>
public enum EvidenceFinding
{
    /// <summary>The message says that it happened; the default for schemes whose messages know no other.</summary>
    Happened,

    /// <summary>The message says that it did not happen, such as a bounce or a lost attribution.</summary>
    Failed,

    /// <summary>
    /// The message leaves it open, or says it in a word that is not known here. Never counts as proof.
    /// </summary>
    Undecided,
}
