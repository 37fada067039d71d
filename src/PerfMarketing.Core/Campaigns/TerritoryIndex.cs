using System.Runtime.InteropServices;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Campaigns;

/// <summary>Which territories an account or a place is in, found without looking at the others.</summary>
/// <remarks>All that is found stands in the order of the terms.</remarks>
internal sealed class TerritoryIndex
{
    private const int CountryLength = 2;

    private readonly Dictionary<CustomerId, List<Territory>> accounts = [];
    private readonly Dictionary<string, List<Territory>> places = new(StringComparer.Ordinal);

    public TerritoryIndex(OwnershipTerms terms)
    {
        foreach (Territory territory in terms.Territories)
        {
            foreach (CustomerId account in territory.Accounts)
            {
                Add(accounts, account, territory);
            }

            foreach (Place place in territory.Places)
            {
                Add(places, place.Code, territory);
            }
        }
    }

    /// <summary>The territories of an account.</summary>
    public IReadOnlyList<Territory> OfAccount(CustomerId? customer) =>
        customer is { } account ? accounts.GetValueOrDefault(account, []) : [];

    /// <summary>The territories of the part of a country that an event happened in.</summary>
    public IReadOnlyList<Territory> OfPart(FactSet facts) =>
        facts.TryGet(Facts.Region, out string? region) && region.Length > CountryLength
            ? places.GetValueOrDefault(region, [])
            : [];

    /// <summary>The territories of the country; one that is not known is taken from the region.</summary>
    public IReadOnlyList<Territory> OfCountry(FactSet facts)
    {
        if (!facts.TryGet(Facts.Country, out string? country) && facts.TryGet(Facts.Region, out string? region))
        {
            country = region.Length > CountryLength && region[CountryLength] == '-' ? region[..CountryLength] : region;
        }

        return country is { Length: CountryLength } ? places.GetValueOrDefault(country, []) : [];
    }

    private static void Add<TKey>(Dictionary<TKey, List<Territory>> index, TKey key, Territory territory)
        where TKey : notnull
    {
        ref List<Territory>? found = ref CollectionsMarshal.GetValueRefOrAddDefault(index, key, out _);
        found ??= [];
        if (found.Count == 0 || !ReferenceEquals(found[^1], territory))
        {
            found.Add(territory);
        }
    }
}
