using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Programmes;

/// <summary>Where the terms of an enrolled contract come from.</summary>
/// <param name="Id">The programme.</param>
/// <param name="Version">The version of the programme.</param>
public sealed record ProgrammeCitation(ProgrammeId Id, int Version) : ITerms
{
    /// <summary>The partner's group; null when it has none.</summary>
    public PartnerGroupId? Group { get; init; }

    /// <summary>What the partner has otherwise than programme and group say; null when nothing.</summary>
    public ClauseOverlay? Own { get; init; }

    /// <summary>Reads a citation.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of models and policies are looked up.</param>
    public static ProgrammeCitation Read(TermReader terms, TermCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<ProgrammeId>("id"), terms.Int("version", 1))
        {
            Group = terms.Optional<PartnerGroupId>("group"),
            Own = terms.OptionalObject("own", t => ClauseOverlay.Read(t, catalog)),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Integer("version", Version);
        terms.Value("group", Group);
        terms.Terms("own", Own);
    }
}
