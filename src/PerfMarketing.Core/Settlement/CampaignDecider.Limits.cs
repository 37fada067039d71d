using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What limits leave of an outcome, and what outcomes take of limits.</content>
public sealed partial class CampaignDecider
{
    private readonly LimitRooms rooms = new();

    // Leaves what limits allow of the shares; a decision when nobody is paid by this clause now.
    private LegDecision? WithinLimits(
        Work work,
        Leg leg,
        Outcome outcome,
        Qualification qualification,
        (Basis Basis, long TotalWeight) priced,
        ref ValueList<PricedShare> shares)
    {
        if (outcome.Customer is null && LimitByCustomer(leg) is { } unknown)
        {
            return Refuse(work, leg, outcome, Reason.Of(LimitReasons.CustomerUnknown, ("limit", unknown.Id)));
        }

        LimitCheck check = CheckOf(work, leg, outcome, shares, null);
        while (IsPooled(leg.Clause) && !check.IsStopped && check.Shares.Count > 0 && check.Shares.Count < shares.Count)
        {
            // Whoever is refused is not tallied: what the others add to the tally of all is priced without.
            List<Credit> rest = leg.Credits.FindAll(c => check.Shares.Any(s => s.Partner == c.Partner));
            if (Price(work, leg, rest, priced.Basis, outcome.At, priced.TotalWeight) is not { } again)
            {
                return Refuse(work, leg, outcome, new Reason(SettlementReasons.AmountTooGreat));
            }

            shares = again;
            check = CheckOf(work, leg, outcome, shares, check);
        }

        if (check.Diverted is { } diverted)
        {
            return Divert(work, leg, outcome, priced.TotalWeight, diverted);
        }

        leg.Ended = check.Ended;
        if (check.Held is { } held)
        {
            return Wait(work, leg, outcome, qualification, Sum(shares.Select(static s => s.Amount)), held);
        }

        shares = check.Shares;
        if (shares.Count == 0)
        {
            return Refuse(work, leg, outcome, new Qualification.Rejected(check.Refusals));
        }

        leg.Notes = [.. leg.Notes, .. check.Notes];
        return null;
    }

    private LimitCheck CheckOf(
        Work work, Leg leg, Outcome outcome, ValueList<PricedShare> shares, LimitCheck? before)
    {
        LimitCheck check = new(work.State, leg.Contract.Calendar, leg.Clause, outcome) { Version = leg.Apart };
        check.Begin(shares, leg.Credits, before);
        foreach (LimitRoom room in RoomsOf(leg, outcome))
        {
            if (check.IsStopped)
            {
                check.End(room, work.AsOf);
            }
            else
            {
                check.Take(room, work.AsOf);
            }
        }

        return check;
    }

    private static bool IsPooled(Clause clause) =>
        clause.IsCumulative && clause.Tally.Scope is TallyScope.Contract or TallyScope.Campaign;

    private static Limit? LimitByCustomer(Leg leg) =>
        leg.Clause.Limits.Concat(leg.Contract.Limits).FirstOrDefault(static l => l.IsByCustomer);

    // The other clause takes the leg's place. It pays an outcome once: when it pays other partners already, not again.
    private LegDecision Divert(
        Work work, Leg leg, Outcome outcome, long totalWeight, (ClauseId Clause, Reason Reason) diverted)
    {
        Release(work, UseOf(work, leg, outcome));
        LeaveRooms(work, leg, outcome);
        if (work.Legs.Exists(l => l.Contract == leg.Contract && l.Clause.Id == diverted.Clause))
        {
            return Close(leg, new Qualification.Rejected([diverted.Reason]), Money.Zero(leg.Contract.Currency));
        }

        Leg other = new(leg.Contract, leg.Contract.FindClause(diverted.Clause)!)
        {
            Named = leg.Named,
            Sources = leg.Sources,
            Permitted = leg.Permitted,
            IsBeside = leg.IsBeside,
            IsSentOn = leg.IsSentOn,
            Notes = leg.Notes.Add(diverted.Reason),
        };
        other.Credits.AddRange(leg.Credits);
        work.Legs[work.Legs.IndexOf(leg)] = other;
        return other.Decision = DecideLeg(work, other, outcome, totalWeight);
    }

