using System.Text;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Seals;

/// <summary>
/// Shows one line of a sealed statement, or what it says beside its lines, and proves that the statement holds it.
/// </summary>
/// <remarks>
/// Needs nothing but SHA-256 to be checked: see docs/check-a-statement.md. Tells nothing of the other lines, whose
/// leaves are salted. May come from anybody.
/// </remarks>
public sealed record LineProof : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The statement.</summary>
    public required StatementId Statement { get; init; }

    /// <summary>The leaf's position: 0 for what stands beside the lines, then the lines from 1.</summary>
    public required long Index { get; init; }

    /// <summary>How many leaves the statement has: one more than lines.</summary>
    public required long Size { get; init; }

    /// <summary>The leaf's salt, 32 bytes.</summary>
    public required Digest Salt { get; init; }

    /// <summary>
    /// What the leaf commits to: a line, see <see cref="LineText"/>; at position 0 a <see cref="StatementText"/>.
    /// </summary>
    public required string Line { get; init; }

    /// <summary>The hashes beside the way to the root, from the leaf up.</summary>
    public required ValueList<Digest> Path { get; init; }

    /// <summary>Reads a proof, which may prove nothing.</summary>
    /// <param name="terms">The terms.</param>
    public static LineProof Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Statement = terms.Value<StatementId>("statement"),
            Index = terms.Integer("index"),
            Size = terms.Integer("size"),
            Salt = terms.Value<Digest>("salt"),
            Line = terms.Text("line"),
            Path = terms.Values<Digest>("path"),
        };
    }

    /// <summary>What is wrong with the proof. Never throws, whatever the proof holds.</summary>
    /// <param name="seal">The statement's seal, known from elsewhere.</param>
    /// <returns>Null when the statement says so; else a code of <see cref="SealReasons"/>.</returns>
    public Reason? Check(StatementSeal seal)
    {
        ArgumentNullException.ThrowIfNull(seal);
        string head = Index == 0 ? StatementText.Head(Statement.ToString()) : LineText.Head(Statement.ToString());
        InclusionProof inclusion = new() { Index = Index, Size = Size, Path = Path ?? [] };
        return Statement.IsUnset || Statement != seal.Statement
            || Line?.StartsWith(head, StringComparison.Ordinal) != true
                ? new(SealReasons.OtherStatement)
            : Size != seal.Size ? new(SealReasons.OtherSize)
            : Ascii.IsValid(Line) && inclusion.Verify(SealedStatement.LeafOf(Line, Salt), seal.Root) ? null
            : new(SealReasons.NotIncluded);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("statement", Statement);
        terms.Integer("index", Index);
        terms.Integer("size", Size);
        terms.Value("salt", Salt);
        terms.Value("line", Line);
        terms.Values("path", Path);
    }
}
