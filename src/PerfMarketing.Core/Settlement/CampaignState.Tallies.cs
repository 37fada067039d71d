using System.Runtime.InteropServices;
using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What clauses have counted.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<TallyKey, Tally> tallies = [];
    private readonly Dictionary<TallyKey, List<Earning>> lists = [];

    /// <summary>What a clause has tallied in a period.</summary>
    /// <param name="key">What the tally counts for.</param>
    /// <param name="currency">The contract's currency.</param>
    public Tally TallyOf(TallyKey key, Currency currency) =>
        tallies.TryGetValue(key, out Tally tally) ? tally : Tally.Zero(currency);

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

        ref Tally tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out bool known);
        tally = known ? tally + earning.Counted : earning.Counted;
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
        if (before.TallyKey.Period == TallyKey.Listed)
        {
            lists[before.TallyKey].RemoveAll(e => e.Id == before.Id);
        }
        else
        {
            tallies[before.TallyKey] = TallyOf(before.TallyKey, before.Amount.Currency) - earned.Counted;
        }

        Count(amendment.Restated with { Counted = amendment.Counted });
        Forget(before);
        Remember(amendment.Restated);
    }

    // What a tally is worth changes only with a correction: what an outcome re-prices is in what it counts.
    private void Count(Repricing repricing)
    {
        if (Known(repricing.OutcomeId).Earnings.FirstOrDefault(e => e.Earning.Id == repricing.CausedBy) is { } earned)
        {
            TallyKey key = earned.Standing.TallyKey;
            tallies[key] = TallyOf(key, repricing.Amount.Currency) + repricing.Counted;
        }
    }
}
