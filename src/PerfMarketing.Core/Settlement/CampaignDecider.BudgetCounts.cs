using PerfMarketing.Budgets;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>How many outcomes budgets count.</content>
public sealed partial class CampaignDecider
{
    // What a leg asks of budgets: money, and outcomes where some budget counts these.
    private BudgetAsk AskOf(Leg leg, ValueList<PricedShare> shares, Money amount) =>
        new(amount, countsOutcomes ? [.. PartsOf(leg, shares)] : []);

    private static IEnumerable<LimitPart> PartsOf(Leg leg, ValueList<PricedShare> shares) =>
        from part in LimitCheck.PartsOf(shares, leg.Credits)
        let share = shares.First(s => s.Partner == part.Partner)
        select part with { Counts = Counts(share.Amount, share.Payout.Lines) };

    // What was never priced, or left unpaid, is no outcome that was bought; what is worth nothing is one.
    private static bool Counts(Money amount, ValueList<PayoutLine> lines) =>
        amount.MinorUnits != 0 || (lines.Count > 0 && !LimitCheck.IsCut(lines));

    // What was earned before an entry is posted; nothing where no budget asks.
    private EarningState[] EarnedBefore(OutcomeState known) => countsOutcomes ? [.. known.Earnings] : [];

    // Counts what an entry made of an outcome: what is taken back in full gives its place back, and what comes back
    // takes it again.
    private void Recount(Work work, EarningState[] before, EntryId entry, Earning earning)
    {
        if (!countsOutcomes || !IsBudgeted(earning.Contract))
        {
            return;
        }

        EarningState earned = work.Known.StateOf(earning.Id);
        BudgetKey key = new(earning.Contract, earned.Earning.Clause, earning.OutcomeId, ApartOf(work, earned));
        BudgetUse use = UseOf(key, earned.Earning);
        Recounted counted = new(before, work.Known, key) { ApartOf = e => ApartOf(work, e) };
        Spend(work, BudgetsOf(work, use, isCount: true), use, budget =>
            counted.In(budget.Budget) is { } more && more.Units != 0
                ? budget.Recount(ReservationOf(budget, key), new(entry.Value), more)
                : default);
    }

    // What a correction up would make of an outcome if it was paid.
    private Recounted CountedWith(Work work, Earning earning, BudgetKey key, Money net)
    {
        EarningState[] before = EarnedBefore(work.Known);
        return new(before, work.Known, key)
        {
            ApartOf = e => ApartOf(work, e),
            Raised = earning.Id,
            RaisedTo = net,
        };
    }

    // As limits count them: by credit, or whole.
    private static BudgetAmount CountOf(Budget budget, IEnumerable<LimitPart> parts)
    {
        Int128 weight = 0;
        long total = 1;
        foreach (LimitPart part in parts)
        {
            weight += part.Counts ? part.Weight : 0;
            total = part.Total;
        }

        return weight == 0 ? BudgetAmount.Of(0, budget.Limit)
            : budget.Credit == TallyCredit.Involved ? BudgetAmount.Outcomes(1)
            : BudgetAmount.Of(
                (long)(((weight * BudgetAmount.UnitsPerOutcome * 2) + total) / ((Int128)total * 2)), budget.Limit);
    }

    // What lies above: that itself, and for outcomes as much of what is paid for them.
    private static Money MoneyAbove(BudgetAmount excess, BudgetAmount whole, Money paid) =>
        !excess.IsCount ? excess.Paid
        : paid.MinorUnits <= 0 ? Money.Zero(paid.Currency)
        : BudgetAmount.PartOf(paid, excess, whole);

    // What is left for a correction up: outcomes have room or have none.
    private static Money LeftIn(BudgetState budget, Recounted counted, Money payable) =>
        counted.In(budget.Budget) is not { } more
            ? Money.FromMinor(Math.Min(budget.Available.Units, payable.MinorUnits), payable.Currency)
        : !budget.HasRoomFor(more) ? Money.Zero(payable.Currency)
        : payable;

    /// <summary>What is asked of budgets.</summary>
    /// <param name="Money">The money.</param>
    /// <param name="Parts">What each partner gets of the outcome.</param>
    private readonly record struct BudgetAsk(Money Money, LimitPart[] Parts)
    {
        public BudgetAmount Of(Budget budget) => budget.Limit.IsCount ? CountOf(budget, Parts) : Money;
    }

    /// <summary>What an entry changes of the outcomes that budgets count.</summary>
    /// <param name="Before">What was earned of the outcome before it.</param>
    /// <param name="After">The outcome with it.</param>
    /// <param name="Key">What is counted.</param>
    private sealed record Recounted(EarningState[] Before, OutcomeState After, BudgetKey Key)
    {
        public required Func<EarningState, int> ApartOf { get; init; }

        /// <summary>The earning that would come to another amount; null when it does already.</summary>
        public EntryId? Raised { get; init; }

        public Money RaisedTo { get; init; }

        /// <summary>How much more a budget counts; below zero when less, null when it counts money.</summary>
        public BudgetAmount? In(Budget budget) => budget.Limit.IsCount
            ? CountOf(budget, PartsOf(After.Earnings, Raised)) - CountOf(budget, PartsOf(Before, null))
            : null;

        private IEnumerable<LimitPart> PartsOf(IEnumerable<EarningState> earnings, EntryId? raised) =>
            from earned in earnings
            where earned.Earning.Contract == Key.Contract && earned.Earning.Clause == Key.Clause
                && ApartOf(earned) == Key.Apart
            let part = PartOf(earned)
            select part with
            {
                Counts = earned.Earning.Id == raised ? RaisedTo.MinorUnits != 0
                    : earned.Net.MinorUnits != 0
                        || (earned.StandsAtNothing && Counts(earned.Net, earned.Earning.Lines)),
            };
    }
}
