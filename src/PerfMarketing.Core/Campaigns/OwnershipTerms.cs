using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns;

/// <summary>To whom outcomes and customers belong, for rules that take such claims into account.</summary>
/// <remarks>
/// A claim counts when the attribution rule names it, <c>territory</c> or <c>binding</c>, and the partner is named by a
/// contract in force.
/// </remarks>
public sealed record OwnershipTerms : ITerms
{
    /// <summary>The most territories.</summary>
    public const int TerritoryCountMax = 10_000;

    /// <summary>The most months of a binding: a hundred years.</summary>
    public const int MonthsMax = 1_200;

    /// <summary>Who owns which accounts and places; an account beats every place.</summary>
    public ValueList<Territory> Territories { get; init => field = value ?? []; } = [];

    /// <summary>
    /// How many whole months, in the campaign's zone, a customer is bound to the partner that brought it; null, the
    /// default, for life. A binding is half-open: at its end it is over.
    /// </summary>
    public int? BindingMonths { get; init; }

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static OwnershipTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Territories = terms.List("territories", Territory.Read, 0, TerritoryCountMax),
            BindingMonths = terms.Has("bindingMonths") ? terms.Int("bindingMonths", 0) : null,
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("territories", Territories);
        terms.Integer("bindingMonths", BindingMonths);
    }
}
