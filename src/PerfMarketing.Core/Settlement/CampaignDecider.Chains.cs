using PerfMarketing.Contracts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>Legs that hang on other legs.</content>
public sealed partial class CampaignDecider
{
    // A leg whose payer is not paid waits, or is refused; so does one whose measure is not decided.
    private Qualification AwaitLegs(Work work, Leg leg, Qualification own)
    {
        if (!campaign.IsLayered)
        {
            return own;
        }

        if (leg.Contract.Upstream == UpstreamPolicy.BackToBack)
        {
            List<Leg> upstream = work.Legs.FindAll(l => campaign.AsPartner(leg.Contract.Payer) is { } payer
                && l.Credits.Exists(c => c.Partner == payer));
            if (upstream.TrueForAll(static l => l.Decision?.Qualification is Qualification.Rejected))
            {
                return new Qualification.Rejected([upstream.Count == 0
                    ? new(SettlementReasons.UpstreamMissing)
                    : Reason.Of(SettlementReasons.UpstreamRejected, ("contract", upstream[0].Contract.Id))]);
            }

            if (!upstream.Exists(static l => l.Decision?.Qualification is Qualification.Qualified))
            {
                own = Waits(own, upstream.Find(IsOpen)!);
            }
        }

        return work.Legs.Find(l => IsOpen(l) && leg.Clause.Legs.Contains(l.Contract.Id)) is { } measured
            ? Waits(own, measured)
            : own;
    }

    private static bool IsOpen(Leg leg) =>
        leg.Decision?.Qualification is Qualification.Pending or Qualification.Disputed;

    private static Qualification Waits(Qualification own, Leg other)
    {
        Reason reason = Reason.Of(SettlementReasons.LegAwaited, ("contract", other.Contract.Id));
        return own switch
        {
            Qualification.Pending pending => pending with { Reasons = pending.Reasons.Add(reason) },
            Qualification.Disputed => own,
            _ => new Qualification.Pending([], null, [reason]),
        };
    }

    // Whether an earning follows from what others were credited: its payee pays another earning, or it is an override.
    private bool IsDerived(Earning earning, Earning[] all) =>
        (campaign.IsChained || campaign.Overriders.Count > 0)
        && (campaign.FindContract(earning.Contract, earning.Version) is { IsOverride: true }
            || all.Any(e => campaign.FindContract(e.Contract, e.Version) is { } other
                && campaign.AsPartner(other.Payer) == earning.Partner));
}
