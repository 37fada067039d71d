using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <content>What a contract's versions are chosen by.</content>
public sealed partial class CampaignDecider
{
    private VersionQuestion QuestionOf(
        Work work, Outcome outcome, AttributionDecision attribution, PartnerId partner)
    {
        VersionQuestion plain = new()
        {
            Partner = partner,
            OccurredAt = outcome.At,
            AsOf = work.AsOf,
            Inherited = InheritedVersions(work, outcome),
        };
        if (!campaign.AsksTouches)
        {
            return plain;
        }

        Instant? touch = FirstTouchOf(attribution, partner);
        Instant? before = outcome.Customer is { } customer ? work.State.CustomerSince(customer, partner) : null;
        return plain with
        {
            FirstTouch = touch,
            CustomerSince = touch < before ? touch : before ?? touch,
            ParentAt = outcome.Parent is { } parent ? work.State.Find(parent)?.Outcome?.At : null,
        };
    }

    // Keeps with an earning whose customer it was, and since when, if versions are chosen by that.
    // A payer further up has it since the first of those was touched who led there, as when its version was chosen.
    private Earning WithCustomer(
        Earning earning, Outcome outcome, AttributionDecision? attribution, List<Payment> payments)
    {
        if (!campaign.AsksCustomers || outcome.Customer is null)
        {
            return earning;
        }

        List<Credit>? sources = payments.Find(p => p.Contract is { PaysCredit: true } contract
            && contract.Id == earning.Contract && p.Credit.Partner == earning.Partner).Sources;
        Instant? touch = attribution is null ? null
            : sources?.Min(s => FirstTouchOf(attribution, s.Partner)) ?? FirstTouchOf(attribution, earning.Partner);
        return earning with
        {
            Customer = outcome.Customer,
            CustomerSince = touch < outcome.At ? touch : outcome.At,
        };
    }

    private static Instant? FirstTouchOf(AttributionDecision attribution, PartnerId partner)
    {
        Instant? first = null;
        foreach (TouchCredit touch in attribution.Touches)
        {
            if (touch.Partner == partner && touch.Weight > 0 && (first is null || touch.At < first))
            {
                first = touch.At;
            }
        }

        return first ?? RoleFinder.RoleOf(attribution, partner)?.FirstTouch;
    }
}
