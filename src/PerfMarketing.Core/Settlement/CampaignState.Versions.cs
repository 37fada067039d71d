using System.Runtime.InteropServices;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
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

    // Contracts of several versions with tallies that corrections move.
    private readonly HashSet<ContractId> sharing;

    private readonly Dictionary<TallyKey, Members> members = [];

    // Outcomes that earned under a contract, in the order in which that was posted; kept when it may be amended.
    internal IEnumerable<(OutcomeId Id, Instant At)> EarningsOf(ContractId contract) =>
        posted.Where(p => p.Contract == contract).Select(static p => (p.Id, p.At));

    /// <summary>
    /// What counts in a tally, in the order in which it was posted, where several versions of a contract priced it, or
    /// another system priced what it began with lower than terms that re-price it; empty where one version did.
    /// </summary>
    /// <param name="key">What the tally counts for.</param>
    internal IEnumerable<EarningState> SharedBy(TallyKey key) =>
        members.TryGetValue(key, out Members? own) && (own.Terms.Count > 1 || own.IsOpened)
            ? own.Earnings.Select(e => Known(e.OutcomeId).StateOf(e.Id))
            : [];

    private static HashSet<ContractId> SharingOf(Campaign campaign) =>
    [
        .. campaign.Contracts.GroupBy(static c => c.Id)
            .Where(static g => g.Skip(1).Any()
                && g.Any(static c => c.Clauses.Any(static x => x.Tally.Corrections == TallyCorrections.Reevaluated)))
            .Select(static g => g.Key),
    ];

    private void NoteMember(Earning earning)
    {
        if (sharing.Count + members.Count > 0 && IsShared(earning))
        {
            MembersOf(earning.TallyKey).Add(earning);
        }
    }

    private bool IsShared(Earning earning) =>
        sharing.Contains(earning.Contract) || members.ContainsKey(earning.TallyKey);

    // Nothing is counted before an opening. What it priced as these terms do, or higher, falls as if they had.
    private void NoteOpening(ManualEntry opening, TallyKey key, Counter counter)
    {
        Tally counted = opening.Source.Tally!.Counted;
        Clause? clause = Campaign.FindContract(opening.Contract, opening.Version)
            ?.FindClause(opening.Source.Tally.Clause);
        bool isOther = clause is null || (clause.Pays.MayReprice && !IsAsPriced(clause, counted));
        counter.Note(isOther ? null : opening.Terms);
        if (isOther || sharing.Contains(opening.Contract))
        {
            Members own = MembersOf(key);
            own.IsOpened = isOther;
            own.Terms.Add(opening.Terms);
        }
    }

    private static bool IsAsPriced(Clause clause, in Tally counted)
    {
        try
        {
            return clause.Pays.IsOrderFree
                && new ClausePricing().TotalOf(clause, counted).Amount <= counted.Accrued.Amount;
        }
        catch (ArithmeticException)
        {
            return false;
        }
    }

    // In another tally it stands where it would, had it been posted there.
    private void MoveMember(EarningState earned, Earning restated)
    {
        if (IsShared(earned.Standing) || IsShared(restated))
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

        /// <summary>Whether another system priced what it began with otherwise than the terms.</summary>
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
