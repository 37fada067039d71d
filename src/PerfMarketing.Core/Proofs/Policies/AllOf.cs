using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>All of several policies have to be satisfied.</summary>
public sealed record AllOf : CompositePolicy
{
    /// <summary>The policy's name.</summary>
    public const string TagName = "all-of";

    /// <summary>Makes the policy.</summary>
    /// <param name="of">The policies.</param>
    public AllOf(ValueList<ProofPolicy> of)
        : base(of)
    {
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override int Needed => Of.Count;

    /// <summary>Reads the policy's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of policies are looked up.</param>
    public static AllOf Read(TermReader terms, ProofPolicyCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.ReadList(terms, "of"))
        {
            CoveredClaims = terms.Enum("coveredClaims", CoveredClaims.Required),
        };
    }
}
