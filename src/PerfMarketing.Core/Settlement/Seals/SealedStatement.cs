using System.Text;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Seals;

/// <summary>A closed statement's seal with the leaves it was made of: what proves its amounts and lines.</summary>
/// <remarks>
/// Stored with its leaves, so that the other lines can still be proven when a line's salt was erased. Hand out
/// <see cref="Seal"/> and the proofs, not the leaves. Immutable and thread-safe.
/// </remarks>
public sealed class SealedStatement : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    private readonly MerkleTree tree;

    private SealedStatement(StatementId statement, MerkleTree tree, TreeHead? ledger)
    {
        this.tree = tree;
        Seal = new() { Statement = statement, Size = tree.Size, Root = tree.Root, Ledger = ledger };
    }

    /// <summary>What is published.</summary>
    public StatementSeal Seal { get; }

    /// <summary>
    /// The hashes of the salted leaves: of what stands beside the lines, then of each line in its order.
    /// </summary>
    public IReadOnlyList<Digest> Leaves => tree.Leaves;

    /// <summary>Seals a closed statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="salt">
    /// The salt of what stands beside the lines: <see cref="LineSalt"/>, or 32 random bytes that the host keeps.
    /// </param>
    /// <param name="saltOf">The salt of each line, made likewise. Asked once a line.</param>
    /// <param name="ledger">The head of the ledger; see <see cref="StatementSeal.Ledger"/>.</param>
    /// <exception cref="ArgumentException">The statement is still open.</exception>
    public static SealedStatement Of(
        Statement statement, Digest salt, Func<LedgerEntry, Digest> saltOf, TreeHead? ledger = null)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(saltOf);
        if (!statement.IsClosed)
        {
            throw new ArgumentException("Only a closed statement can be sealed.", nameof(statement));
        }

        MerkleTree tree = new();
        tree.Append(LeafOf(StatementText.Of(statement), salt));
        foreach (LedgerEntry line in statement.Lines)
        {
            tree.Append(LeafOf(LineText.Of(statement.Id, line), saltOf(line)));
        }

        return new(statement.Id, tree, ledger);
    }

    /// <summary>Reads a sealed statement; one whose leaves do not give its root is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static SealedStatement Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        StatementSeal seal = terms.Object("seal", StatementSeal.Read);
        SealedStatement found = new(
            seal?.Statement ?? default, MerkleTree.Of(terms.Values<Digest>("leaves")), seal?.Ledger);
        if (found.Seal != seal)
        {
            terms.Fail("leaves", SealReasons.Unsound, "The leaves do not give the root.");
        }

        return found;
    }

    /// <summary>The proof of what a statement says beside its lines: opening, totals and closing.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="salt">The salt.</param>
    /// <exception cref="ArgumentException">The statement and the salt are not those that were sealed.</exception>
    public LineProof Prove(Statement statement, Digest salt) =>
        Prove(0, StatementText.Of(statement), salt)
            ?? throw new ArgumentException("Another statement, or another salt, was sealed.", nameof(statement));

    /// <summary>The proof of one line.</summary>
    /// <param name="index">The line's position from 0.</param>
    /// <param name="entry">The entry that the line shows.</param>
    /// <param name="salt">The line's salt.</param>
    /// <exception cref="ArgumentException">The entry and the salt are not those that were sealed there.</exception>
    public LineProof Prove(int index, LedgerEntry entry, Digest salt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Leaves.Count - 1);
        return Prove(index + 1, LineText.Of(Seal.Statement, entry), salt)
            ?? throw new ArgumentException("Another line, or another salt, was sealed there.", nameof(entry));
    }

    private LineProof? Prove(int index, string text, Digest salt)
    {
        InclusionProof inclusion = tree.ProveInclusion(index);
        return LeafOf(text, salt) == tree.Leaves[index]
            ? new()
            {
                Statement = Seal.Statement,
                Index = inclusion.Index,
                Size = inclusion.Size,
                Salt = salt,
                Line = text,
                Path = inclusion.Path,
            }
            : null;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Terms("seal", Seal);
        terms.Values("leaves", Leaves.ToValueList());
    }

    internal static Digest LeafOf(string text, Digest salt) =>
        MerkleHash.SaltedLeaf(salt, Encoding.UTF8.GetBytes(text));
}
