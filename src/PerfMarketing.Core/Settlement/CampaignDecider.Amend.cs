using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>Amendments with effect for the past: earnings of their time are priced again.</content>
public sealed partial class CampaignDecider
{
    /// <summary>
    /// Prices the earnings of a contract again under a version that was accepted after they were decided, and that was
    /// in force when they occurred; and decides again what was refused because no version was accepted then.
    /// </summary>
    /// <remarks>
    /// Earnings are priced in the order in which they were posted, against tallies under the terms that now apply, so
    /// that what stands after it is what the new terms pay for the period. Asked again, it changes nothing. In a period
    /// whose statement is closed it waits: call it again when the next one has begun.
    /// </remarks>
    /// <param name="state">
    /// The state, to which the decisions are applied; it holds all earnings of the contract.
    /// </param>
    /// <param name="contract">The contract.</param>
    /// <param name="journeys">Gives the touches around an outcome.</param>
    /// <param name="asOf">The instant of the decision: the acceptance, or later.</param>
    /// <returns>One decision for each outcome that changed.</returns>
    public ValueList<Decision> Amend(CampaignState state, ContractId contract, IJourneySource journeys, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(journeys);
        if (asOf < state.ClosedThrough(contract))
        {
            return [];
        }

        List<Decision> decisions = [];
        List<AmendedEarning> all = ToAmend(state, contract, asOf);
        if (all.Exists(static e => e.To is not null))
        {
            string reason = SettlementReasons.Amended;
            if (!new AmendmentPass(this, state).TryPrice(all))
            {
                // As it stands: what the new terms pay is more than an amount can be.
                reason = SettlementReasons.AmountTooGreat;
                all = [.. all.Select(static e => new AmendedEarning(e.Before, e.To, e.Clause))];
            }

            foreach (var outcome in all.Where(static e => e.To is not null).GroupBy(static e => e.Restated.OutcomeId))
            {
                Work work = new(state, outcome.Key, asOf);
                foreach (AmendedEarning earning in outcome)
                {
                    Post(work, earning, reason);
                }

                decisions.Add(work.Done());
            }
        }

        decisions.AddRange(Reconsider(state, contract, journeys, asOf));
        return decisions.ToValueList();
    }

    // In the order in which they were posted; those of one outcome together.
    private List<AmendedEarning> ToAmend(CampaignState state, ContractId contract, Instant asOf)
    {
        List<AmendedEarning> all = [];
        IEnumerable<OutcomeId> posted =
            state.EarningsOf(contract).OrderBy(static e => e.At).Select(static e => e.Id).Distinct();
        foreach (OutcomeId id in posted)
        {
            OutcomeState known = state.Known(id);
            EntryId[] own = [.. InOrder(known).Where(e => e.Contract == contract).Select(static e => e.Id)];
            foreach (EntryId earning in own)
            {
                EarningState before = known.StateOf(earning);
                Contract? to = VersionNow(state, known, before, asOf);
                Clause? clause = to is null ? null : ClauseNow(new(state, id, asOf), to, before.Standing);
                bool stands = clause is not null && (ClauseOf(before.Standing)?.HasTermsOf(clause) == true
                    || !CanConvert(known, before.Standing, to!, clause));
                all.Add(new(before, stands ? null : to, clause));
            }
        }

        return all;
    }

    // Only a version that came to bind both after the earning was priced: nothing else rewrites it.
    private Contract? VersionNow(CampaignState state, OutcomeState known, EarningState earning, Instant asOf)
    {
        Earning standing = earning.Standing;
        if (known.Outcome is not { } outcome || known.Decision?.Attribution is not { } attribution)
        {
            return null;
        }

        Work work = new(state, known.Id, asOf);
        VersionQuestion question = QuestionOf(work, outcome, attribution, standing.Partner);
        if (question.FirstTouch is null && !attribution.Credits.Any(c => c.Partner == standing.Partner))
        {
            // A payer further up was touched when the first of those was who led there.
            question = question with
            {
                FirstTouch = attribution.Credits.Min(c => FirstTouchOf(attribution, c.Partner)),
            };
        }

        VersionChoice choice = campaign.Choose(standing.Contract, question);
        return choice.Contract is { } chosen && chosen.Version != standing.Version
            && BoundBy(state, chosen, standing.Partner) > standing.DecidedAt
                ? chosen
                : null;
    }

