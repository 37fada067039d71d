using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>One of several policies has to be satisfied, whichever it is.</summary>
public sealed record AnyOf : CompositePolicy
{
    /// <summary>The policy's name.</summary>
    public const string TagName = "any-of";

    /// <summary>Makes the policy.</summary>
    /// <param name="of">The policies.</param>
    public AnyOf(ValueList<ProofPolicy> of)
        : base(of)
    {
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override int Needed => 1;

    /// <summary>Reads the policy's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of policies are looked up.</param>
    public static AnyOf Read(TermReader terms, ProofPolicyCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.ReadList(terms, "of"))
        {
            CoveredClaims = terms.Enum("coveredClaims", CoveredClaims.Required),
        };
    }
}
