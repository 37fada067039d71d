using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <content>What was earned and taken back, for contracts that limit reversals.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<(ContractId Contract, PartnerId Partner, Instant Start), ReversalCount> reversals = [];
    private readonly Dictionary<EntryId, ReversalCount> reversible = [];
    private readonly bool limitsReversals;

    // What the cohort of an earning holds; null when its contract limits no reversals.
    internal ReversalCount? ReversalsOf(EntryId earning) => reversible.GetValueOrDefault(earning);

    private void NoteReversal(LedgerEntry entry)
    {
        if (entry is Adjustment adjustment)
        {
            reversible.GetValueOrDefault(adjustment.Corrects)?.Take(adjustment);
        }
        else if (entry is Amendment amendment)
        {
            reversible.GetValueOrDefault(amendment.Corrects)?.Amend(amendment);
        }
        else if (entry is Earning earning
            && Campaign.FindContract(earning.Contract, earning.Version) is { ReversalLimit: { } limit } contract)
        {
            Instant start = limit.CohortOf(earning.OccurredAt, earning.DecidedAt, contract.Calendar).Start;
            (ContractId Contract, PartnerId Partner, Instant Start) key = (earning.Contract, earning.Partner, start);
            if (!reversals.TryGetValue(key, out ReversalCount? count))
            {
                reversals.Add(key, count = new());
            }

            count.Deliver(earning);
            reversible.TryAdd(earning.Id, count);
        }
    }
}
