using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Some number of several policies has to be satisfied, whichever they are.</summary>
public sealed record AtLeast : CompositePolicy
{
    /// <summary>The policy's name.</summary>
    public const string TagName = "at-least";

    /// <summary>Makes the policy.</summary>
    /// <param name="count">How many of the policies have to be satisfied: from 1 to all of them.</param>
    /// <param name="of">The policies.</param>
    public AtLeast(int count, ValueList<ProofPolicy> of)
        : base(of) => Count = count;

    /// <summary>How many of the policies have to be satisfied: from 1 to all of them.</summary>
    public int Count { get; init; }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override int Needed => Count;

    /// <summary>Reads the policy's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of policies are looked up.</param>
    public static AtLeast Read(TermReader terms, ProofPolicyCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        long count = terms.Integer("count");
        return new(count is >= 0 and <= int.MaxValue ? (int)count : 0, catalog.ReadList(terms, "of"))
        {
            CoveredClaims = terms.Enum("coveredClaims", CoveredClaims.Required),
        };
    }

    private protected override void WriteNeeded(TermWriter terms) => terms.Integer("count", Count);
}
