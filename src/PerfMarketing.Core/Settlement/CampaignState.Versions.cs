using System.Runtime.InteropServices;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>Since when customers belong to partners, for versions that leave them to the version before.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<(CustomerId Customer, PartnerId Partner), Instant> customers = [];

    private readonly List<(ContractId Contract, OutcomeId Id, Instant At)> posted = [];

    // Contracts with tallies that corrections move, where several may have priced what re-prices.
    private readonly HashSet<ContractId> sharing;

    private readonly Dictionary<TallyKey, Members> members = [];

    // Outcomes that earned under a contract, in the order in which that was posted; kept when it may be amended.
    internal IEnumerable<(OutcomeId Id, Instant At)> EarningsOf(ContractId contract) =>
        posted.Where(p => p.Contract == contract).Select(static p => (p.Id, p.At));

    /// <summary>
    /// What counts in a tally, in the order in which it was posted, where several versions of a contract priced it, or
    /// another system what it began with and these terms what re-prices that; empty where one version did.
    /// </summary>
    /// <param name="key">What the tally counts for.</param>
    internal IEnumerable<EarningState> SharedBy(TallyKey key) =>
        members.TryGetValue(key, out Members? own) && (own.Terms.Count > 1 || own.IsOpened)
            ? own.Earnings.Select(e => Known(e.OutcomeId).StateOf(e.Id))
            : [];

    private static HashSet<ContractId> SharingOf(Campaign campaign) =>
    [
        .. campaign.Contracts.GroupBy(static c => c.Id)
            .Where(static g => g.Any(c => c.Clauses.Any(
                x => x.Tally.Corrections == TallyCorrections.Reevaluated && (g.Skip(1).Any() || x.Pays.MayReprice))))
            .Select(static g => g.Key),
    ];

    private void NoteMember(Earning earning)
    {
        if (sharing.Count > 0 && sharing.Contains(earning.Contract))
        {
            MembersOf(earning.TallyKey).Add(earning);
        }
    }

    private void NoteOpening(ManualEntry opening, TallyKey key)
    {
        if (sharing.Contains(opening.Contract))
        {
            MembersOf(key).IsOpened = true;
        }
    }

    // In another tally it stands where it would, had it been posted there.
    private void MoveMember(EarningState earned, Earning restated)
    {
        if (sharing.Contains(restated.Contract))
        {
            Members own = MembersOf(restated.TallyKey);
            own.Terms.Add(restated.Terms);
            if (earned.Standing.TallyKey != restated.TallyKey)
            {
                MembersOf(earned.Standing.TallyKey).Earnings.RemoveAll(e => e.Id == restated.Id);
                own.Insert(earned.Earning);
            }
        }
    }

    private Members MembersOf(TallyKey key)
    {
        ref Members? own = ref CollectionsMarshal.GetValueRefOrAddDefault(members, key, out _);
        return own ??= new();
    }

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

    /// <summary>What counts in one tally, and the terms that priced it.</summary>
    private sealed class Members
    {
        public List<(OutcomeId OutcomeId, EntryId Id, Instant At)> Earnings { get; } = [];

        public HashSet<Digest> Terms { get; } = [];

        /// <summary>Whether another system counted what it began with.</summary>
        public bool IsOpened { get; set; }

        public void Add(Earning earning)
        {
            Earnings.Add((earning.OutcomeId, earning.Id, earning.DecidedAt));
            Terms.Add(earning.Terms);
        }

        public void Insert(Earning earning)
        {
            int place = Earnings.FindLastIndex(e => e.At <= earning.DecidedAt) + 1;
            Earnings.Insert(place, (earning.OutcomeId, earning.Id, earning.DecidedAt));
        }
    }
}
