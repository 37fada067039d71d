using System.Collections.Frozen;
using System.Runtime.InteropServices;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Budgets;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Time;

namespace PerfMarketing.Campaigns;

/// <summary>One version of a campaign with its contracts. Immutable and never wrong.</summary>
/// <remarks>Only <see cref="CampaignDraft.Build"/> makes one. Thread-safe.</remarks>
public sealed partial class Campaign : IEquatable<Campaign>, ITouchEligibility
{
    /// <summary>The most contracts, counting every version.</summary>
    public const int ContractCountMax = 1_000;

    /// <summary>The most budgets.</summary>
    public const int BudgetCountMax = 100;

    private readonly CampaignDraft draft;
    private readonly FrozenDictionary<string, ContractCalendar> zones;
    private readonly ContractLine[] lines;
    private readonly FrozenDictionary<PartnerId, ContractLine[]> linesByPartner;

    internal Campaign(CampaignDraft draft, ValueList<Contract> contracts)
    {
        this.draft = draft;
        Contracts = contracts;
        HasLimits = contracts.Any(static c => c.Clauses.Any(static x => x.HasLimits));
        Model = draft.Attribution.Weighing?.ToCitation();
        Calendar = ContractCalendar.In(draft.Zone);
        zones = draft.Budgets.Select(static b => b.Zone).OfType<string>().Distinct()
            .ToFrozenDictionary(static z => z, static z => ContractCalendar.In(z), StringComparer.Ordinal);
        rights = new(draft, Calendar.Zone, contracts);
        TermNode terms = TermNode.Of(draft);
        Digest = TermDigest.Of(terms);
        graph = new(draft.Advertiser, draft.Contracts);
        Overriders = [.. contracts.Where(static c => c.IsOverride).Select(static c => c.Partners[0]).Distinct()];
        Assistants = [.. contracts.Where(static c => c.Assists).Select(static c => c.Partners[0]).Distinct()];
        (AsksForOutcomeFacts, AsksForParents, bool roles) = Asked(terms);
        AsksForRoles = roles || Assistants.Count > 0;
        AsksForParents = AsksForParents || contracts.Any(static c => c.Clauses.Any(static x => x.Within is not null));
        lines = [.. contracts.GroupBy(static c => c.Id)
            .Select(g => new ContractLine([.. g], draft.Lifecycles.FirstOrDefault(l => l.Contract == g.Key)))];
        linesByPartner = LinesByPartner(lines);
        BackDated = [.. lines.SelectMany(static l => l.BackDated).OrderBy(static b => b.AcceptedAt)];
        Claims = [.. contracts.SelectMany(static c => c.Claims).Distinct()];
        AsksTouches = lines.Any(static l => l.AsksTouches);
        AsksCustomers = lines.Any(static l => l.AsksCustomers);
        ContractIds = [.. contracts.Select(static c => c.Id).Distinct()];
        CapsPeriods = [.. contracts.Where(static c => c.Periods.Count > 0).Select(static c => c.Id).Distinct()
            .Where(id => contracts.Any(c => c.Id == id
                && c.Limits.Any(static l => l.Amount is not null && !l.IsByCustomer)))];
        FiltersTraffic = contracts.Any(static c => c.Traffic is not null);
        (Start, End) = (Instant.MinValue, Instant.MaxValue);
        if (draft.Flight is { } dates)
        {
            Start = Calendar.StartOf(dates.From);
            End = dates.To is { } to ? Calendar.StartOf(to) : Instant.MaxValue;
        }
    }

    /// <summary>The campaign's name.</summary>
    public CampaignId Id => draft.Id;

    /// <summary>The version of the campaign's terms.</summary>
    public int Version => draft.Version;

    /// <summary>The client that pays for results.</summary>
    public AdvertiserId Advertiser => draft.Advertiser;

    /// <summary>Every version of every contract.</summary>
    public ValueList<Contract> Contracts { get; }

    /// <summary>Who gets the credit of an outcome.</summary>
    public AttributionRule Attribution => draft.Attribution;

    /// <summary>How the campaign's contracts read evidence, each field once.</summary>
    public ValueList<ClaimField> Claims { get; }

