using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
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
    private readonly Contract[][] versions;

    internal Campaign(CampaignDraft draft, ValueList<Contract> contracts)
    {
        this.draft = draft;
        Contracts = contracts;
        Calendar = ContractCalendar.In(draft.Zone);
        rights = new(draft, Calendar.Zone, contracts);
        Digest = TermDigest.Of(TermNode.Of(draft));
        versions = [.. contracts.GroupBy(static c => c.Id)
            .Select(static g => g.OrderByDescending(static c => c.Version).ToArray())];
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

    /// <summary>How much may be spent by when.</summary>
    public ValueList<Budget> Budgets => draft.Budgets;

    /// <summary>The calendar of flight and budgets.</summary>
    public ContractCalendar Calendar { get; }

    /// <summary>The digest of the terms' canonical form, contracts included.</summary>
    public Digest Digest { get; }

    /// <summary>The first instant whose outcomes belong to the campaign.</summary>
    public Instant Start { get; }

    /// <summary>The first instant whose outcomes belong to it no more.</summary>
    public Instant End { get; }

    /// <summary>Whether two campaigns have the same terms.</summary>
    public static bool operator ==(Campaign? left, Campaign? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether two campaigns have different terms.</summary>
    public static bool operator !=(Campaign? left, Campaign? right) => !(left == right);

    /// <summary>Whether outcomes of an instant belong to the campaign.</summary>
    /// <param name="at">When the outcome occurred.</param>
    public bool Flies(Instant at) => Start <= at && at < End;

    /// <summary>
    /// The contracts that pay a partner for what happens at an instant: of each, the newest version in force.
    /// </summary>
    /// <param name="partner">The partner.</param>
    /// <param name="at">When it happened.</param>
    public IEnumerable<Contract> ContractsOf(PartnerId partner, Instant at)
    {
        foreach (Contract[] sameContract in versions)
        {
            if (InForce(sameContract, at) is { } contract && contract.Names(partner))
            {
                yield return contract;
            }
        }
    }

    /// <summary>
    /// Whether a partner may earn by a touch at an instant: some contract in force then names the partner.
    /// </summary>
    /// <param name="partner">The partner.</param>
    /// <param name="at">When the touch occurred.</param>
    public bool Names(PartnerId partner, Instant at)
    {
        foreach (Contract[] sameContract in versions)
        {
            if (InForce(sameContract, at) is { } contract && contract.Names(partner))
            {
                return true;
            }
        }

        return false;
    }

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

    /// <summary>The period of a budget that an instant falls in.</summary>
    /// <param name="budget">One of the campaign's budgets.</param>
    /// <param name="at">When the outcome occurred.</param>
    public CalendarPeriod PeriodOf(Budget budget, Instant at)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return budget.Per == PeriodUnit.Flight && draft.Flight is { } flight
            ? Calendar.Flight(flight)
            : Calendar.Containing(budget.Per, at);
    }

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

    private static Contract? InForce(Contract[] newestFirst, Instant at)
    {
        foreach (Contract contract in newestFirst)
        {
            if (contract.IsInForce(at))
            {
                return contract;
            }
        }

        return null;
    }
}
