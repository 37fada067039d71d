using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What terms accepted later pay for the first time.</content>
public sealed partial class CampaignDecider
{
    // When an outcome was first decided, as far as it still shows: what was earned keeps its time.
    private static Instant DecidedSince(OutcomeState known)
    {
        Instant since = known.Decision?.DecidedAt ?? Instant.MaxValue;
        foreach (EarningState earning in known.Earnings)
        {
            since = Instant.Min(since, earning.Earning.DecidedAt);
        }

        return since;
    }

    // Whom the contract pays by terms that did not bind when the outcome was decided. What is still open is decided
    // by them anyway.
    private List<Payment> FreshPayments(Work work, ContractId contract, Instant since) => work.Known is
    {
        Outcome: { } outcome,
        Decision: { Attribution: { IsCredited: true } attribution } decision,
    }
        && IsFinal(decision.Qualification) && Gate(work, outcome) is null
            ? PlanPayments(new(work.State, work.Id, work.AsOf), outcome, attribution).FindAll(p =>
                p.Contract.Id == contract && BoundBy(work.State, p.Contract, p.Credit.Partner) > since)
            : [];

    // Credited partners who were not bound when others' parts of a leg were paid.
    private void AddLate(
        Work work, ContractId contract, Instant since, IJourneySource journeys, List<AmendedEarning> ofOutcome)
    {
        List<Payment> fresh = FreshPayments(work, contract, since);
        fresh.RemoveAll(p => p.Contract.Precedence != Precedence.Sum
            && ofOutcome.Exists(e => e.Before.Earning.Partner == p.Credit.Partner));
        if (fresh.Count == 0)
        {
            return;
        }

        Outcome outcome = work.Known.Outcome!;
        AttributionDecision attribution = work.Known.Decision!.Attribution!;
        Journey journey = journeys.Find(outcome);
        foreach (Payment payment in fresh)
        {
            if (Permitted(work, payment, attribution, journey, []) is not { } permitted)
            {
                continue;
            }

            foreach (Clause clause in WinnersOf(work, permitted))
            {
                AmendedEarning[] leg = [.. ofOutcome.Where(e => e.ClauseNow == clause.Id)];
                if (Array.Find(leg, static e => !e.IsLate) is { } peer
                    && CanConvert(work.Known, peer.Before.Standing, permitted.Contract, clause)
                    && !Array.Exists(leg, e => e.Before.Earning.Partner == payment.Credit.Partner))
                {
                    ofOutcome.Add(LateOf(work, permitted, clause, peer.Before));
                }
            }
        }

        AmendedEarning[] ordered = [.. ofOutcome.OrderBy(e =>
            attribution.Credits.TakeWhile(c => c.Partner != e.Before.Earning.Partner).Count())];
        ofOutcome.Clear();
        ofOutcome.AddRange(ordered);
    }

    // An earning of nothing, which the amendment then makes what the terms pay. What was corrected stays so.
    private AmendedEarning LateOf(Work work, Payment payment, Clause clause, EarningState peer)
    {
        (Contract contract, Outcome outcome) = (payment.Contract, work.Known.Outcome!);
        Instant at = clause.Tally.Clock == TallyClock.DecidedAt ? work.AsOf : outcome.At;
        Earning earning = new()
        {
            OutcomeId = outcome.Id,
            DecidedAt = work.AsOf,
            Id = Earning.IdOf(campaign.Id, contract.Id, clause.Id, outcome.Id, payment.Credit.Partner),
            Contract = contract.Id,
            Version = contract.Version,
            Clause = clause.Id,
            Partner = payment.Credit.Partner,
            Amount = Money.Zero(contract.Currency),
            OccurredAt = outcome.At,
            PayableAt = Instant.Max(work.AsOf, clause.PayableAt(outcome.At)),
            Terms = contract.Digest,
            Campaign = campaign.Id,
            CampaignVersion = campaign.Version,
            Credit = payment.Credit,
            Model = work.Known.Decision?.Attribution?.Model,
            Customer = clause.NeedsHistory ? outcome.Customer : null,
            Rates = peer.Standing.Rates,
            Value = peer.Standing.Value,
            Quantity = peer.Standing.Quantity,
            Corrections = [.. work.Known.Corrections.Select(static c => c.Id).Where(peer.Knows)],
            TallyScope = clause.Tally.Scope,
            TallyPeriod = clause.Tally.IsListed ? TallyKey.Listed : contract.TallyPeriodOf(clause, at).Key,
            Before = Tally.Zero(contract.Currency),
            Counted = Tally.Zero(contract.Currency),
            Lines = [],
            Evidence = peer.Earning.Evidence,
            Approval = peer.Earning.Approval,
            TouchedAt = peer.Earning.TouchedAt,
        };
        earning = WithCustomer(earning, outcome, work.Known.Decision?.Attribution, [payment]);
        work.Add(earning);
        EarningState before = new(earning);
        before = before.PricedAs(earning with { Corrections = peer.Standing.Corrections });
        return new(before, contract, clause) { IsLate = true };
    }