    // By the precedence of the new version; where clauses add up, each earning keeps the clause of its name.
    private Clause? ClauseNow(Work work, Contract to, Earning standing)
    {
        Outcome outcome = work.Known.Outcome!;
        ClauseSubject subject = new(outcome.Kind, FactsOf(work.State, outcome, work.Truth), outcome.At)
        {
            Partner = standing.Partner,
            ParentAt = ParentOf(work, outcome)?.At,
        };
        ValueList<Clause> winners = Choose(
            work, outcome, new(to, standing.Credit, null), subject, standing.Credit.Total);
        return winners.FirstOrDefault(c => c.Id == standing.Clause)
            ?? (to.Precedence == Precedence.Sum ? null : winners.Count > 0 ? winners[0] : null);
    }

    // An acceptance in a closed period may have become known after it: what was decided in that period is asked again.
    private Instant? BoundBy(CampaignState state, Contract version, PartnerId partner) =>
        AcceptedAt(version, partner) is { } accepted
            ? Instant.Max(accepted, state.ClosedThrough(version.Id))
            : null;

    private Instant? AcceptedAt(Contract version, PartnerId partner) =>
        campaign.LifecycleOf(version.Id, partner)?.AcceptedAt(version.Version);

    private void Post(Work work, AmendedEarning made, string code)
    {
        (EarningState before, Earning now) = (made.Before, made.Restated);
        Money due = made.Net + made.Repriced - before.Net - before.Repriced;
        Money change = due;
        EntryId id = Amendment.IdOf(now.Id, made.To!.Version);
        Instant accepted = AcceptedAt(made.To, now.Partner) ?? work.AsOf;
        Reason reason = Reason.Of(
            code,
            ("from", before.Standing.Version),
            ("to", made.To.Version),
            ("accepted", accepted));
        change = Move(work, made, id, change, ref reason);
        work.Add(new Amendment
        {
            OutcomeId = now.OutcomeId,
            DecidedAt = work.AsOf,
            Id = id,
            Contract = now.Contract,
            Version = made.To.Version,
            Clause = now.Clause,
            Partner = now.Partner,
            Amount = change,
            OccurredAt = now.OccurredAt,
            PayableAt = Instant.Max(work.AsOf, before.Earning.PayableAt),
            Corrects = now.Id,
            FromVersion = before.Standing.Version,
            AcceptedAt = accepted,
            Restated = now with { DecidedAt = work.AsOf },
            Repriced = WithoutUnpaid(made.Repriced - before.Repriced, due - change),
            Counted = made.Counted,
            Reason = reason,
        });
        foreach (LimitMoved left in LeftBy(work.State, before.Standing, work.AsOf))
        {
            Move(work, left.Key, left.Entry);
        }

        UseRooms(work, now);
    }

    // In the rooms of another clause the whole amount is new.
    private Money Move(Work work, AmendedEarning made, EntryId entry, Money change, ref Reason reason)
    {
        (EarningState before, Earning now) = (made.Before, made.Restated);
        if (now.Clause == before.Standing.Clause)
        {
            return Move(work, now, entry, change, ref reason).Paid;
        }

        Money standing = before.Net + before.Repriced;
        Money whole = standing + change;
        Money due = whole.MinorUnits > 0 ? WithinLimits(work, now, whole, ref reason) - standing : change;
        if (due.MinorUnits < 0)
        {
            Return(work, before.Earning, entry, -due);
        }

        return due.MinorUnits > 0 ? Increase(work, before.Earning, entry, due, ref reason) : due;
    }

    // What limits and budgets do not pay is first of all not paid for other results.
    private static Money WithoutUnpaid(Money repriced, Money unpaid) =>
        repriced - Money.Max(Money.Zero(repriced.Currency), Money.Min(repriced, unpaid));

    // What nobody's terms paid for, but terms accepted since do.
    private IEnumerable<Decision> Reconsider(
        CampaignState state, ContractId contract, IJourneySource journeys, Instant asOf)
    {
        OutcomeState[] refused =
        [
            .. state.Outcomes.Where(static o => o is
                {
                    Earnings.Count: 0,
                    Decision: { Qualification: Qualification.Rejected, Attribution.IsCredited: true, Legs.Count: 0 },
                }).OrderBy(static o => o.Decision!.DecidedAt).ThenBy(static o => o.Id),
        ];
        foreach (OutcomeState known in refused)
        {
            Work work = new(state, known.Id, asOf);
            AttributionDecision attribution = known.Decision!.Attribution!;
            if (Gate(work, known.Outcome!) is null
                && PlanPayments(new(state, known.Id, asOf), known.Outcome!, attribution).Exists(p =>
                    p.Contract.Id == contract
                    && BoundBy(state, p.Contract, p.Credit.Partner) > known.Decision.DecidedAt))
            {
                DecideLegs(work, known.Outcome!, attribution, journeys.Find(known.Outcome!));
                yield return work.Done();
            }
        }
    }
}
