using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>One thing that evidence says, such as the amount or the order's id, as text.</summary>
/// <param name="Name">
/// The claim's name: 1 to 64 of a-z, 0-9, hyphen and dot, or the field's own name where the scheme has one.
/// </param>
/// <param name="Value">What it says, as the message has it; not interpreted and not trimmed.</param>
public readonly record struct EvidenceClaim(string Name, string Value) : ITerms
{
    /// <summary>The most claims of one verdict; what a message says beyond is left out and proves nothing.</summary>
    public const int CountMax = 64;

    /// <summary>The most characters of a claim's name or value; a longer one is left out and proves nothing.</summary>
    public const int LengthMax = 512;

    /// <summary>Reads a claim.</summary>
    /// <param name="terms">The terms.</param>
    public static EvidenceClaim Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("name"), terms.Text("value"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("name", Name);
        terms.Value("value", Value);
    }
}
