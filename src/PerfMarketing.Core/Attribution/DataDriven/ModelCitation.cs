using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Which fitted model shared out the credit of an outcome.</summary>
/// <param name="Name">What the model is called.</param>
/// <param name="Version">Which fitting it is.</param>
/// <param name="Digest">The model's digest: whoever has the model can check that it is this one.</param>
public sealed record ModelCitation(string Name, int Version, Digest Digest) : ITerms
{
    /// <summary>Reads a citation.</summary>
    /// <param name="terms">The terms.</param>
    public static ModelCitation Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("name"), terms.Int("version", 1), terms.Value<Digest>("digest"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("name", Name);
        terms.Integer("version", Version == 1 ? null : Version);
        terms.Value("digest", Digest);
    }

    /// <summary>Name, version and digest.</summary>
    public override string ToString() => InvariantText.Of($"{Name} v{Version} {Digest}");
}
