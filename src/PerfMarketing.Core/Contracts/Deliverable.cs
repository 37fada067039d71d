using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>How much of what an insertion order asks for, and which clause prices it.</summary>
/// <param name="Outcome">What is delivered: impressions, clicks, leads …</param>
/// <param name="Quantity">How many; above zero, at most <see cref="QuantityMax"/>.</param>
/// <param name="Clause">The clause of the contract that prices it.</param>
public sealed record Deliverable(OutcomeKind Outcome, decimal Quantity, ClauseId Clause) : ITerms
{
    /// <summary>The greatest quantity.</summary>
    public const decimal QuantityMax = 1_000_000_000_000m;

    /// <summary>Reads a deliverable.</summary>
    /// <param name="terms">The terms.</param>
    public static Deliverable Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<OutcomeKind>("outcome"), terms.Number("quantity"), terms.Value<ClauseId>("clause"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("outcome", Outcome);
        terms.Number("quantity", Quantity);
        terms.Value("clause", Clause);
    }
}
