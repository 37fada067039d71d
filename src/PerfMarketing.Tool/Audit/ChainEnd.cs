using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Audit;

/// <summary>The last line of <c>chain.jsonl</c>: the heads of the tree over the links.</summary>
/// <param name="Ledger">The head after the last entry or piece of evidence: what is worth publishing.</param>
/// <param name="Folder">The head after all records of the folder.</param>
internal sealed record ChainEnd(TreeHead Ledger, TreeHead Folder) : ITerms
{
    /// <summary>Reads the line.</summary>
    /// <param name="terms">The terms.</param>
    public static ChainEnd Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Object("ledger", TreeHead.Read), terms.Object("folder", TreeHead.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("ledger", Ledger);
        terms.Terms("folder", Folder);
    }
}