    // A limit of another leg sent its outcome here before: the clause has priced it.
    private LegDecision? TakenBy(Work work, Leg leg) =>
        campaign.HasLimits || divertsBudgets ? TakenByOther(work, leg) : null;

    private static LegDecision? TakenByOther(Work work, Leg leg) =>
        work.Legs.Exists(l => l != leg && l.Contract == leg.Contract && l.Clause.Id == leg.Clause.Id)
        ? Close(
            leg,
            new Qualification.Rejected([Reason.Of(LimitReasons.Diverted, ("to", leg.Clause.Id))]),
            Money.Zero(leg.Contract.Currency))
        : null;

    // What waits for room reserves nothing. What is disputed does not wait: it comes when the dispute is over.
    private LegDecision Wait(
        Work work,
        Leg leg,
        Outcome outcome,
        Qualification qualification,
        Money due,
        (LimitRoom Room, decimal Need, Reason Reason) held)
    {
        Release(work, UseOf(work, leg, outcome));
        if (qualification is Qualification.Disputed)
        {
            LeaveRooms(work, leg, outcome);
            return Close(leg, qualification, due);
        }

        LimitEntry entry = new(leg.Clause.Id, outcome.Id, outcome.At, LimitPhase.Waiting, held.Need)
        {
            Room = held.Room.RoomFor(held.Need),
            Version = leg.Apart,
        };
        Move(work, leg, outcome, [(held.Room.Key, entry)]);
        Instant? until = held.Room.Period.End is var end && end == Instant.MaxValue ? null : end;
        return Close(
            leg,
            qualification is Qualification.Pending pending
                ? pending with { Until = Earlier(pending.Until, until), Reasons = pending.Reasons.Add(held.Reason) }
                : new Qualification.Pending([], until, [held.Reason]),
            due);
    }

    private static Instant? Earlier(Instant? left, Instant? right) => left is { } one && right is { } other
        ? Instant.Min(one, other)
        : left ?? right;

    // What is not sure yet has its room set aside, so that it is not refused when it is.
    private void ReserveRooms(Work work, Leg leg, Outcome outcome, ValueList<PricedShare> shares)
    {
        if (leg.Clause.HasLimits)
        {
            LimitPart[] parts = [.. LimitCheck.PartsOf(shares, leg.Credits)];
            Move(work, leg, outcome, [.. RoomsOf(leg, outcome).Select(room =>
                (room.Key, leg.Ended.Contains(room.Key) ? LeftOf(leg, outcome, room.Key) : EntryOf(
                    (leg.Clause.Id, leg.Apart), outcome.Id, outcome.At, LimitPhase.Reserved, room.NeedOf(parts))))]);
        }
    }

    private void UseRooms(Work work, Leg leg, Outcome outcome)
    {
        if (leg.Clause.HasLimits)
        {
            ValueList<LimitMoved> uses =
                UsesOf(work.Known, leg.Contract, leg.Clause, e => ApartOf(work, e), work.AsOf);
            Move(work, leg, outcome, [.. uses.Select(static u => (u.Key, u.Entry))]);
        }
    }

    private void UseRooms(Work work, Earning earning)
    {
        if (RoomedClauseOf(earning) is { } roomed)
        {
            foreach (LimitMoved moved in UsesOf(
                work.Known, roomed.Contract, roomed.Clause, e => ApartOf(work, e), work.AsOf))
            {
                Move(work, moved.Key, moved.Entry);
            }
        }
    }

    private (Contract Contract, Clause Clause)? RoomedClauseOf(LedgerEntry entry) =>
        RoomedClauseOf(entry.Contract, entry.Version, entry.Clause);

