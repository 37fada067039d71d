using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>Whom contracts pay for having taken part in a journey that another partner won.</content>
public sealed partial class CampaignDecider
{
    // Beside whoever got credit, and never who did: it is paid by its credit already.
    private void PlanAssists(
        Work work,
        Outcome outcome,
        ValueList<Credit> credits,
        AttributionDecision attribution,
        List<Payment> payments)
    {
        if (campaign.Assistants.Count == 0 || credits.Count == 0)
        {
            return;
        }

        foreach (PartnerRole role in attribution.Roles)
        {
            if (RoleFinder.IsCredited(attribution, role.Partner))
            {
                continue;
            }

            if (campaign.RefuseCredit(role.Partner, outcome) is { } refusal)
            {
                work.Notes.Add(refusal);
                continue;
            }

            PlanAssist(work, role, QuestionOf(work, outcome, attribution, role.Partner), credits, payments);
        }
    }

    private void PlanAssist(
        Work work,
        in PartnerRole role,
        in VersionQuestion question,
        ValueList<Credit> credits,
        List<Payment> payments)
    {
        foreach (ContractLine line in campaign.LinesOf(role.Partner))
        {
            if (line.Choose(question, explain == ExplainLevel.Full).Contract is { Assists: true } contract)
            {
                // The whole of it, whatever parts of it were credited to others.
                Credit whole = new(role.Partner, credits[0].Total, credits[0].Total);
                Payment payment = new(contract, whole, [.. credits]);
                payments.Add(payment);
                work.Notes.Add(About(
                    SettlementReasons.Assisted, payment, [new("role", string.Join(' ', role.Names))]));
            }
        }
    }

    // Some touch of the partner that took part, or a claim, is one that the contract permits; what was restored without
    // touches stands as it is.
    private Payment? PermittedAssist(Work work, in Payment payment, in Journey journey, List<Reason> notes)
    {
        if (!payment.Contract.Rights.HasPermissions || journey.Touches.Length == 0)
        {
            return payment;
        }

        Instant asOf = AttributedAt(work);
        ConversionPoint point = CreditFinder.PointOf(campaign, work.Known.Outcome!, journey, asOf);
        foreach (TouchCredit seen in RoleFinder.TakingPart(campaign, journey.Touches.Span, point, asOf))
        {
            if (seen.Partner == payment.Credit.Partner
                && (seen.Claim is not null
                    || (Find(journey, seen) is { } touch
                        && campaign.RefuseUnder(payment.Contract.Id, touch) is null)))
            {
                return payment;
            }
        }

        notes.Add(About(PermissionCodes.CreditNotPermitted, payment));
        return null;
    }

    // Credits stand from the first earning on; before, each decision finds them anew. What is final without earnings
    // was found when it was decided.
    private static Instant AttributedAt(Work work) =>
        IsRecalled(work.Known) ? Instant.Min(work.AsOf, work.Known.Earnings.Min(static e => e.Earning.DecidedAt))
        : work.Known is { Earnings.Count: > 0 } || IsFinal(work.Known.Decision?.Qualification)
            ? Instant.Min(work.AsOf, Instant.Min(DecidedSince(work.Known), work.Known.CreditedSince ?? work.AsOf))
            : work.AsOf;

    // Entries of closed statements count before the input that made them is decided again: what was open until then
    // found its credits anew, and does not say whose they are.
    private static bool IsRecalled(OutcomeState known) =>
        known is { Decision: { } standing, Earnings.Count: > 0 }
        && !IsFinal(standing.Qualification)
        && known.Earnings.All(e => e.Earning.DecidedAt > standing.DecidedAt);

    // The subject of clauses as one partner sees it: with its role, where some clause asks for it.
    private FactSet FactsFor(FactSet facts, AttributionDecision? attribution, PartnerId partner) =>
        campaign.AsksForRoles && attribution is not null && RoleFinder.RoleOf(attribution, partner) is { } role
            ? OutcomeFacts.With(facts, role.Names)
            : facts;

    // Who was paid for having assisted stays so, and nobody else comes in, when only the earnings are known.
    private ValueList<PartnerRole> KeptRoles(
        Earning[] earnings, ValueList<PartnerRole> found, AttributionDecision kept)
    {
        List<PartnerRole> roles = [];
        foreach (PartnerRole role in found)
        {
            if (kept.Touches.Count > 0 || RoleFinder.IsCredited(kept, role.Partner)
                || Array.Exists(earnings, e => e.Partner == role.Partner))
            {
                roles.Add(role);
            }
        }

        foreach (Earning earning in earnings)
        {
            if (IsAssist(earning) && !roles.Exists(r => r.Partner == earning.Partner))
            {
                roles.Add(new(earning.Partner, earning.OccurredAt));
            }
        }

        return roles.ToValueList();
    }

    private bool IsAssist(Earning earning) => campaign.Assistants.Count > 0
        && campaign.FindContract(earning.Contract, earning.Version) is { Assists: true };
}
