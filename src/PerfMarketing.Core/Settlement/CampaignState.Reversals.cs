using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <content>What was earned and taken back, for contracts that limit reversals.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<CohortKey, ReversalCount> reversals = [];
    private readonly Dictionary<EntryId, (ReversalCount? Cohort, Reversible Earned)> reversible = [];
    private readonly HashSet<EntryId> exempt = [];
    private readonly bool limitsReversals;

    // What the cohort of an earning holds; null when its contract limits no reversals.
    internal ReversalCount? ReversalsOf(EntryId earning) => reversible.GetValueOrDefault(earning).Cohort;

    // Whether an adjustment took back, or gave back, for exempt reasons.
    internal bool IsExempt(EntryId adjustment) => exempt.Contains(adjustment);

    private void NoteReversal(LedgerEntry entry)
    {
        if (entry is Adjustment adjustment && reversible.TryGetValue(adjustment.Corrects, out var known))
        {
            if (adjustment.IsExempt && !known.Earned.IsAtOnce(adjustment))
            {
                exempt.Add(adjustment.Id);
            }

            Count(adjustment.Corrects, known.Cohort, known.Earned.With(adjustment));
        }
        else if (entry is Amendment amendment && reversible.TryGetValue(amendment.Corrects, out known))
        {
            // Another version may limit reversals otherwise, or for the first time.
            ReversalCount? cohort = CohortOf(amendment, amendment.OccurredAt, known.Earned.DecidedAt);
            Count(amendment.Corrects, cohort, known.Earned.With(amendment));
        }
        else if (entry is Earning earning && !reversible.ContainsKey(earning.Id))
        {
            Count(earning.Id, CohortOf(earning, earning.OccurredAt, earning.DecidedAt), Reversible.Of(earning));
        }
    }

    private void Count(EntryId earning, ReversalCount? cohort, in Reversible earned)
    {
        (ReversalCount? before, Reversible known) = reversible.GetValueOrDefault(earning);
        before?.Count(known, -1);
        cohort?.Count(earned, 1);
        reversible[earning] = (cohort, earned);
    }

    private ReversalCount? CohortOf(LedgerEntry entry, Instant occurredAt, Instant decidedAt)
    {
        if (Campaign.FindContract(entry.Contract, entry.Version) is not { ReversalLimit: { } limit } contract)
        {
            return null;
        }

        Instant start = limit.CohortOf(occurredAt, decidedAt, contract.Calendar).Start;
        CohortKey key = new(entry.Contract, entry.Partner, limit.Cohort, limit.Per, start);
        if (!reversals.TryGetValue(key, out ReversalCount? count))
        {
            reversals.Add(key, count = new());
        }

        return count;
    }

    private readonly record struct CohortKey(
        ContractId Contract, PartnerId Partner, ReversalCohort Cohort, PeriodUnit Per, Instant Start);
}
