using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>A version of a contract that counted in closed statements.</summary>
/// <param name="Version">The version.</param>
/// <param name="Terms">The digest of its terms.</param>
public sealed record ClosedVersion(int Version, Digest Terms) : ITerms
{
    /// <summary>Reads a version.</summary>
    /// <param name="terms">The terms.</param>
    public static ClosedVersion Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Int("version", 1), terms.Value<Digest>("terms"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("version", Version);
        terms.Value("terms", Terms);
    }
}
