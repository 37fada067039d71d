using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <content>Results that turned out invalid by source and period.</content>
public sealed partial class CampaignDecider
{
    /// <summary>Takes invalid results from the lines of their source and period.</summary>
    /// <remarks>
    /// Shared out by <see cref="Allocation"/> over what is left of each line, in the order in which the outcomes
    /// occurred and then of their ids; no line falls below zero. Each share is a correction of its line: it follows the
    /// clause's schedule, the contract's limit on reversals, and gives room back to budgets and limits. A tally that is
    /// evaluated again loses the same part of the line, and what that makes of its period is a <see cref="Repricing"/>;
    /// a frozen one stays as it is, and of a period whose price has fallen since, a line has its part of what is paid
    /// for it now.
    /// </remarks>
    /// <param name="state">
    /// The state, to which the entries are applied; it knows what stands under the id, and the ledger of the partner.
    /// </param>
    /// <param name="invalidation">What is invalid.</param>
    /// <param name="asOf">The instant of the decision; in a closed period it is decided when that ends.</param>
    public InvalidationDecision Invalidate(CampaignState state, Invalidation invalidation, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(invalidation);
        if (KnownOrWrong(state, invalidation, asOf) is { } answer)
        {
            return answer;
        }

        EarningState[] lines = LinesOf(state, invalidation);
        long[] left = LeftOf(state, lines);
        Int128 sum = left.Aggregate(Int128.Zero, static (sum, one) => sum + one);
        if (sum > Money.MinorUnitsMax)
        {
            return InvalidationDecision.Refuse(new(SettlementReasons.AmountTooGreat));
        }

        Money all = Money.FromMinor((long)sum, ContractOf(invalidation)!.Currency);
        if (ExtentOf(invalidation, (lines, left), all, out Reason? reason) is not { } extent)
        {
            return InvalidationDecision.Refuse(reason!);
        }

        bool[] isCounted =
            [.. lines.Select((line, i) => extent.Part > 0 && left[i] == 0 && CountsAtNothing(line))];
        if (extent.Asked.MinorUnits == 0 && !isCounted.Contains(true))
        {
            return InvalidationDecision.Refuse(new(InvalidationReasons.Nothing));
        }

        Instant at = lines.Aggregate(
            Instant.Max(asOf, state.SettledThrough(invalidation.Contract)),
            (present, line) => state.Known(line.Earning.OutcomeId).PresentAt(present));
        long[] shares = sum > 0 ? Allocation.Split(extent.Asked.MinorUnits, left) : new long[lines.Length];
        decimal[]? counts = invalidation.Quantity is { } invalid
            ? CountsOf(invalid, lines, i => shares[i] > 0 || isCounted[i])
            : null;
        List<Decision> decisions = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (shares[i] > 0 || isCounted[i])
            {
                Work work = new(state, lines[i].Earning.OutcomeId, at);
                InvalidatedShare share = new(
                    invalidation.Id, TermDigest.Of(invalidation), Money.FromMinor(shares[i], all.Currency))
                {
                    Quantity = counts?[i],
                    Part = isCounted[i] ? extent.Part : null,
                };
                Take(work, lines[i].Standing, invalidation, share);
                AlignHolds(work);
                decisions.Add(work.Done());
            }
        }