    // The decision names who is paid now, so that whoever reads it finds all ledgers.
    private static void NameLate(Work work, AmendedEarning[] amended)
    {
        if (work.Known.Decision is not { } decision || !Array.Exists(amended, static e => e.IsLate))
        {
            return;
        }

        List<LegDecision> legs = [];
        foreach (LegDecision leg in decision.Legs)
        {
            EarningState[] own = [.. work.Known.Earnings.Where(e => e.Earning.Contract == leg.Contract)];
            ClauseId[] clauses =
                [leg.Clause, .. own.Where(e => e.Earning.Clause == leg.Clause).Select(static e => e.Standing.Clause)];
            AmendedEarning[] late = [.. amended.Where(e =>
                e.IsLate && e.Restated.Contract == leg.Contract && clauses.Contains(e.Restated.Clause))];
            legs.Add(late.Length == 0 ? leg : leg with
            {
                Credits = [.. own.Where(e => clauses.Contains(e.Standing.Clause)).Select(static e => e.Earning.Credit)],
                Amount = late.Aggregate(leg.Amount, static (sum, e) => sum + e.Net),
            });
        }

        Decide(work, decision with { DecidedAt = work.AsOf, Legs = legs.ToValueList() });
    }

    // Clauses that the terms add, and outcomes that nobody's terms paid for, are decided as if they came now.
    private IEnumerable<Decision> Complete(
        CampaignState state, ContractId contract, IJourneySource journeys, Instant asOf)
    {
        OutcomeState[] candidates =
        [
            .. state.Outcomes.Where(static o => o.Decision is { Attribution.IsCredited: true } decision
                    && IsFinal(decision.Qualification))
                .OrderBy(DecidedSince).ThenBy(static o => o.Id),
        ];
        foreach (OutcomeState known in candidates)
        {
            Work work = new(state, known.Id, asOf) { WasFinal = true };
            List<Payment> fresh = FreshPayments(work, contract, DecidedSince(known));
            if (fresh.Count == 0)
            {
                continue;
            }

            (Outcome outcome, OutcomeDecided decision) = (known.Outcome!, known.Decision!);
            Journey journey = journeys.Find(outcome);
            Work look = new(state, known.Id, asOf);
            foreach (Payment payment in fresh.Where(p => !WasConcerned(known, p)))
            {
                work.Late.Add((contract, payment.Credit.Partner));
                look.Late.Add((contract, payment.Credit.Partner));
            }

            if ((known.Earnings.Count == 0 && decision.Legs.Count == 0)
                || Choose(look, outcome, fresh, decision.Attribution!, journey).Exists(l => IsNew(known, l)))
            {
                DecideLegs(work, outcome, decision.Attribution!, journey);
                yield return work.Done();
            }
        }
    }

    // Whether no leg of the contract speaks for it yet: none of its clause, and where clauses do not add up, none of
    // its partners.
    private bool IsNew(OutcomeState known, Leg leg)
    {
        bool addsUp = leg.Contract.Precedence == Precedence.Sum;
        return !known.Earnings.Any(e => e.Earning.Contract == leg.Contract.Id
                && (e.Standing.Clause == leg.Clause.Id || e.Earning.Clause == leg.Clause.Id
                    || (!addsUp && leg.Credits.Exists(c => c.Partner == e.Earning.Partner))))
            && !known.Decision!.Legs.Any(d => d.Contract == leg.Contract.Id
                && (d.Clause == leg.Clause.Id
                    || (!addsUp && leg.Credits.Exists(c => Concerns(known.Decision, d, c.Partner)))));
    }

    private bool WasConcerned(OutcomeState known, Payment payment) =>
        known.Earnings.Any(e =>
            e.Earning.Contract == payment.Contract.Id && e.Earning.Partner == payment.Credit.Partner)
        || known.Decision!.Legs.Any(d =>
            d.Contract == payment.Contract.Id && Concerns(known.Decision, d, payment.Credit.Partner));

    // Whether a leg was decided for a partner too: it is named, or the leg names nobody and its version bound it then.
    private bool Concerns(OutcomeDecided decision, LegDecision leg, PartnerId partner)
    {
        if (leg.Credits.Count > 0)
        {
            return leg.Credits.Any(c => c.Partner == partner);
        }

        ContractLifecycle? lifecycle = campaign.LifecycleOf(leg.Contract, partner);
        return campaign.FindContract(leg.Contract, leg.Version)?.Names(partner) == true
            && (lifecycle is null || lifecycle.AcceptedAt(leg.Version) <= decision.DecidedAt);
    }
}
