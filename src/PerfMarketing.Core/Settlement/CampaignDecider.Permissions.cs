using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>What of a credit one contract pays for, when it does not permit every touch.</content>
public sealed partial class CampaignDecider
{
    // The part of a partner's credit that was brought by touches which the contract permits; null when that is nothing.
    // A credit restored without its touches stands as it is.
    private Credit? PermittedCredit(
        Contract contract, Credit credit, AttributionDecision attribution, in Journey journey, List<Reason> notes)
    {
        if (!contract.Rights.HasPermissions || attribution.Touches.Count == 0)
        {
            return credit;
        }

        long permitted = 0;
        foreach (TouchCredit touch in attribution.Touches)
        {
            if (touch.Weight > 0 && touch.Partner == credit.Partner
                && (touch.Claim is not null
                    || (Find(journey, touch) is { } found && campaign.RefuseUnder(contract.Id, found) is null)))
            {
                permitted += touch.Weight;
            }
        }

        if (permitted < credit.Weight)
        {
            notes.Add(Reason.Of(
                PermissionCodes.CreditNotPermitted,
                ("partner", credit.Partner),
                ("contract", contract.Id),
                ("credit", credit.Share),
                ("permitted", new Ratio(permitted, credit.Total))));
        }

        return permitted > 0 ? new(credit.Partner, permitted, credit.Total) : null;
    }

    private static JourneyTouch? Find(in Journey journey, TouchCredit credit)
    {
        foreach (ref readonly JourneyTouch touch in journey.Touches.Span)
        {
            if (touch.At == credit.At && touch.Id == credit.Touch && touch.Partner == credit.Partner)
            {
                return touch;
            }
        }

        return null;
    }

    // A refusal of the credit says more than that no clause was left.
    private static Reason WhyNoLeg(List<Reason> notes)
    {
        foreach (Reason note in notes)
        {
            if (note.Code is ExclusivityCodes.CouponOfOther or PermissionCodes.CreditNotPermitted
                or VersionReasons.NoneAccepted or VersionReasons.Suspended or VersionReasons.Ended)
            {
                return note;
            }
        }

        return new(SettlementReasons.NoClause);
    }
}
