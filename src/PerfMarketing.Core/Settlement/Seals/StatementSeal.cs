using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Seals;

/// <summary>
/// What is published of a closed statement: the root over its amounts and lines, and the head of the ledger then.
/// </summary>
/// <remarks>
/// Says nothing of what the statement holds. Who has a seal can check any line that is shown to him, and the
/// statement's opening, totals and closing, by a <see cref="LineProof"/>; and by a <see cref="ConsistencyProof"/>
/// between two seals' ledger heads that the ledger was only added to. Two parties whose seals are equal were shown the
/// same statement.
/// </remarks>
public sealed record StatementSeal : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The statement.</summary>
    public required StatementId Statement { get; init; }

    /// <summary>How many leaves it has: one for what stands beside the lines, and one for each line.</summary>
    public required long Size { get; init; }

    /// <summary>
    /// The root of the tree over the salted leaves: what stands beside the lines first, then the lines in their order.
    /// </summary>
    public required Digest Root { get; init; }

    /// <summary>
    /// The head of the ledger when the statement was closed: a tree over the links of the ledger's
    /// <see cref="HashChain"/>, so that no leaf can be guessed; null when the host keeps none.
    /// </summary>
    public TreeHead? Ledger { get; init; }

    /// <summary>Reads a seal.</summary>
    /// <param name="terms">The terms.</param>
    public static StatementSeal Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Statement = terms.Value<StatementId>("statement"),
            Size = terms.Integer("size"),
            Root = terms.Value<Digest>("root"),
            Ledger = terms.OptionalObject("ledger", TreeHead.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("statement", Statement);
        terms.Integer("size", Size);
        terms.Value("root", Root);
        terms.Terms("ledger", Ledger);
    }
}