        return new(
            BookingAnswer.Booked,
            [.. decisions.SelectMany(static d => d.Posted).OfType<Adjustment>()],
            decisions.ToValueList());
    }

    private InvalidationDecision? KnownOrWrong(CampaignState state, Invalidation invalidation, Instant asOf)
    {
        if (invalidation.Id.IsUnset)
        {
            return InvalidationDecision.Refuse(new(InvalidationReasons.Id));
        }

        if (state.InvalidatedBy(invalidation.Id) is { Count: > 0 } known)
        {
            InvalidationDecision answer = AnswerOf(invalidation, known);
            return answer.Answer == BookingAnswer.Replayed ? answer : answer with
            {
                Kept = Keep(state, BookingConflict.Of(known[0].Invalidated!.Content, invalidation, asOf)),
            };
        }

        return state.Booked(ManualEntry.IdOf(campaign.Id, invalidation.Id)) is { } entry
            ? new(BookingAnswer.Conflict, [], [], ConflictOf(invalidation))
            {
                Kept = Keep(state, BookingConflict.Of(TermDigest.Of(entry.Source), invalidation, asOf)),
            }
            : RefuseForm(invalidation, asOf) is { } reason ? InvalidationDecision.Refuse(reason)
            : null;
    }

    // The same is a replay, anything else a conflict.
    internal static InvalidationDecision AnswerOf(Invalidation invalidation, ValueList<Adjustment> known) =>
        known[0].Invalidated!.Content == TermDigest.Of(invalidation)
            ? new(BookingAnswer.Replayed, known, [])
            : new(BookingAnswer.Conflict, [], [], ConflictOf(invalidation));

    private static Reason ConflictOf(Invalidation invalidation) =>
        Reason.Of(InvalidationReasons.Conflict, ("invalidation", invalidation.Id));

    private Contract? ContractOf(Invalidation invalidation) => campaign.Contracts
        .FirstOrDefault(c => c.Id == invalidation.Contract && c.Names(invalidation.Partner));

    private Reason? RefuseForm(Invalidation invalidation, Instant asOf)
    {
        int extents = (invalidation.Amount is null ? 0 : 1) + (invalidation.Part is null ? 0 : 1)
            + (invalidation.Quantity is null ? 0 : 1);
        bool isSomething = invalidation.Amount is null or { MinorUnits: > 0 }
            && invalidation.Part is null or { Fraction: > 0 and <= 1 }
            && invalidation.Quantity is null or (> 0 and <= OpeningTally.CountMax);
        return ContractOf(invalidation) is not { } contract ? Reason.Of(
                InvalidationReasons.NotNamed,
                ("contract", invalidation.Contract),
                ("partner", invalidation.Partner))
            : !Identifier.IsValid(invalidation.Author) ? new(InvalidationReasons.Author)
            : !IsNote(invalidation.Note) ? new(InvalidationReasons.Note)
            : invalidation.To <= invalidation.From || !ContractCalendar.Covers(invalidation.At)
                || !ContractCalendar.Covers(asOf) ? new(InvalidationReasons.Period)
            : extents != 1 || !isSomething ? new(InvalidationReasons.Extent)
            : invalidation.Amount is { } amount && amount.Currency != contract.Currency
                ? Reason.Of(InvalidationReasons.OtherCurrency, ("currency", amount.Currency))
            : invalidation.When?.Check() is { Count: > 0 } wrong
                ? Reason.Of(InvalidationReasons.Condition, ("because", wrong[0]))
            : null;
    }

    // The lines of the source and period, in an order that no store and no batch changes.
    private EarningState[] LinesOf(CampaignState state, Invalidation invalidation)
    {
        CompiledCondition? when = invalidation.When?.Compile(ContractOf(invalidation)!.Calendar.Zone);
        IEnumerable<EarningState> lines =
            from outcome in state.Outcomes
            where outcome.Earnings.Count > 0
            from line in outcome.Earnings
            let standing = line.Standing
            where standing.Contract == invalidation.Contract && standing.Partner == invalidation.Partner
                && standing.OccurredAt >= invalidation.From && standing.OccurredAt < invalidation.To
                && (invalidation.Clause is not { } clause || standing.Clause == clause)
                && (when is null || Holds(when, outcome))
            orderby standing.OccurredAt, standing.OutcomeId, standing.Id
            select line;
        return [.. lines];
    }

    private static bool Holds(CompiledCondition when, OutcomeState known) =>
        known.Outcome is { } outcome && outcome.Check().Count == 0 && when.Evaluate(
            OutcomeFacts.Of(outcome, OutcomeTruth.After(outcome, known.Corrections), null, null), outcome.At);

    // What is left of each line. Where the price of a period has fallen since, and what is invalid stays in the tally,
    // that is its part of what the period is paid now, as large as its part of the first prices: nobody pays for
    // results that stand.
    private long[] LeftOf(CampaignState state, EarningState[] lines)
    {
        HashSet<TallyKey> fallen =
        [
            .. state.Outcomes.SelectMany(static o => o.Earnings)
                .Where(e => e.Repriced.MinorUnits < 0 && !IsReevaluated(ClauseOf(e.Standing)))
                .Select(static e => e.Standing.TallyKey),
        ];
        Dictionary<EntryId, long> worth = [];
        foreach (TallyKey key in lines.Select(static l => l.Standing.TallyKey).Distinct().Where(fallen.Contains))
        {
            EarningState[] all =
            [
                .. state.Outcomes.SelectMany(static o => o.Earnings).Where(e => e.Standing.TallyKey == key)
                    .OrderBy(static e => e.Standing.OccurredAt).ThenBy(static e => e.Standing.OutcomeId)
                    .ThenBy(static e => e.Standing.Id),
            ];
            long[] first = [.. all.Select(static e => Math.Max(0, e.Worth.MinorUnits))];
            long paid = all.Sum(static e => (e.Worth + e.Repriced).MinorUnits);
            if (paid < first.Sum() && first.Sum() > 0)
            {
                long[] now = Allocation.Split(Math.Max(0, paid), first);
                for (int i = 0; i < all.Length; i++)
                {
                    worth.Add(all[i].Earning.Id, now[i]);
                }
            }
        }

        return
        [
            .. lines.Select(l => Math.Max(0, worth.TryGetValue(l.Earning.Id, out long now)
                ? Math.Min(now - l.Invalid.MinorUnits, (l.Net - l.Kept).MinorUnits)
                : (l.Net - l.Kept).MinorUnits)),
        ];
    }

    // Of a tally that is evaluated again, what earned nothing may be worth something without the others.
    private bool CountsAtNothing(EarningState line) => IsReevaluated(ClauseOf(line.Standing)) && line.Counted.Count > 0;

    // What it asks for in all, rounded once, and what part of all that is; null with a reason when that is more than
    // there is.
    private (Money Asked, decimal Part)? ExtentOf(
        Invalidation invalidation, (EarningState[] Lines, long[] Left) of, Money left, out Reason? tooMuch)
    {
        tooMuch = null;
        if (invalidation.Part is { } part)
        {
            return (left.Prorate(Ratio.FromDecimal(part.Fraction)), part.Fraction);
        }

        if (invalidation.Amount is { } amount)
        {
            tooMuch = amount <= left ? null : TooMuch(amount, left);
            return tooMuch is null ? (amount, PartOf(amount.Amount, left.Amount)) : null;
        }

        decimal quantity = invalidation.Quantity!.Value;
        decimal counted = of.Lines.Select((line, i) => CountedIn(line, of.Left[i])).Sum();
        tooMuch = quantity <= counted ? null : TooMuch(quantity, counted);
        return tooMuch is null ? (left.Prorate(Part(quantity, counted)), PartOf(quantity, counted)) : null;
    }

    private static decimal PartOf(decimal part, decimal whole) => decimal.Round(part / whole, Accrual.Decimals);

    // What earlier invalidations took of a line's money they took of its results too, if its tally does not say so.
    private decimal CountedIn(EarningState line, decimal left)
    {
        decimal taken = line.Invalid.MinorUnits;
        return taken <= 0 || IsReevaluated(ClauseOf(line.Standing)) ? line.Counted.Quantity
            : decimal.Round(line.Counted.Quantity * (left / (left + taken)), Accrual.Decimals);
    }

    private static Reason TooMuch(object asked, object left) =>
        Reason.Of(InvalidationReasons.TooMuch, ("asked", asked), ("left", left));

    // As large a part of what each line counts that is taken from; the parts sum to the number exactly.
    private static decimal[] CountsOf(decimal invalid, EarningState[] lines, Func<int, bool> isTaken)
    {
        decimal[] counted = [.. lines.Select((l, i) => isTaken(i) ? l.Counted.Quantity : 0)];
        decimal all = counted.Sum();
        var counts = new decimal[lines.Length];
        (decimal sum, decimal before) = (0, 0);
        for (int i = 0; i < counts.Length && all > 0; i++)
        {
            sum += counted[i];
            decimal through = sum == all ? invalid : decimal.Round(invalid * (sum / all), Outcome.QuantityDecimalsMax);
            (counts[i], before) = (through - before, through);
        }

        return counts;
    }

    private void Take(Work work, Earning earning, Invalidation invalidation, InvalidatedShare share)
    {
        EarningState standing = work.Known.StateOf(earning.Id);
        CorrectionId cause = Invalidation.CauseOf(campaign.Id, invalidation.Id);
        AmountReturn correction = new()
        {
            Id = cause,
            Outcome = earning.OutcomeId,
            At = invalidation.At,
            Amount = share.Amount,
            Reason = invalidation.Reason,
        };
        Reason why = Reason.Of(
            SettlementReasons.Invalidated, ("invalidation", invalidation.Id), ("share", share.Amount));
        Money left = standing.Net - standing.Kept;
        Ratio part = share.Part is { } invalid
            ? Ratio.FromDecimal(invalid)
            : new(share.Amount.MinorUnits, left.MinorUnits);
        Money byHand = standing.ByHand - standing.ByHand.Prorate(part);
        Money priced = share.Amount - (standing.ByHand - byHand);
        Clause? clause = ClauseOf(earning);
        Reevaluation? change = IsReevaluated(clause)
            ? ReevaluationOf(
                work, earning, clause, () => EarningState.WithoutPart(standing.Counted, part), -priced)
            : null;
        long paid = work.State.PaidOf(earning.TallyKey, isNet: true);
        Reversal reversal = Reverse(work, earning, correction, left - share.Amount, why);
        Post(work, earning, cause, reversal with { Invalidated = share, ByHand = byHand });
        if (change is { } reevaluation)
        {
            Reevaluate(work, (earning, clause!), cause, reevaluation, paid);
        }
    }
}
