using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <content>Since when customers belong to partners, for versions that leave them to the version before.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<(CustomerId Customer, PartnerId Partner), Instant> customers = [];

    private readonly List<(ContractId Contract, OutcomeId Id, Instant At)> posted = [];

    // Outcomes that earned under a contract, in the order in which that was posted; kept when it may be amended.
    internal IEnumerable<(OutcomeId Id, Instant At)> EarningsOf(ContractId contract) =>
        posted.Where(p => p.Contract == contract).Select(static p => (p.Id, p.At));

    // The first credited touch of a customer by a partner, or the first outcome that earned for it.
    internal Instant? CustomerSince(CustomerId customer, PartnerId partner) =>
        customers.TryGetValue((customer, partner), out Instant since) ? since : null;

    private void NotePosted(Earning earning)
    {
        if (Campaign.BackDated.Count > 0)
        {
            posted.Add((earning.Contract, earning.OutcomeId, earning.DecidedAt));
        }
    }

    private void NoteCustomer(Earning earning)
    {
        if (earning is { Customer: { } customer, CustomerSince: { } since })
        {
            (CustomerId, PartnerId) key = (customer, earning.Partner);
            customers[key] = Instant.Min(since, customers.GetValueOrDefault(key, since));
        }
    }
}
