using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Programmes;

/// <summary>What a group or a partner has otherwise: clauses of its own, and clauses it does not have.</summary>
/// <remarks>
/// A clause with the name of one below replaces it where it stands. Others are new and stand first, so that of several
/// that apply to an outcome the more particular is asked before the more general.
/// </remarks>
public sealed record ClauseOverlay : ITerms
{
    /// <summary>The clauses that are new or replace one of the same name.</summary>
    public ValueList<ClauseDraft> Clauses { get; init; } = [];

    /// <summary>The names of the clauses that fall away.</summary>
    public ValueList<ClauseId> Removes { get; init; } = [];

    /// <summary>Reads an overlay.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of models and policies are looked up.</param>
    public static ClauseOverlay Read(TermReader terms, TermCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Clauses = terms.List("clauses", c => ClauseDraft.Read(c, catalog), 0, Contract.ClauseCountMax),
            Removes = terms.Values<ClauseId>("removes", 0, Contract.ClauseCountMax),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("clauses", Clauses);
        terms.Values("removes", Removes);
    }
}