    /// <summary>How much may be spent by when.</summary>
    public ValueList<Budget> Budgets => draft.Budgets;

    /// <summary>The calendar of flight and budgets.</summary>
    public ContractCalendar Calendar { get; }

    /// <summary>The digest of the terms' canonical form, contracts included.</summary>
    public Digest Digest { get; }

    /// <summary>
    /// The acceptances that reach back: a version was accepted after the day from which on it is in force. In order.
    /// </summary>
    public ValueList<BackDatedVersion> BackDated { get; }

    /// <summary>The first instant whose outcomes belong to the campaign.</summary>
    public Instant Start { get; }

    /// <summary>The first instant whose outcomes belong to it no more.</summary>
    public Instant End { get; }

    /// <summary>The fitted model that shares out the credit; null when the rule has none.</summary>
    internal ModelCitation? Model { get; }

    // Whether the choice of a version may depend on touches or parents, or on what a customer did before.
    internal bool AsksTouches { get; }

    internal bool AsksCustomers { get; }

    // The contracts, whatever their versions.
    internal ValueList<ContractId> ContractIds { get; }

    // The contracts whose limits of money hold for what they pay for periods.
    internal ValueList<ContractId> CapsPeriods { get; }

    // Whether any contract has rules of invalid traffic.
    internal bool FiltersTraffic { get; }

    /// <summary>Whether any clause is under a limit.</summary>
    internal bool HasLimits { get; }

    /// <summary>Whether two campaigns have the same terms.</summary>
    public static bool operator ==(Campaign? left, Campaign? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether two campaigns have different terms.</summary>
    public static bool operator !=(Campaign? left, Campaign? right) => !(left == right);

    /// <summary>Whether outcomes of an instant belong to the campaign.</summary>
    /// <param name="at">When the outcome occurred.</param>
    public bool Flies(Instant at) => Start <= at && at < End;

    /// <summary>
    /// The contracts that pay a partner for its credit at an instant: of each, the newest version in force.
    /// </summary>
    /// <param name="partner">The partner.</param>
    /// <param name="at">When it happened.</param>
    public IEnumerable<Contract> ContractsOf(PartnerId partner, Instant at) =>
        Choose(new() { Partner = partner, OccurredAt = at, AsOf = Instant.MaxValue })
            .Select(static c => c.Contract).OfType<Contract>().Where(static c => c.PaysCredit);

    /// <summary>
    /// Of each contract that pays a partner for an outcome or says why not, the version that prices it.
    /// </summary>
    /// <param name="question">What is known of the outcome.</param>
    /// <param name="explain">Whether to say of each newer version why it was passed over.</param>
    public IEnumerable<VersionChoice> Choose(VersionQuestion question, bool explain = false)
    {
        foreach (ContractLine line in LinesOf(question.Partner))
        {
            VersionChoice choice = line.Choose(question, explain);
            if (choice.Contract is not null || choice.Refusal is not null)
            {
                yield return choice;
            }
        }
    }

    /// <summary>The version of one contract that prices an outcome for a partner.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="question">What is known of the outcome.</param>
    /// <param name="explain">Whether to say of each newer version why it was passed over.</param>
    public VersionChoice Choose(ContractId contract, in VersionQuestion question, bool explain = false)
    {
        foreach (ContractLine line in lines)
        {
            if (line.Id == contract)
            {
                return line.Choose(question, explain);
            }
        }

        return new(null, null, []);
    }

    /// <summary>How a contract stands with a partner; null when it is accepted and active as dated.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="partner">The partner.</param>
    public ContractLifecycle? LifecycleOf(ContractId contract, PartnerId partner) =>
        Array.Find(lines, l => l.Id == contract)?.Lifecycles?.Find(partner);

    /// <summary>
    /// Whether a partner may earn by a touch at an instant: some contract in force then names the partner.
    /// </summary>
    /// <param name="partner">The partner.</param>
    /// <param name="at">When the touch occurred.</param>
    public bool Names(PartnerId partner, Instant at) => Names(partner, at, Instant.MaxValue);

    /// <summary>Judges touches as is known at an instant: what is accepted later does not count yet.</summary>
    /// <param name="asOf">The instant of the decision.</param>
    public ITouchEligibility EligibilityAt(Instant asOf) =>
        Array.Exists(lines, static l => l.Lifecycles is not null) ? new TouchesKnownAt(this, asOf) : this;

    // Judges touches by whether they take part at all: those that can have credit, and those that assist.
    internal ITouchEligibility InvolvementAt(Instant asOf) =>
        Assistants.Count > 0 ? new TouchesInvolvedAt(this, asOf) : EligibilityAt(asOf);

    /// <summary>A version of a contract; null when the campaign has none.</summary>
    /// <param name="id">The contract's name.</param>
    /// <param name="version">The version.</param>
    public Contract? FindContract(ContractId id, int version)
    {
        foreach (Contract contract in Contracts)
        {
            if (contract.Id == id && contract.Version == version)
            {
                return contract;
            }
        }

        return null;
    }

    // Whether any version of a contract that is known names a partner.
    internal bool NamesEver(ContractId contract, PartnerId partner)
    {
        bool isKnown = false;
        foreach (Contract version in Contracts)
        {
            if (version.Id == contract)
            {
                isKnown = true;
                if (version.Names(partner))
                {
                    return true;
                }
            }
        }

        return !isKnown;
    }

    /// <summary>The accepted version of a contract that is in force for a partner; null when none is.</summary>
    internal Contract? FindInForce(ContractId contract, PartnerId partner, Instant at, Instant asOf) =>
        Array.Find(lines, l => l.Id == contract) is { } line && line.InForce(partner, at, asOf) is { } found
            && (line.Lifecycles is null || line.Lifecycles.Find(partner)?.AcceptedAt(found.Version) <= asOf)
            ? found
            : null;

    /// <summary>The period of a budget that an instant falls in.</summary>
    /// <param name="budget">One of the campaign's budgets.</param>
    /// <param name="at">When the outcome occurred.</param>
    public CalendarPeriod PeriodOf(Budget budget, Instant at)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return budget.Per == PeriodUnit.Flight && draft.Flight is { } flight
            ? CalendarOf(budget).Flight(flight)
            : CalendarOf(budget).Containing(budget.Per, at);
    }

