using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>How many results a code stands with.</summary>
/// <param name="Code">The code of a reason.</param>
/// <param name="Count">How many results.</param>
public readonly record struct CodeCount(string Code, long Count) : ITerms
{
    /// <summary>Reads a count.</summary>
    /// <param name="terms">The terms.</param>
    public static CodeCount Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("code"), terms.Integer("count"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("code", Code);
        terms.Integer("count", Count);
    }
}
