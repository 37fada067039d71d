using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns;

/// <summary>
/// How the contracts of a campaign hang together: who is paid by whom, and what is priced after what.
/// </summary>
internal sealed class ContractGraph
{
    private readonly Dictionary<PartyId, PartnerId> paid = [];
    private readonly Dictionary<ContractId, HashSet<ContractId>> after = [];
    private readonly HashSet<ContractId> spending = [];

    public ContractGraph(AdvertiserId advertiser, ValueList<ContractDraft> contracts)
    {
        HashSet<PartyId> payers = [.. contracts.Select(static c => c.Payer).Where(static p => !p.IsUnset)];
        ILookup<PartyId, ContractDraft> byPartner = PayingAmong(contracts, payers);
        foreach (IGrouping<PartyId, ContractDraft> party in byPartner)
        {
            paid[party.Key] = new(party.Key.Value);
        }

        Parties = payers.ToDictionary(static p => p, static _ => new HashSet<PartyId>());
        foreach (ContractDraft contract in contracts.Where(static c => !c.Payer.IsUnset))
        {
            Parties[contract.Payer].UnionWith(
                contract.Partners.Where(static p => !p.IsUnset).Select(static p => new PartyId(p.Value))
                    .Where(payers.Contains));
        }

        foreach (ContractDraft contract in contracts)
        {
            if (!after.TryGetValue(contract.Id, out HashSet<ContractId>? earlier))
            {
                after.Add(contract.Id, earlier = []);
            }

            earlier.UnionWith(contract.Clauses.SelectMany(LegReferences.Of));
            if (contract.Upstream == UpstreamPolicy.BackToBack)
            {
                earlier.UnionWith(byPartner[contract.Payer].Select(static c => c.Id));
            }
        }

        Order = Layers.Of(after);
        IsOrdered = Order.Values.Any(static layer => layer > 0);
        AddSpending(advertiser, contracts);
    }

    /// <summary>For each payer, whom of the other payers it pays.</summary>
    public Dictionary<PartyId, HashSet<PartyId>> Parties { get; }

    /// <summary>For each contract, its layer: higher ones are decided after lower ones.</summary>
    public Dictionary<ContractId, int> Order { get; }

    /// <summary>Whether any contract is decided after another one.</summary>
    public bool IsOrdered { get; }

    /// <summary>Whether some payer is paid by another contract.</summary>
    public bool IsChained => paid.Count > 0;

    /// <summary>The contracts that wait for each other in a circle.</summary>
    public HashSet<ContractId> Circles => Layers.OnCircles(after);

    /// <summary>The payer as a partner whom some contract pays; null when none does.</summary>
    public PartnerId? AsPartner(PartyId payer) => paid.TryGetValue(payer, out PartnerId partner) ? partner : null;

    /// <summary>
    /// Whether budgets count a contract: where payers are paid themselves, what the advertiser pays counts, and what
    /// goes on to others does not count again.
    /// </summary>
    public bool Spends(ContractId contract) => !IsChained || spending.Contains(contract);

    private static ILookup<PartyId, ContractDraft> PayingAmong(
        ValueList<ContractDraft> contracts, HashSet<PartyId> payers) =>
        (from contract in contracts
         where contract.Downline.Count == 0 && !contract.Assists
         from partner in contract.Partners
         where !partner.IsUnset
         let party = new PartyId(partner.Value)
         where payers.Contains(party)
         select (party, contract)).ToLookup(static p => p.party, static p => p.contract);

    private void AddSpending(AdvertiserId advertiser, ValueList<ContractDraft> contracts)
    {
        bool IsAdvertiser(ContractDraft c) => !advertiser.IsUnset && c.Payer.ToString() == advertiser.Value;
        bool pays = contracts.Any(IsAdvertiser);
        spending.UnionWith(contracts
            .Where(c => pays ? IsAdvertiser(c) : !c.Payer.IsUnset && AsPartner(c.Payer) is null)
            .Select(static c => c.Id));
    }
}