    private (Contract Contract, Clause Clause)? RoomedClauseOf(ContractId id, int version, ClauseId clauseId) =>
        campaign.HasLimits && campaign.FindContract(id, version) is { } contract
            && contract.FindClause(clauseId) is { HasLimits: true } clause
            ? (contract, clause)
            : null;

    // A correction up is paid as far as all limits have room: a payable cap is never exceeded.
    private Money WithinLimits(Work work, Earning earning, Money more, ref Reason reason)
    {
        if (RoomedClauseOf(earning) is not { } roomed)
        {
            return more;
        }

        EarningState self = work.Known.StateOf(earning.Id);
        LimitPart own = PartOf(self);
        ClauseId old = self.Standing.Clause;
        bool isMoved = old != earning.Clause;
        bool counts = own.Counts || self.Net.MinorUnits == 0;
        int apart = ApartOf(work, self);
        IEnumerable<LimitPart> Others(ClauseId clause, int version, LimitKey room) =>
            BesideOf(work.Known, earning.Contract, clause, apart, e => ApartOf(work, e))
                .Where(e => e.Earning.Partner != earning.Partner && IsIn(e, version, room)).Select(PartOf);
        foreach (LimitRoom room in rooms.Of(
            roomed.Contract, roomed.Clause, [earning.Partner], earning.Customer, earning.OccurredAt))
        {
            // What terms took that no longer price the earning is free, but for what others have under them.
            LimitState? known = work.State.LimitOf(room.Key);
            decimal others = (known?.Taken ?? 0) - TakenBy(known, earning.Clause, apart, earning.OutcomeId);
            others -= isMoved
                ? TakenBy(known, old, apart, earning.OutcomeId)
                    - room.NeedOf(Others(old, self.Standing.Version, room.Key))
                : 0;
            LimitPart[] then =
            [
                .. Others(earning.Clause, earning.Version, room.Key),
                own with { Amount = (isMoved ? 0 : own.Amount) + more.Amount, Counts = counts },
            ];
            decimal over = others + room.NeedOf(then) - room.Max;
            if (over > LimitState.Tolerance && room.Limit.OnExceeded != LimitOverflow.Notify)
            {
                more = room.Limit.Amount is null
                    ? Money.Zero(more.Currency)
                    : Money.Max(Money.Zero(more.Currency), more - Money.Of(over, more.Currency));
                reason = Reason.Of(
                    LimitReasons.Reached,
                    ("limit", room.Limit.Id),
                    ("period", room.Key.Period),
                    ("max", room.Limit.Amount is { } max ? max : room.Max),
                    ("taken", room.Limit.Amount is null ? others : Money.Of(others, more.Currency)));
            }
        }

        return more;
    }

    private static decimal TakenBy(LimitState? room, ClauseId clause, int apart, OutcomeId outcome) =>
        room?.Find(clause, outcome, apart) is { Phase: LimitPhase.Used or LimitPhase.Reserved, Amount: var own }
            ? own
            : 0;

    private IEnumerable<LimitRoom> RoomsOf(Leg leg, Outcome outcome) => rooms.Of(
        leg.Contract, leg.Clause, [.. leg.Credits.Select(static c => c.Partner)], outcome.Customer, outcome.At);

    private static LimitEntry EntryOf(
        (ClauseId Clause, int Apart) priced, OutcomeId outcome, Instant at, LimitPhase phase, decimal amount)
    {
        bool isFree = amount <= 0 && (amount == 0 || phase != LimitPhase.Used);
        return new(priced.Clause, outcome, at, isFree ? LimitPhase.Free : phase, isFree ? 0 : amount)
        {
            Version = priced.Apart,
        };
    }

    // A room for which a share waited in vain stays closed to it, as long as other shares of the leg are open.
    private static LimitEntry LeftOf(Leg leg, Outcome outcome, LimitKey key) => new(
        leg.Clause.Id, outcome.Id, outcome.At, leg.Ended.Contains(key) ? LimitPhase.Ended : LimitPhase.Free, 0)
    {
        Version = leg.Apart,
    };

