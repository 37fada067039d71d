using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>To whom an outcome belongs without a touch.</summary>
internal static class ClaimFinder
{
    /// <summary>The claims that the campaign's rule takes into account; null when it takes none.</summary>
    public static ValueList<OutcomeClaim>? Find(
        Campaign campaign, Outcome outcome, in Journey journey, Instant asOf)
    {
        ValueList<ClaimBasis> asked = campaign.Attribution.Claims;
        if (asked.Count == 0)
        {
            return null;
        }

        List<OutcomeClaim> claims = [];
        foreach (PartnerId owner in CouponOwners(campaign, outcome))
        {
            claims.Add(new(ClaimBasis.Coupon, owner));
        }

        foreach (PartnerId owner in campaign.TerritoryOf(outcome))
        {
            claims.Add(new(ClaimBasis.Territory, owner));
        }

        if (journey.Binding is { } binding && campaign.Holds(binding, outcome.At))
        {
            claims.Add(new(ClaimBasis.Binding, binding.Partner));
        }

        // A claim of somebody without a contract for the time is none.
        claims.RemoveAll(c => !asked.Contains(c.Basis) || !campaign.Names(c.Partner, outcome.At, asOf));
        return claims.ToValueList();
    }

    private static List<PartnerId> CouponOwners(Campaign campaign, Outcome outcome)
    {
        List<PartnerId> owners = [];
        if (outcome.Facts.TryGet(Facts.Coupons, out ValueList<string>? coupons))
        {
            foreach (string coupon in coupons)
            {
                if (campaign.OwnerOf(coupon, outcome.At) is { } owner)
                {
                    owners.Add(owner);
                }
            }
        }

        return owners;
    }
}
