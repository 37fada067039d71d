using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Campaigns;

/// <content>To whom outcomes and customers belong without a touch.</content>
public sealed partial class Campaign
{
    private const int CountryLength = 2;

    private Dictionary<CustomerId, List<Territory>>? accounts;

    /// <summary>To whom accounts, places and customers belong; null when the campaign says nothing of it.</summary>
    public OwnershipTerms? Ownership => draft.Ownership;

    /// <summary>The partners in whose territory an outcome lies.</summary>
    /// <remarks>
    /// The account decides; an outcome whose account is nobody's belongs to the part of a country it lies in, and else
    /// to the country. Several owners of the same are all of them, in the order of the terms.
    /// </remarks>
    /// <param name="outcome">The outcome.</param>
    public ValueList<PartnerId> TerritoryOf(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (Ownership is not { Territories.Count: > 0 } ownership)
        {
            return [];
        }

        if (outcome.Customer is { } customer && AccountsOf(ownership).TryGetValue(customer, out List<Territory>? own)
            && Owners(own, static _ => true, outcome.At) is { Count: > 0 } owners)
        {
            return owners;
        }

        return Owners(ownership.Territories, t => Covers(t, outcome.Facts, isPart: true), outcome.At)
            is { Count: > 0 } closer
            ? closer
            : Owners(ownership.Territories, t => Covers(t, outcome.Facts, isPart: false), outcome.At);
    }

    /// <summary>Whether a customer's binding still holds.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="at">When the outcome occurred.</param>
    public bool Holds(CustomerBinding binding, Instant at) => binding.Since <= at
        && (Ownership?.BindingMonths is not { } months
            || at < Calendar.LocalOf(binding.Since).PlusMonths(months).InZoneLeniently(Calendar.Zone).ToInstant());

    private static bool Covers(Territory territory, FactSet facts, bool isPart)
    {
        foreach (Place place in territory.Places)
        {
            if ((place.Code.Length > CountryLength) == isPart && place.Contains(facts))
            {
                return true;
            }
        }

        return false;
    }

    private ValueList<PartnerId> Owners(IEnumerable<Territory> among, Func<Territory, bool> covers, Instant at)
    {
        List<PartnerId> owners = [];
        foreach (Territory territory in among)
        {
            if (covers(territory) && IsEffective(territory.Effective, at) && !owners.Contains(territory.Partner))
            {
                owners.Add(territory.Partner);
            }
        }

        return owners.ToValueList();
    }

    private bool IsEffective(DateRange? dates, Instant at) => dates is not { } range
        || (Calendar.StartOf(range.From) <= at && (range.To is not { } to || at < Calendar.StartOf(to)));

    private Dictionary<CustomerId, List<Territory>> AccountsOf(OwnershipTerms ownership)
    {
        if (accounts is { } known)
        {
            return known;
        }

        Dictionary<CustomerId, List<Territory>> made = [];
        foreach (Territory territory in ownership.Territories)
        {
            foreach (CustomerId account in territory.Accounts)
            {
                if (made.TryGetValue(account, out List<Territory>? owners))
                {
                    owners.Add(territory);
                }
                else
                {
                    made.Add(account, [territory]);
                }
            }
        }

        return accounts = made;
    }
}
