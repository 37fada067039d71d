using System.Runtime.InteropServices;
using NodaTime;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What clauses have counted.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<TallyKey, Counter> tallies = [];
    private readonly Dictionary<TallyKey, List<Earning>> lists = [];

    /// <summary>What a clause has tallied in a period.</summary>
    /// <param name="key">What the tally counts for.</param>
    /// <param name="currency">The contract's currency.</param>
    public Tally TallyOf(TallyKey key, Currency currency) =>
        tallies.TryGetValue(key, out Counter? counter) ? counter.Tally : Tally.Zero(currency);

    /// <summary>What of a tally that is a list counts at an instant.</summary>
    /// <param name="key">What the tally counts for; its period is <see cref="TallyKey.Listed"/>.</param>
    /// <param name="currency">The contract's currency.</param>
    /// <param name="from">The first instant of the period.</param>
    /// <param name="to">What occurred after this instant does not count.</param>
    /// <param name="payableBy">What is still held at this instant does not count; null counts it too.</param>
    public Tally TallyOf(TallyKey key, Currency currency, Instant from, Instant to, Instant? payableBy)
    {
        Tally sum = Tally.Zero(currency);
        foreach (Earning earning in lists.GetValueOrDefault(key) ?? [])
        {
            bool counts = earning.OccurredAt >= from && earning.OccurredAt <= to
                && (payableBy is not { } by || earning.PayableAt <= by);
            sum = counts ? sum + earning.Counted : sum;
        }

        return sum;
    }

    /// <summary>
    /// What was paid for what a tally counts, in minor units: as far as limits and budgets had room. Before what an
    /// outcome re-prices is posted, that may be more than an amount can be.
    /// </summary>
    /// <param name="key">What the tally counts for; not of a tally that is a list.</param>
    /// <param name="isNet">With corrections; without them only earnings and what outcomes re-priced.</param>
    internal long PaidOf(TallyKey key, bool isNet) =>
        !tallies.TryGetValue(key, out Counter? counter) ? 0 : isNet ? counter.Net : counter.Gross;

    /// <summary>Whether other terms, or another system at another price, counted in a tally.</summary>
    /// <param name="key">What the tally counts for; a list re-prices nothing.</param>
    /// <param name="terms">The terms that count now.</param>
    internal bool IsPricedByOthers(TallyKey key, Digest terms) =>
        tallies.TryGetValue(key, out Counter? counter) && counter.IsPricedByOthers(terms);

    private void Pay(TallyKey key, Currency currency, long gross, long net)
    {
        if (key.Period != TallyKey.Listed)
        {
            CounterOf(key, currency).Pay(gross, net);
        }
    }

    private void Pay(Adjustment adjustment)
    {
        if (Known(adjustment.OutcomeId).Earnings.FirstOrDefault(e => e.Earning.Id == adjustment.Corrects)
            is { } earned)
        {
            // What stays with the partner of what is gone is no part of the period's payout, nor what is decided by
            // hand beside the terms.
            Money kept = (adjustment.Kept ?? Money.Zero(adjustment.Amount.Currency)) - earned.Kept;
            Money byHand = (adjustment.ByHand ?? Money.Zero(adjustment.Amount.Currency)) - earned.ByHand;
            Money amount = adjustment.Amount - kept - byHand;
            Pay(earned.Standing.TallyKey, amount.Currency, 0, amount.MinorUnits);
        }
    }

    private void Count(Earning earning)
    {
        TallyKey key = earning.TallyKey;
        if (key.Period == TallyKey.Listed)
        {
            if (!lists.TryGetValue(key, out List<Earning>? list))
            {
                lists.Add(key, list = []);
            }

            list.Add(earning);
            return;
        }

        long paid = earning.Amount.MinorUnits;
        Counter counter = CounterOf(key, earning.Amount.Currency);
        counter.Set(counter.With(earning.Counted), paid, paid);
        counter.Note(earning.Terms);
    }

    // What counted under the old terms counts as the amended terms say, perhaps in another tally.
    private void Recount(Amendment amendment)
    {
        OutcomeState outcome = Known(amendment.OutcomeId);
        if (outcome.Earnings.FirstOrDefault(e => e.Earning.Id == amendment.Corrects) is not { } earned)
        {
            return;
        }

        Earning before = earned.Standing;
        long repriced = earned.Repriced.MinorUnits;
        long paid = (earned.Net - earned.Kept - earned.ByHand).MinorUnits + repriced;
        if (before.TallyKey.Period == TallyKey.Listed)
        {
            lists[before.TallyKey].RemoveAll(e => e.Id == before.Id);
        }
        else
        {
            Counter counter = tallies[before.TallyKey];
            counter.Set(counter.Tally - earned.Counted, -before.Amount.MinorUnits - repriced, -paid);
        }

        Earning restated = amendment.Restated;
        MoveMember(earned, restated);
        Count(restated with { Counted = amendment.Counted });
        Pay(
            restated.TallyKey,
            restated.Amount.Currency,
            repriced + amendment.Repriced.MinorUnits,
            paid + earned.ByHand.MinorUnits - (amendment.ByHand?.MinorUnits ?? 0)
                + earned.Kept.MinorUnits - (amendment.Kept?.MinorUnits ?? 0)
                + amendment.Amount.MinorUnits - restated.Amount.MinorUnits);
        Forget(before);
        Remember(restated);
    }

    // What a tally is worth changes only with a correction: what an outcome re-prices is in what it counts.
    private void Count(Repricing repricing)
    {
        if (Known(repricing.OutcomeId).Earnings.FirstOrDefault(e => e.Earning.Id == repricing.CausedBy) is { } earned)
        {
            TallyKey key = earned.Standing.TallyKey;
            Counter counter = CounterOf(key, repricing.Amount.Currency);
            long paid = repricing.Amount.MinorUnits;
            counter.Set(counter.Tally + repricing.Counted, repricing.IsGross ? paid : 0, paid);
        }
    }

    /// <summary>The counter of a tally, which begins with nothing.</summary>
    /// <param name="key">What the tally counts for; not of a tally that is a list.</param>
    /// <param name="currency">The contract's currency.</param>
    internal Counter CounterOf(TallyKey key, Currency currency)
    {
        ref Counter? counter = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out _);
        return counter ??= new(Tally.Zero(currency));
    }

    /// <summary>What a tally counts, and what was paid for it, in minor units, without and with corrections.</summary>
    internal sealed class Counter(Tally begin)
    {
        private Tally tally = begin;
        private Digest? terms;
        private bool isMixed;

        public ref readonly Tally Tally => ref tally;

        public long Gross { get; private set; }

        public long Net { get; private set; }

        /// <summary>Notes by whose terms something was counted; null when another system priced it otherwise.</summary>
        public void Note(Digest? by)
        {
            isMixed |= by is not { } own || IsPricedByOthers(own);
            terms ??= by;
        }

        public bool IsPricedByOthers(Digest by) => isMixed || (terms is { } known && known != by);

        // The tally with one more result.
        public Tally With(in Tally counted) => tally + counted;

        public void Pay(long gross, long net) => (Gross, Net) = (Gross + gross, Net + net);

        public void Set(in Tally counted, long gross, long net)
        {
            tally = counted;
            Pay(gross, net);
        }
    }
}
