using System.Diagnostics.CodeAnalysis;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns.Validation;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Campaigns;

/// <summary>
/// One advertiser's effort as data that may still be wrong: contracts, who gets the credit, and how much may be
/// spent.
/// </summary>
/// <remarks>
/// Immutable; every call returns another draft. <see cref="Build"/> makes the <see cref="Campaign"/> that cannot be
/// wrong.
/// </remarks>
public sealed record CampaignDraft : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The campaign's name.</summary>
    public required CampaignId Id { get; init; }

    /// <summary>The version of the campaign's terms, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The client that pays for results.</summary>
    public AdvertiserId Advertiser { get; init; }

    /// <summary>The tz database name of the zone of flight and budgets.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>The days on which outcomes belong to the campaign; null means all.</summary>
    public DateRange? Flight { get; init; }

    /// <summary>Who gets the credit of an outcome; the last touch, without a limit of time, by default.</summary>
    public AttributionRule Attribution { get; init; } = new LastTouch();

    /// <summary>What outcomes that name a parent take from it; the credits by default.</summary>
    public ChildTerms Children { get; init; } = ChildTerms.Default;

    /// <summary>How much may be spent by when; no limit when empty.</summary>
    public ValueList<Budget> Budgets { get; init => field = value ?? []; } = [];

    /// <summary>The contracts, possibly several versions of one.</summary>
    public ValueList<ContractDraft> Contracts { get; init => field = value ?? []; } = [];

    /// <summary>Which outcomes belong to the campaign; null means all of its flight.</summary>
    public CampaignScope? Scope { get; init; }

    /// <summary>Which touches may earn in the campaign, whatever the contract; null means all.</summary>
    public Permissions? Permissions { get; init; }

    /// <summary>
    /// To whom accounts, places and customers belong; null, the default, when that makes no difference.
    /// </summary>
    public OwnershipTerms? Ownership { get; init; }

    /// <summary>
    /// What the parties of contracts did: acceptance, notice, suspension and the like. A contract without a history is
    /// accepted and active as dated.
    /// </summary>
    public ValueList<ContractHistory> Lifecycles { get; init => field = value ?? []; } = [];

    /// <summary>Begins a draft.</summary>
    /// <param name="id">The campaign's name.</param>
    /// <param name="advertiser">The client that pays for results.</param>
    public static CampaignDraft For(string id, string advertiser) =>
        new() { Id = new(id), Advertiser = new(advertiser) };

    /// <summary>Reads a campaign's terms with its contracts.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of models, policies and rules are looked up.</param>
    public static CampaignDraft Read(TermReader terms, TermCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        terms.Format(Format);
        return new()
        {
            Id = terms.Value<CampaignId>("id"),
            Version = terms.Int("version", 1),
            Advertiser = terms.Value<AdvertiserId>("advertiser"),
            Zone = terms.Text("zone", "Etc/UTC"),
            Flight = terms.Optional<DateRange>("flight"),
            Attribution = terms.Has("attribution") ? catalog.Rules.Read(terms, "attribution")! : new LastTouch(),
            Children = terms.OptionalObject("children", ChildTerms.Read) ?? ChildTerms.Default,
            Budgets = terms.List("budgets", Budget.Read, 0, Campaign.BudgetCountMax),
            Scope = terms.OptionalObject("scope", CampaignScope.Read),
            Permissions = terms.OptionalObject("permissions", Permissions.Read),
            Ownership = terms.OptionalObject("ownership", OwnershipTerms.Read),
            Contracts = terms.List("contracts", c => ContractDraft.Read(c, catalog), 1, Campaign.ContractCountMax),
            Lifecycles = terms.List("lifecycles", ContractHistory.Read, 0, Campaign.ContractCountMax),
        };
    }

    /// <summary>The draft with its zone.</summary>
    /// <param name="timeZone">The tz database name of the zone, such as <c>Europe/Berlin</c>.</param>
    public CampaignDraft In(string timeZone) => this with { Zone = timeZone };

    /// <summary>The draft with the days on which outcomes belong to it.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The day after the last; null means without an end.</param>
    public CampaignDraft Flying(LocalDate from, LocalDate? to = null) => this with { Flight = new(from, to) };

    /// <summary>The draft with one more contract, or one more version of a contract.</summary>
    /// <param name="contract">The contract.</param>
    public CampaignDraft With(ContractDraft contract) => this with { Contracts = Contracts.Add(contract) };

    /// <summary>The draft with what the parties of a contract did.</summary>
    /// <param name="history">The history; it takes the place of an earlier one of the same contract.</param>
    public CampaignDraft With(ContractHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return this with { Lifecycles = [.. Lifecycles.Where(l => l.Contract != history.Contract), history] };
    }

    /// <summary>The draft with a rule that says who gets the credit.</summary>
    /// <param name="rule">The rule.</param>
    public CampaignDraft AttributedBy(AttributionRule rule) => this with { Attribution = rule };

    /// <summary>The draft with terms for outcomes that name a parent.</summary>
    /// <param name="credits">Where the credit comes from.</param>
    /// <param name="version">Where the version of a contract comes from.</param>
    public CampaignDraft WithChildren(ChildSource credits, ChildSource version = ChildSource.Own) =>
        this with { Children = new() { Credits = credits, Version = version } };

    /// <summary>The draft with one more budget.</summary>
    /// <param name="budget">The budget.</param>
    public CampaignDraft BudgetedBy(Budget budget) => this with { Budgets = Budgets.Add(budget) };

    /// <summary>The draft with what belongs to it.</summary>
    /// <param name="scope">Which outcomes belong.</param>
    public CampaignDraft Scoped(CampaignScope scope) => this with { Scope = scope };

    /// <summary>The draft with what it says of touches, whatever the contract.</summary>
    /// <param name="permissions">What is allowed and what is denied.</param>
    public CampaignDraft Permitting(Permissions permissions) => this with { Permissions = permissions };

    /// <summary>The draft with what it says of owners.</summary>
    /// <param name="ownership">To whom accounts, places and customers belong.</param>
    public CampaignDraft OwnedBy(OwnershipTerms ownership) => this with { Ownership = ownership };

    /// <summary>Everything that is wrong with the draft and its contracts; valid when nothing is.</summary>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public ValidationResult Validate(TermCatalog? catalog = null) =>
        new CampaignDraftValidator(catalog ?? TermCatalog.Default).Validate(this);

    /// <summary>The campaign, when nothing is wrong with the draft.</summary>
    /// <param name="campaign">The campaign; null when something is wrong.</param>
    /// <param name="result">Everything that is wrong.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public bool TryBuild(
        [NotNullWhen(true)] out Campaign? campaign,
        out ValidationResult result,
        TermCatalog? catalog = null)
    {
        // Its validator has looked at every contract as the contract's own does: none is asked again.
        result = Validate(catalog);
        campaign = result.IsValid ? new(this, [.. Contracts.Select(static c => new Contract(c))]) : null;
        return result.IsValid;
    }

    /// <summary>The campaign.</summary>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    /// <exception cref="ContractInvalidException">Something is wrong; carries every failure at once.</exception>
    public Campaign Build(TermCatalog? catalog = null) =>
        TryBuild(out Campaign? campaign, out ValidationResult result, catalog)
            ? campaign
            : throw new ContractInvalidException(result);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("id", Id);
        terms.Integer("version", Version);
        terms.Value("advertiser", Advertiser);
        terms.Value("zone", Zone);
        terms.Value("flight", Flight);
        terms.Terms("attribution", Attribution);
        terms.Terms("children", Children == ChildTerms.Default ? null : Children);
        terms.List("budgets", Budgets);
        terms.Terms("scope", Scope);
        terms.Terms("permissions", Permissions);
        terms.Terms("ownership", Ownership);
        terms.List("contracts", Contracts);
        terms.List("lifecycles", Lifecycles);
    }
}
