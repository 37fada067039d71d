using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>What the limits of a leg leave of an outcome's shares, limit by limit.</summary>
/// <remarks>
/// Shares are rounded already: what is left under a limit lies on the currency's grid, so cutting before rounding would
/// give the same.
/// </remarks>
internal sealed class LimitCheck(CampaignState state, ContractCalendar calendar, Clause clause, Outcome outcome)
{
    private readonly List<PricedShare> shares = [];
    private readonly List<Reason> notes = [];
    private readonly List<Reason> refusals = [];
    private readonly HashSet<LimitKey> ended = [];
    private IReadOnlyList<Credit> credits = [];

    /// <summary>The version by which the leg is kept apart; 0 when it stands alone.</summary>
    public int Version { get; init; }

    /// <summary>What is left of the shares; a partner who is refused has none.</summary>
    public ValueList<PricedShare> Shares => [.. shares];

    /// <summary>Why somebody was refused.</summary>
    public ValueList<Reason> Refusals => [.. refusals];

    /// <summary>What else limits did, and the refusals.</summary>
    public ValueList<Reason> Notes => [.. notes, .. refusals];

    /// <summary>The room that the outcome waits for, with what it needs; null when it does not wait.</summary>
    public (LimitRoom Room, decimal Need, Reason Reason)? Held { get; private set; }

    /// <summary>The clause that prices the outcome instead, and why; null when this one does.</summary>
    public (ClauseId Clause, Reason Reason)? Diverted { get; private set; }

    /// <summary>Whether some limit put the outcome off or gave it away.</summary>
    public bool IsStopped => Held is not null || Diverted is not null;

    /// <summary>The rooms for which the outcome waited until their period was over.</summary>
    public IReadOnlySet<LimitKey> Ended => ended;

    /// <summary>Begins with the shares as they were priced; what was refused before stays so.</summary>
    public void Begin(ValueList<PricedShare> priced, IReadOnlyList<Credit> leg, LimitCheck? before)
    {
        shares.AddRange(priced);
        refusals.AddRange(before?.refusals ?? []);
        ended.UnionWith(before?.ended ?? []);
        credits = leg;
    }

    /// <summary>What partners get of an outcome, as limits see it.</summary>
    public static IEnumerable<LimitPart> PartsOf(IEnumerable<PricedShare> shares, IReadOnlyList<Credit> credits) =>
        from share in shares
        join credit in credits on share.Partner equals credit.Partner
        select new LimitPart(
            share.Partner,
            credit.Weight,
            credit.Total,
            share.Amount.Amount,
            share.Amount.MinorUnits != 0 || !IsCut(share.Payout.Lines));

    /// <summary>Whether a limit or a budget took something away.</summary>
    public static bool IsCut(ValueList<PayoutLine> lines) =>
        lines.Any(static l => l.Code is PayoutLineNames.OverLimit or PayoutLineNames.OverBudget);

    /// <summary>What a limit did, with what others had taken.</summary>
    public static Reason Tell(LimitRoom room, decimal taken, string code) =>
        new Excess(room, 0, taken, null, IsOpen: true).Tell(code);

    /// <summary>Takes one room into account.</summary>
    public void Take(in LimitRoom room, Instant asOf)
    {
        decimal need = room.NeedOf(PartsOf(shares, credits));
        if (need <= 0)
        {
            return;
        }

        LimitState? known = state.LimitOf(room.Key);
        LimitEntry own = known?.Find(clause.Id, outcome.Id, Version) ?? default;
        bool isPromised = own.Phase is LimitPhase.Reserved or LimitPhase.Used;
        decimal taken = (known?.Taken ?? 0) - (isPromised ? own.Amount : 0);
        Instant? first = isPromised ? null : FirstBefore(room.Limit, known);
        bool isBehind = !isPromised && room.Limit.OnExceeded == LimitOverflow.Hold
            && known?.IsBehind(clause.Id, outcome.Id, outcome.At, Version) == true;
        bool isOpen = asOf < room.Period.End;

        // Whoever was not told in time that the period has ended is refused all the same, and stays so.
        if (End(room, asOf))
        {
            Excess late = new(room, need, taken, first, isOpen);
            Refuse(room, late.Tell(first is null ? LimitReasons.HoldEnded : LimitReasons.MonthsOver));
            return;
        }

        if (first is null && !isBehind && room.Fits(need, taken))
        {
            return;
        }

        Overflow(new(room, need, taken, first, isOpen), own.Phase);
    }

    /// <summary>Notes a room for which the outcome waited until its period was over.</summary>
    /// <returns>Whether it is one.</returns>
    public bool End(in LimitRoom room, Instant asOf)
    {
        LimitPhase own = state.LimitOf(room.Key)?.Find(clause.Id, outcome.Id, Version).Phase ?? LimitPhase.Free;
        bool isLate = own == LimitPhase.Ended || (own == LimitPhase.Waiting && asOf >= room.Period.End);
        if (isLate)
        {
            ended.Add(room.Key);
        }

        return isLate;
    }

    // The first earning, when the months after it are over.
    private Instant? FirstBefore(Limit limit, LimitState? known) =>
        limit.Months is { } months && known?.FirstBeside(outcome.Id) is { } first
            && calendar.LocalOf(outcome.At) >= calendar.LocalOf(first).PlusMonths(months)
            ? first
            : null;