    private void LeaveRooms(Work work, Leg leg, Outcome outcome)
    {
        if (leg.Clause.HasLimits)
        {
            Move(work, leg, outcome, []);
        }
    }

    private void LeaveRooms(Work work, LegDecision leg, Outcome outcome)
    {
        if (RoomedClauseOf(leg.Contract, leg.Version, leg.Clause) is { } roomed)
        {
            Move(work, new Leg(roomed.Contract, roomed.Clause) { IsBeside = leg.IsBeside }, outcome, []);
        }
    }

    // Takes rooms, and gives back those that the leg reserved or waited for before and needs no more.
    private void Move(Work work, Leg leg, Outcome outcome, List<(LimitKey Key, LimitEntry Entry)> taken)
    {
        foreach (LimitKey key in RoomsBefore(work.Known, leg.Contract.Id, leg.Clause.Id, leg.Apart))
        {
            if (!taken.Exists(t => t.Key == key && t.Entry.Version == leg.Apart)
                && work.State.LimitOf(key)?.Find(leg.Clause.Id, outcome.Id, leg.Apart).Phase
                    is LimitPhase.Reserved or LimitPhase.Waiting)
            {
                Move(work, key, LeftOf(leg, outcome, key));
            }
        }

        foreach ((LimitKey key, LimitEntry entry) in taken)
        {
            Move(work, key, entry);
        }
    }

    private static void Move(Work work, LimitKey key, LimitEntry entry)
    {
        LimitEntry before = work.State.LimitOf(key)?.Find(entry.Clause, entry.Outcome, entry.Version) ?? default;
        if (before.Phase != entry.Phase || before.Amount != entry.Amount || before.Room != entry.Room)
        {
            work.Add(new LimitMoved { OutcomeId = work.Id, DecidedAt = work.AsOf, Key = key, Entry = entry });
        }
    }

    // The rooms of a leg by the version and the credits of the last decision.
    private IEnumerable<LimitKey> RoomsBefore(
        OutcomeState known, ContractId contract, ClauseId clause, int apart) =>
        known is { Decision: { Attribution: { } attribution } decision, Outcome: { } outcome }
            && decision.Legs.FirstOrDefault(l =>
                l.Contract == contract && l.Clause == clause && l.Apart == apart) is { } leg
            && RoomedClauseOf(leg.Contract, leg.Version, leg.Clause) is { } roomed
            ? rooms.Of(
                roomed.Contract,
                roomed.Clause,
                [.. PartnersOf(leg, attribution, roomed.Contract)],
                outcome.Customer,
                outcome.At).Select(static room => room.Key)
            : [];

    /// <summary>Whom a leg concerned.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="attribution">The credits of the decision.</param>
    /// <param name="contract">The leg's contract.</param>
    internal static IEnumerable<PartnerId> PartnersOf(
        LegDecision leg, AttributionDecision? attribution, Contract contract) => leg.Credits.Count > 0
        ? leg.Credits.Select(static c => c.Partner)
        : (attribution?.Credits ?? []).Select(static c => c.Partner).Where(contract.Names);

    // A repeated call finds again what it may have left undone.
    private ValueList<OutcomeId> DueBeside(CampaignState state, OutcomeState known)
    {
        if (!campaign.HasLimits || known.Decision is not { } decision)
        {
            return [];
        }

        List<LimitKey> keys = [.. decision.Legs.SelectMany(l => RoomsBefore(known, l.Contract, l.Clause, l.Apart))];
        return DueIn(state, keys);
    }

    private static ValueList<OutcomeId> DueIn(CampaignState state, List<LimitKey> keys) =>
        [.. keys.Distinct().Select(key => state.LimitOf(key)?.Due).OfType<OutcomeId>().Distinct()];
}
