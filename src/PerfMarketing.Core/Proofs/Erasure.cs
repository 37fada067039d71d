using NodaTime;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>
/// The record that something was erased: what, when and why. Goes into the same chain as what it erases.
/// </summary>
/// <param name="At">When it was erased.</param>
/// <param name="Why">Why, such as the request of the person; no personal data.</param>
/// <param name="Commitments">The commitments whose content and salt are gone.</param>
public sealed record Erasure(Instant At, string Why, ValueList<Digest> Commitments) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>Reads a record.</summary>
    /// <param name="terms">The terms.</param>
    public static Erasure Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(terms.Instant("at"), terms.Text("why"), terms.Values<Digest>("commitments", 1));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Instant("at", At);
        terms.Value("why", Why);
        terms.Values("commitments", Commitments);
    }
}
