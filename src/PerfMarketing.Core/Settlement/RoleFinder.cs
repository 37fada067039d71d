using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>Finds the parts that partners had in a journey, for contracts that ask.</summary>
internal static class RoleFinder
{
    /// <summary>
    /// The roles of those who are credited, and of those whom an assisting contract pays: by the touches that take part
    /// under the terms of the campaign's rule, whatever weight it gives them.
    /// </summary>
    public static ValueList<PartnerRole> Find(
        Campaign campaign,
        AttributionDecision decision,
        ReadOnlySpan<JourneyTouch> touches,
        in ConversionPoint point,
        Instant asOf)
    {
        if (!decision.IsCredited)
        {
            return [];
        }

        LastTouch newest = NewestBy(campaign.Attribution);
        AttributionDecision last = Attributor.Assign(newest, touches, point, campaign.EligibilityAt(asOf));
        PartnerId closer = last.IsCredited ? last.Credits[0].Partner : default;
        PartnerId? introducer = null;
        List<PartnerRole> roles = [];
        foreach (TouchCredit touch in TakingPart(campaign, touches, point, asOf))
        {
            introducer ??= touch.Partner;
            if (!touch.Partner.IsUnset && !roles.Exists(r => r.Partner == touch.Partner)
                && (IsCredited(decision, touch.Partner) || Assists(campaign, touch, touches, asOf)))
            {
                roles.Add(new(touch.Partner, touch.At)
                {
                    HasIntroduced = introducer == touch.Partner,
                    HasClosed = closer == touch.Partner,
                });
            }
        }

        return roles.ToValueList();
    }

    /// <summary>The touches, and claims, that take part, in order; also those that can only assist.</summary>
    public static IEnumerable<TouchCredit> TakingPart(
        Campaign campaign, ReadOnlySpan<JourneyTouch> touches, in ConversionPoint point, Instant asOf) =>
        Attributor.Assign(
            NewestBy(campaign.Attribution), touches, point, campaign.InvolvementAt(asOf), ExplainLevel.Full)
            .Touches.Where(static t => t.Reason is null or { Code: AttributionReasons.NotChosen });

    /// <summary>Whether a decision credits a partner.</summary>
    public static bool IsCredited(AttributionDecision decision, PartnerId partner)
    {
        foreach (Credit credit in decision.Credits)
        {
            if (credit.Partner == partner)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The part of a partner; null when it had none that was asked for.</summary>
    public static PartnerRole? RoleOf(AttributionDecision decision, PartnerId partner)
    {
        foreach (PartnerRole role in decision.Roles)
        {
            if (role.Partner == partner)
            {
                return role;
            }
        }

        return null;
    }

    // Every touch that takes part, in order: the terms of the journey without what the rule makes of it.
    private static LastTouch NewestBy(AttributionRule rule) => new()
    {
        Lookback = rule.Lookback,
        CutAtConversion = rule.CutAtConversion,
        Windows = rule.Windows,
        Stage = rule.Stage,
        Returning = rule.Returning,
        Claims = rule.Claims,
    };

    private static bool Assists(
        Campaign campaign, in TouchCredit seen, ReadOnlySpan<JourneyTouch> touches, Instant asOf)
    {
        if (!campaign.Assistants.Contains(seen.Partner))
        {
            return false;
        }

        if (seen.Claim is not null)
        {
            return campaign.Assists(seen.Partner, seen.At, asOf);
        }

        foreach (ref readonly JourneyTouch touch in touches)
        {
            if (touch.At == seen.At && touch.Id == seen.Touch && touch.Partner == seen.Partner
                && campaign.RefuseAssist(touch, asOf) is null)
            {
                return true;
            }
        }

        return false;
    }
}
