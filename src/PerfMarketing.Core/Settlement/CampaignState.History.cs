using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What customers brought before.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<HistoryKey, List<Earning>> histories = [];

    /// <summary>What a partner has earned with a customer under a clause, by earnings that still stand.</summary>
    /// <remarks>Kept only for clauses that ask for it: <see cref="Contracts.Clause.NeedsHistory"/>.</remarks>
    /// <param name="contract">The contract.</param>
    /// <param name="clause">The clause.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="customer">The customer.</param>
    public CustomerHistory HistoryOf(ContractId contract, ClauseId clause, PartnerId partner, CustomerId customer)
    {
        if (!histories.TryGetValue(new(contract, clause, partner, customer), out List<Earning>? earnings))
        {
            return default;
        }

        int count = 0;
        Instant? first = null;
        foreach (Earning earning in earnings)
        {
            if (Stands(earning))
            {
                count++;
                first = first is { } earlier && earlier < earning.OccurredAt ? earlier : earning.OccurredAt;
            }
        }

        return new(count, first);
    }

    private bool Stands(Earning earning) =>
        Known(earning.OutcomeId).StateOf(earning.Id) is var known
        && (known.Causes.Count == 0 || known.Net.MinorUnits != 0);

    private void Remember(Earning earning)
    {
        if (earning.Customer is { } customer)
        {
            HistoryKey key = new(earning.Contract, earning.Clause, earning.Partner, customer);
            if (!histories.TryGetValue(key, out List<Earning>? known))
            {
                histories.Add(key, known = []);
            }

            known.Add(earning);
        }
    }

    private void Forget(Earning earning)
    {
        if (earning.Customer is { } customer
            && histories.TryGetValue(
                new(earning.Contract, earning.Clause, earning.Partner, customer), out List<Earning>? known))
        {
            known.RemoveAll(e => e.Id == earning.Id);
        }
    }

    private readonly record struct HistoryKey(
        ContractId Contract, ClauseId Clause, PartnerId Partner, CustomerId Customer);
}
