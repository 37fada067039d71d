using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Programmes;

/// <summary>Partners of a programme who have some terms of their own, such as a gold tier.</summary>
/// <param name="Id">The group's name, unique within its programme.</param>
/// <param name="Terms">What they have otherwise than the programme says.</param>
public sealed record PartnerGroup(PartnerGroupId Id, ClauseOverlay Terms) : ITerms
{
    /// <summary>Reads a group.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of models and policies are looked up.</param>
    public static PartnerGroup Read(TermReader terms, TermCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<PartnerGroupId>("id"),
            terms.OptionalObject("terms", t => ClauseOverlay.Read(t, catalog)) ?? new());
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        if (Terms != new ClauseOverlay())
        {
            terms.Terms("terms", Terms);
        }
    }
}