    private ContractCalendar CalendarOf(Budget budget) => budget.Zone is { } zone ? zones[zone] : Calendar;

    /// <summary>The terms as a draft, to change or to write.</summary>
    public CampaignDraft ToDraft() => draft;

    /// <inheritdoc/>
    public bool Equals(Campaign? other) => other is not null && Digest == other.Digest;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Campaign);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode();

    /// <summary>Name and version.</summary>
    public override string ToString() => $"{Id} v{Version}";

    // The contracts some version of which names a partner, in the order of the campaign: the others never pay it.
    internal ContractLine[] LinesOf(PartnerId partner) => linesByPartner.GetValueOrDefault(partner, []);

    private static FrozenDictionary<PartnerId, ContractLine[]> LinesByPartner(ContractLine[] lines)
    {
        Dictionary<PartnerId, List<ContractLine>> found = [];
        foreach (ContractLine line in lines)
        {
            foreach (PartnerId partner in line.Partners)
            {
                ref List<ContractLine>? own =
                    ref CollectionsMarshal.GetValueRefOrAddDefault(found, partner, out bool _);
                (own ??= []).Add(line);
            }
        }

        return found.ToFrozenDictionary(static p => p.Key, static p => p.Value.ToArray());
    }

    internal bool Names(PartnerId partner, Instant at, Instant asOf)
    {
        foreach (ContractLine line in LinesOf(partner))
        {
            if (line.InForce(partner, at, asOf) is { PaysCredit: true })
            {
                return true;
            }
        }

        return false;
    }

    // The touches that take part, also those that can only assist.
    private sealed class TouchesInvolvedAt(Campaign campaign, Instant asOf) : ITouchEligibility
    {
        public Reason? Refuse(in JourneyTouch touch) =>
            campaign.RefusalOf(touch, asOf) is null ? null : campaign.RefuseAssist(touch, asOf);
    }

    private sealed class TouchesKnownAt(Campaign campaign, Instant asOf) : ITouchEligibility
    {
        public Reason? Refuse(in JourneyTouch touch) => campaign.RefusalOf(touch, asOf);
    }
}
