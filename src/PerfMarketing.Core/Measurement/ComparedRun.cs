using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Measurement;

/// <summary>A run of a comparison: its entries by what they are for, and who keeps how much of them.</summary>
internal sealed class ComparedRun
{
    private readonly Dictionary<ContractId, PartyId> payers = [];
    private readonly HashSet<PartyId> clients;
    private readonly ILookup<DifferenceSubject, LedgerEntry> entries;
    private readonly string name;

    public ComparedRun(string name, CampaignRun run)
    {
        this.name = name;
        State = run.State;
        foreach (Contract contract in Campaign.Contracts)
        {
            payers[contract.Id] = contract.Payer;
        }

        // What the advertiser pays is the cost; without that, what comes from payers that nobody pays.
        string advertiser = Campaign.Advertiser.ToString();
        clients = [.. payers.Values.Where(p => p.ToString() == advertiser)];
        if (clients.Count == 0)
        {
            clients = [.. payers.Values.Where(p => Campaign.AsPartner(p) is null)];
        }

        entries = run.Entries.ToLookup(DifferenceSubject.Of);
        Totals = Flows(run.Entries);
    }

    public CampaignState State { get; }

    /// <summary>What each party keeps of everything; under no party, what the client pays.</summary>
    public Dictionary<Flow, Money> Totals { get; }

    public IEnumerable<DifferenceSubject> Subjects => entries.Select(static e => e.Key);

    private Campaign Campaign => State.Campaign;

    public IEnumerable<LedgerEntry> EntriesOf(DifferenceSubject subject) => entries[subject];

    public bool IsIntermediary(PartyId party) => payers.ContainsValue(party) && !clients.Contains(party);

    public ComparedCampaign Summary(ComparedResults results) => new()
    {
        Name = name,
        Campaign = Campaign.Id,
        Version = Campaign.Version,
        Terms = Campaign.Digest,
        Costs = [.. Campaign.Contracts.Select(static c => c.Currency).Distinct()
            .OrderBy(static c => c.Code, StringComparer.Ordinal)
            .Select(c => ComparedCost.Of(CostIn(c), MarginIn(c), results))],
        Funnel = Funnel.Of(State),
    };

    /// <summary>What each party keeps of some entries; under no party, what the client pays for them.</summary>
    public Dictionary<Flow, Money> Flows(IEnumerable<LedgerEntry> some)
    {
        Dictionary<Flow, Money> flows = [];
        foreach (LedgerEntry entry in some)
        {
            PartyId payer = payers[entry.Contract];
            bool isClient = clients.Contains(payer);
            try
            {
                Add(flows, new(entry.Partner.Value), entry.Amount);
                Add(flows, isClient ? default : payer, isClient ? entry.Amount : -entry.Amount);
            }
            catch (OverflowException problem)
            {
                throw new OverflowException(TooGreat(entry), problem);
            }
        }

        return flows;

        static void Add(Dictionary<Flow, Money> flows, PartyId party, Money amount)
        {
            Flow flow = new(party, amount.Currency);
            flows[flow] = flows.GetValueOrDefault(flow, Money.Zero(amount.Currency)) + amount;
        }
    }

    private string TooGreat(LedgerEntry entry) =>
        $"Under '{name}' what is paid is, summed in {entry.Amount.Currency}, more than an amount can be, from contract"
        + $" '{entry.Contract}' for '{entry.Partner}' in"
        + $" {Campaign.Calendar.Containing(PeriodUnit.Month, entry.DecidedAt).Key} on.";

    private Money CostIn(Currency currency) =>
        Totals.GetValueOrDefault(new(default, currency), Money.Zero(currency));

    private Money MarginIn(Currency currency) => Totals
        .Where(t => t.Key.Currency == currency && !t.Key.Party.IsUnset && IsIntermediary(t.Key.Party))
        .Aggregate(Money.Zero(currency), static (sum, t) => sum + t.Value);

    /// <summary>A party's money in one currency; the client's when the party is unset.</summary>
    internal readonly record struct Flow(PartyId Party, Currency Currency);
}
