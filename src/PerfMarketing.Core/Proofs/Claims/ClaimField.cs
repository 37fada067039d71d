using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Claims;

/// <summary>Which field of evidence makes which claim: how a contract reads a provider's messages.</summary>
/// <remarks>
/// Only what the signature covers becomes a claim. Of the fields for one claim, the first that fits the evidence
/// counts, also when the evidence does not have it.
/// </remarks>
/// <param name="Claim">
/// The claim's name: one of <see cref="OutcomeClaims"/>, a fact's name, or any that a policy asks for.
/// </param>
/// <param name="From">Where it is found.</param>
public sealed record ClaimField(string Claim, ClaimSource From) : ITerms
{
    /// <summary>The most fields of one contract.</summary>
    public const int CountMax = 64;

    /// <summary>The kind of evidence that has the field; unset, the default, means any.</summary>
    public EvidenceKind Kind { get; init; }

    /// <summary>The scheme of the evidence that has the field; unset, the default, means any.</summary>
    public SchemeId Scheme { get; init; }

    /// <summary>How the field writes it. <see cref="ClaimUnit.Text"/> by default.</summary>
    public ClaimUnit Unit { get; init; }

    /// <summary>
    /// The currency whose minor units the field counts; null, the default, takes the claim <c>currency</c> of the same
    /// evidence.
    /// </summary>
    public Currency? Currency { get; init; }

    /// <summary>Reads a field.</summary>
    /// <param name="terms">The terms.</param>
    public static ClaimField Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("claim"), terms.Value<ClaimSource>("from"))
        {
            Kind = terms.Value<EvidenceKind>("kind", default),
            Scheme = terms.Value<SchemeId>("scheme", default),
            Unit = terms.Enum("unit", ClaimUnit.Text),
            Currency = terms.Optional<Currency>("currency"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("claim", Claim);
        terms.Value("from", From);
        terms.Value("kind", Kind, default);
        terms.Value("scheme", Scheme, default);
        terms.Enum("unit", Unit, ClaimUnit.Text);
        terms.Value("currency", Currency);
    }

    internal bool Fits(EvidenceVerdict verdict) => (Kind.IsUnset || Kind == verdict.Kind)
        && (Scheme.IsUnset || Scheme == verdict.Scheme);
}
