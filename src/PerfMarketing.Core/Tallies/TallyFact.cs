using PerfMarketing.Primitives;

namespace PerfMarketing.Tallies;

/// <summary>The credited sum of one numeric fact over the outcomes of a tally.</summary>
/// <param name="Name">The fact's name.</param>
/// <param name="Amount">The sum, with at most 12 decimals.</param>
public readonly record struct TallyFact(string Name, decimal Amount) : ITerms
{
    /// <summary>Reads a sum as <see cref="Write"/> wrote it.</summary>
    /// <param name="terms">The terms.</param>
    public static TallyFact Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("fact"), terms.Number("amount"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("fact", Name);
        terms.Number("amount", Amount);
    }
}
