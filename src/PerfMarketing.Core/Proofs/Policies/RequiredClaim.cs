using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>A claim that evidence must cover, and what of the outcome it must agree with.</summary>
/// <param name="Name">The claim's name, such as <c>amount</c> or <c>order-id</c>.</param>
public sealed record RequiredClaim(string Name) : ITerms
{
    /// <summary>
    /// The part of the outcome that the claim must agree with: a name of <see cref="OutcomeClaims"/> or a fact's name.
    /// Null, the default, asks only that the claim is covered.
    /// </summary>
    /// <remarks>A claim that differs contradicts the outcome: the money is held.</remarks>
    public string? Matches { get; init; }

    /// <summary>By how much numbers may differ, in the unit of the outcome's part; 0 by default.</summary>
    public decimal Tolerance { get; init; }

    /// <summary>
    /// What the claim must say, exactly, for the evidence to count; null, the default, when it is free.
    /// </summary>
    public string? Is { get; init; }

    /// <summary>
    /// The least number that the claim must say for the evidence to count; null, the default, for any.
    /// </summary>
    public decimal? AtLeast { get; init; }

    /// <summary>Reads a required claim.</summary>
    /// <param name="terms">The terms.</param>
    public static RequiredClaim Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("name"))
        {
            Matches = terms.OptionalText("matches"),
            Tolerance = terms.Number("tolerance", 0),
            Is = terms.OptionalText("is"),
            AtLeast = terms.OptionalNumber("atLeast"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("name", Name);
        terms.Value("matches", Matches);
        terms.Number("tolerance", Tolerance == 0 ? null : Tolerance);
        terms.Value("is", Is);
        terms.Number("atLeast", AtLeast);
    }
}