    private void Overflow(in Excess excess, LimitPhase phase)
    {
        switch (PolicyOf(excess.Room.Limit, phase))
        {
            case LimitOverflow.Notify:
                notes.Add(excess.Tell(LimitReasons.Exceeded));
                break;
            case LimitOverflow.PayZero:
                Unpay(excess.Room);
                notes.Add(excess.Tell(LimitReasons.Unpaid));
                break;
            case LimitOverflow.PayRemainder when excess.Left > 0:
                Cut(excess.Room, excess.Need - excess.Left);
                notes.Add(excess.Tell(LimitReasons.Cut));
                break;
            case LimitOverflow.Hold when excess.CanWait:
                Held = (excess.Room, excess.Need, excess.Tell(LimitReasons.Held));
                break;
            case LimitOverflow.Divert:
                ClauseId to = excess.Room.Limit.DivertTo!.Value;
                Diverted = (to, excess.Tell(LimitReasons.Diverted, to));
                break;
            default:
                Refuse(
                    excess.Room,
                    excess.Tell(excess.First is not null ? LimitReasons.MonthsOver : LimitReasons.Reached));
                break;
        }
    }

    // What room was set aside for is paid as far as there is room, and neither waits nor goes elsewhere.
    private static LimitOverflow PolicyOf(Limit limit, LimitPhase phase) =>
        phase is LimitPhase.Free or LimitPhase.Waiting || limit.OnExceeded == LimitOverflow.Notify ? limit.OnExceeded
            : limit.Amount is not null ? LimitOverflow.PayRemainder
            : limit.OnExceeded == LimitOverflow.PayZero ? LimitOverflow.PayZero
            : LimitOverflow.Reject;

    private void Refuse(LimitRoom room, Reason reason)
    {
        shares.RemoveAll(s => IsIn(room, s));
        refusals.Add(reason);
    }

    // What is over is taken from all in whole minor units, by what each would have got.
    private void Cut(LimitRoom room, decimal over)
    {
        List<int> places = [.. Enumerable.Range(0, shares.Count)
            .Where(i => IsIn(room, shares[i]) && shares[i].Amount.MinorUnits > 0)];
        if (places.Count == 0)
        {
            return;
        }

        long[] amounts = [.. places.Select(i => shares[i].Amount.MinorUnits)];
        Money due = Money.FromMinor(amounts.Sum(), shares[0].Amount.Currency);
        Money[] cuts = (-Money.Of(Math.Min(over, due.Amount), due.Currency)).Allocate(amounts);
        for (int i = 0; i < cuts.Length; i++)
        {
            PricedShare share = shares[places[i]];
            shares[places[i]] = share with
            {
                Amount = share.Amount + cuts[i],
                Payout = share.Payout with { Lines = share.Payout.Lines.Add(new(PayoutLineNames.OverLimit, cuts[i])) },
            };
        }
    }

    // Nothing is paid. What was worth nothing anyway is left unpaid too: else it would count as an outcome.
    private void Unpay(LimitRoom room)
    {
        if (room.Limit.Amount is not null)
        {
            Cut(room, decimal.MaxValue);
            return;
        }

        for (int i = 0; i < shares.Count; i++)
        {
            PricedShare share = shares[i];
            if (IsIn(room, share))
            {
                PayoutLine over = new(PayoutLineNames.OverLimit, -share.Amount);
                shares[i] = share with
                {
                    Amount = Money.Zero(share.Amount.Currency),
                    Payout = share.Payout with { Lines = share.Payout.Lines.Add(over) },
                };
            }
        }
    }

    private static bool IsIn(LimitRoom room, PricedShare share) =>
        room.Key.Partner.IsUnset || room.Key.Partner == share.Partner;

    /// <summary>An outcome that needs more than a room has left.</summary>
    private readonly record struct Excess(LimitRoom Room, decimal Need, decimal Taken, Instant? First, bool IsOpen)
    {
        public decimal Left => Room.Max - Taken;

        // What is greater than the whole room would wait in vain, and others behind it.
        public bool CanWait => IsOpen && Room.Fits(Need, taken: 0);

        public Reason Tell(string code, ClauseId to = default)
        {
            Limit limit = Room.Limit;
            List<ReasonArg> args = [new("limit", limit.Id.Value)];
            if (First is { } first)
            {
                args.Add(new("months", InvariantText.Of(limit.Months!)));
                args.Add(new("first", InvariantText.Of(first)));
            }
            else
            {
                args.Add(new("period", Room.Key.Period));
                args.Add(new("max", TextOf(Room.Max)));
            }

            // What is taken changes while an outcome waits; its reason does not.
            if (First is null && code != LimitReasons.Held)
            {
                args.Add(new("taken", TextOf(Taken)));
            }

            if (!Room.Key.Partner.IsUnset)
            {
                args.Add(new("partner", Room.Key.Partner.Value));
            }

            if (!to.IsUnset)
            {
                args.Add(new("to", to.Value));
            }

            return new(code, args.ToValueList());
        }

        private string TextOf(decimal amount) => Room.Limit.Amount is { Currency: var currency }
            ? Money.Of(amount, currency).ToString()
            : InvariantText.Of(amount);
    }
}
