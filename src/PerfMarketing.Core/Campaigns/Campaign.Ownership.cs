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
    private TerritoryIndex? territories;

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

        TerritoryIndex index = territories ??= new(ownership);
        return Owners(index.OfAccount(outcome.Customer), outcome.At) is { Count: > 0 } own ? own
            : Owners(index.OfPart(outcome.Facts), outcome.At) is { Count: > 0 } closer ? closer
            : Owners(index.OfCountry(outcome.Facts), outcome.At);
    }

    /// <summary>Whether a customer's binding still holds.</summary>
    /// <param name="binding">The binding; one from before the calendar began counts from its beginning.</param>
    /// <param name="at">When the outcome occurred.</param>
    public bool Holds(CustomerBinding binding, Instant at)
    {
        if (binding.Since > at || Ownership?.BindingMonths is not { } months)
        {
            return binding.Since <= at;
        }

        Instant since = Instant.Max(binding.Since, ContractCalendar.Earliest);
        return ContractCalendar.Covers(since)
            && at < Calendar.LocalOf(since).PlusMonths(months).InZoneLeniently(Calendar.Zone).ToInstant();
    }

    private ValueList<PartnerId> Owners(IReadOnlyList<Territory> among, Instant at)
    {
        List<PartnerId> owners = [];
        foreach (Territory territory in among)
        {
            if (IsEffective(territory.Effective, at) && !owners.Contains(territory.Partner))
            {
                owners.Add(territory.Partner);
            }
        }

        return owners.ToValueList();
    }

    private bool IsEffective(DateRange? dates, Instant at) => dates is not { } range
        || (Calendar.StartOf(range.From) <= at && (range.To is not { } to || at < Calendar.StartOf(to)));
}
