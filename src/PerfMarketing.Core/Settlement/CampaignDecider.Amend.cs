using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;

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
    /// that what stands after it is what the new terms pay for the period. A credited partner who accepted later is
    /// paid its part; clauses that the version adds to others pay too; what measures an amended leg is priced again.
    /// Asked again, it changes nothing. In a period whose statement is closed it waits: call it again when the next one
    /// has begun.
    /// </remarks>
    /// <param name="state">
    /// The state, to which the decisions are applied; it holds all earnings of the contract.
    /// </param>
    /// <param name="contract">The contract.</param>
    /// <param name="journeys">Gives the touches around an outcome.</param>
    /// <param name="asOf">The instant of the decision: the acceptance, or later.</param>
    /// <returns>
    /// The decisions, in order: for each contract concerned one for each outcome that changed, then what is paid for
    /// the first time.
    /// </returns>
    public ValueList<Decision> Amend(CampaignState state, ContractId contract, IJourneySource journeys, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(journeys);
        if (asOf < AmendableFrom(state, contract))
        {
            return [];
        }

        List<Decision> decisions = [];
        foreach (ContractId next in AffectedBy(contract))
        {
            AmendEarnings(state, next, journeys, asOf, decisions);
            if (next == contract)
            {
                decisions.AddRange(Complete(state, contract, journeys, asOf));
            }
        }

        return decisions.ToValueList();
    }

    // Entries of all contracts that an amendment concerns fall into open periods.
    internal Instant AmendableFrom(CampaignState state, ContractId contract) =>
        AffectedBy(contract).Max(state.ClosedThrough);

    /// <summary>A contract, and those that measure its legs, and theirs: each after what it measures.</summary>
    /// <param name="contract">The contract.</param>
    internal IEnumerable<ContractId> AffectedBy(ContractId contract)
    {
        HashSet<ContractId> affected = [contract];
        while (campaign.Contracts.Any(c => c.Clauses.Any(x => x.Legs.Any(affected.Contains)) && affected.Add(c.Id)))
        {
        }

        return affected.OrderBy(campaign.LayerOf).ThenBy(id => id != contract).ThenBy(static id => id);
    }

    private void AmendEarnings(
        CampaignState state, ContractId contract, IJourneySource journeys, Instant asOf, List<Decision> decisions)
    {
        Dictionary<OutcomeId, Work> works = [];
        List<AmendedEarning> all = ToAmend(state, contract, journeys, id => WorkOf(works, state, id, asOf));
        if (!all.Exists(static e => e.To is not null))
        {
            return;
        }

        string reason = SettlementReasons.Amended;
        if (!new AmendmentPass(this, state).TryPrice(all))
        {
            // As it stands: what the new terms pay is more than an amount can be.
            reason = SettlementReasons.AmountTooGreat;
            all = [.. all.Select(static e => e.AsItStands())];
        }

        foreach (var outcome in all.Where(static e => e.To is not null).GroupBy(static e => e.Restated.OutcomeId))
        {
            Work work = WorkOf(works, state, outcome.Key, asOf);
            foreach (AmendedEarning earning in outcome)
            {
                Post(work, earning, reason);
            }

            NameLate(work, [.. outcome]);
            AlignHolds(work);
            decisions.Add(work.Done());
        }
    }

    private static Work WorkOf(Dictionary<OutcomeId, Work> works, CampaignState state, OutcomeId id, Instant asOf)
    {
        if (!works.TryGetValue(id, out Work? work))
        {
            works.Add(id, work = new(state, id, asOf));
        }

        return work;
    }

    // In the order in which they were posted; those of one outcome together.
    private List<AmendedEarning> ToAmend(
        CampaignState state, ContractId contract, IJourneySource journeys, Func<OutcomeId, Work> workOf)
    {
        List<AmendedEarning> all = [];
        OutcomeId[] posted =
        [
            .. state.EarningsOf(contract).OrderBy(static e => e.At).ThenBy(static e => e.Id).Select(static e => e.Id)
                .Distinct(),
        ];
        foreach (OutcomeId id in posted)
        {
            Work work = workOf(id);
            OutcomeState known = state.Known(id);
            Instant since = DecidedSince(known);
            EntryId[] own = [.. InOrder(known).Where(e => e.Contract == contract).Select(static e => e.Id)];
            List<AmendedEarning> ofOutcome = [.. own.Select(e => ToAmend(work, known, known.StateOf(e)))];
            AddLate(work, contract, since, journeys, ofOutcome);
            all.AddRange(ofOutcome);
        }

        return all;
    }

    private AmendedEarning ToAmend(Work work, OutcomeState known, EarningState before)
    {
        if (VersionNow(work.State, known, before, work.AsOf) is { } to)
        {
            Clause? clause = ClauseNow(work, to, before.Standing);
            bool stands = clause is not null
                && ((ClauseOf(before.Standing)?.HasTermsOf(clause) == true && HasBoundsOf(before.Standing, to))
                    || !CanConvert(known, before.Standing, to, clause));
            if (!stands)
            {
                return new(before, to, clause);
            }
        }

        // What measures a leg that was amended since is priced again by its own terms.
        return ClauseOf(before.Standing) is { Legs.Count: > 0 } own && MeasuredSince(known, before, own) is { } since
            ? new(before, campaign.FindContract(before.Standing.Contract, before.Standing.Version), own)
            {
                MeasuredAt = since,
            }
            : new(before, null, null);
    }

    // Whether what bounds all clauses of the contract is the same: it counts what was earned under either version.
    private bool HasBoundsOf(Earning standing, Contract to) =>
        campaign.FindContract(standing.Contract, standing.Version) is { } from
        && from.Limits == to.Limits && from.ReversalLimit == to.ReversalLimit;

    // When a leg that the clause measures was last priced, if that was after the earning was.
    private static Instant? MeasuredSince(OutcomeState known, EarningState earning, Clause clause)
    {
        Instant? newest = known.Earnings.Where(e => clause.Legs.Contains(e.Earning.Contract))
            .Max(static e => (Instant?)e.Standing.DecidedAt);
        return newest > earning.Standing.DecidedAt ? newest : null;
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
        ValueList<Clause> winners = WinnersOf(work, new(to, standing.Credit, null));
        return winners.FirstOrDefault(c => c.Id == standing.Clause)
            ?? (to.Precedence == Precedence.Sum ? null : winners.Count > 0 ? winners[0] : null);
    }

    private ValueList<Clause> WinnersOf(Work work, Payment payment)
    {
        Outcome outcome = work.Known.Outcome!;
        FactSet facts = FactsFor(
            FactsOf(work.State, outcome, work.Truth), work.Known.Decision?.Attribution, payment.Credit.Partner);
        ClauseSubject subject = new(outcome.Kind, facts, outcome.At)
        {
            Partner = payment.Credit.Partner,
            ParentAt = ParentOf(work, outcome)?.At,
            Order = (outcome, work.Truth),
        };
        Accrual? Worth(Clause clause) => WorthOf(work, outcome, payment, clause, payment.Credit.Total);
        return ClauseChoice.Make(payment.Contract, subject, Worth, explain).Winners;
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
        EntryId id = Amendment.IdOf(now.Id, made.To!.Version, made.MeasuredAt);
        Instant accepted = made.MeasuredAt ?? AcceptedAt(made.To, now.Partner) ?? work.AsOf;
        Reason reason = WhyAmended(made, code, accepted);
        EarningState[] earned = EarnedBefore(work.Known);
        (_, Money change, Money? over) = Move(work, made, id, due, ref reason);
        Money repriced = WithoutUnpaid(made.Repriced - before.Repriced, due - change);
        LetGo(work, now.Id, change - repriced);
        ValueList<Instalment> instalments = InstalmentsOf(work, made, change);
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
            PayableAt = instalments.Count > 0
                ? instalments[0].PayableAt
                : Instant.Max(work.AsOf, before.Earning.PayableAt),
            OverBudget = over,
            Corrects = now.Id,
            FromVersion = made.IsLate ? 0 : before.Standing.Version,
            AcceptedAt = accepted,
            Restated = now with { DecidedAt = work.AsOf },
            Repriced = repriced,
            ByHand = made.ByHand.MinorUnits == 0 ? null : made.ByHand,
            Kept = made.Kept.MinorUnits == 0 ? null : made.Kept,
            Invalid = before.InvalidOf(made.Target) is { MinorUnits: > 0 } invalid ? invalid : null,
            Counted = made.Counted,
            Instalments = instalments,
            Reason = reason,
        });
        foreach (LimitMoved left in LeftBy(work.Known, before.Standing, e => ApartOf(work, e), work.AsOf))
        {
            Move(work, left.Key, left.Entry);
        }

        Recount(work, earned, id, now);
        UseRooms(work, now);
    }

    // What the terms spread is payable when it would have been under them from the beginning: what is past, at once.
    private static ValueList<Instalment> InstalmentsOf(Work work, AmendedEarning made, Money change)
    {
        if (change.MinorUnits <= 0 || made.Clause is not { Pays: Drip } clause)
        {
            return [];
        }

        Instant since = made.IsLate ? DecidedSince(work.Known) : made.Before.Earning.DecidedAt;
        Instant payableAt = Instant.Max(since, clause.PayableAt(made.Restated.OccurredAt));
        return
        [
            .. clause.InstalmentsOf(change, payableAt)
                .Select(i => i with { PayableAt = Instant.Max(work.AsOf, i.PayableAt) }),
        ];
    }

    // In the rooms of another clause the whole amount is new.
    private MovedAmount Move(Work work, AmendedEarning made, EntryId entry, Money change, ref Reason reason)
    {
        (EarningState before, Earning now) = (made.Before, made.Restated);
        if (now.Clause == before.Standing.Clause)
        {
            return Move(work, now, entry, (change, made.Net), ref reason);
        }

        Money standing = before.Net + before.Repriced;
        Money whole = standing + change;
        Money due = whole.MinorUnits > 0 ? WithinLimits(work, now, whole, ref reason) - standing : change;
        if (due.MinorUnits < 0)
        {
            Return(work, before.Earning, entry, -due);
        }

        return due.MinorUnits > 0
            ? Increase(work, before.Earning, entry, (due, made.Net), ref reason)
            : new(due, due, GivenBack(work, before.Earning, due));
    }

    // What limits and budgets do not pay is first of all not paid for other results.
    private static Money WithoutUnpaid(Money repriced, Money unpaid) =>
        repriced - Money.Max(Money.Zero(repriced.Currency), Money.Min(repriced, unpaid));

    private static Reason WhyAmended(AmendedEarning made, string code, Instant accepted) =>
        code != SettlementReasons.Amended || (!made.IsLate && made.MeasuredAt is null) ? Reason.Of(
            code,
            ("from", made.Before.Standing.Version),
            ("to", made.To!.Version),
            ("accepted", accepted))
        : made.IsLate ? Reason.Of(
            SettlementReasons.AcceptedLate, ("version", made.To!.Version), ("accepted", accepted))
        : Reason.Of(SettlementReasons.MeasureAmended, ("at", accepted));
}
