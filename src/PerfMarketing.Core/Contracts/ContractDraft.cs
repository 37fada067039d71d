using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Contracts.Validation;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>A contract as data that may still be wrong: what the fluent calls and JSON make.</summary>
/// <remarks>
/// Immutable; every call returns another draft. <see cref="Build"/> makes the <see cref="Contract"/> that cannot be
/// wrong, or tells everything that is.
/// </remarks>
public sealed record ContractDraft : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The contract's name.</summary>
    public required ContractId Id { get; init; }

    /// <summary>The version of the terms, from 1; each version is immutable.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Who pays.</summary>
    public PartyId Payer { get; init; }

    /// <summary>Who is paid.</summary>
    public ValueList<PartnerId> Partners { get; init => field = value ?? []; } = [];

    /// <summary>
    /// The partners whose results the contract pays for, when it pays its one partner for what others bring; empty, the
    /// default, when it pays for its partners' own results.
    /// </summary>
    public ValueList<PartnerId> Downline { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Whether the contract pays its one partner when it took part in the journey and others got the credit, and for
    /// nothing else: then in full, whatever parts the others got. No by default.
    /// </summary>
    public bool Assists { get; init; }

    /// <summary>Which of the clauses that apply pay; the first by default.</summary>
    public Precedence Precedence { get; init; }

    /// <summary>
    /// What happens when the payer is not paid for the outcome itself; by default the contract pays all the same.
    /// </summary>
    public UpstreamPolicy Upstream { get; init; }

    /// <summary>The currency of all amounts.</summary>
    public Currency Currency { get; init; }

    /// <summary>The tz database name of the zone in which days and months are counted.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>
    /// How the contract converts what is in another currency; null, the default, when it does not: such results wait.
    /// </summary>
    public ConversionTerms? Conversion { get; init; }

    /// <summary>
    /// The days on which the contract is in force, in its zone; null means without an end on either side.
    /// </summary>
    public DateRange? Effective { get; init; }

    /// <summary>What is paid for; the first clause that applies to an outcome prices it.</summary>
    public ValueList<ClauseDraft> Clauses { get; init => field = value ?? []; } = [];

    /// <summary>Which touches may earn under the contract; null means all.</summary>
    public Permissions? Permissions { get; init; }

    /// <summary>The coupon codes that are one partner's; none by default.</summary>
    public ValueList<CouponAssignment> Coupons { get; init => field = value ?? []; } = [];

    /// <summary>What is the contract's partners' alone; nothing by default.</summary>
    public ValueList<ExclusiveGrant> Exclusive { get; init => field = value ?? []; } = [];

    /// <summary>What is paid for periods, without an outcome, when they close; nothing by default.</summary>
    public ValueList<PeriodClauseDraft> Periods { get; init => field = value ?? []; } = [];

    /// <summary>Which outcomes this version leaves to the version before it; none by default.</summary>
    public Grandfathering Grandfathering { get; init; } = Grandfathering.Outcome;

    /// <summary>
    /// How many whole days, in the contract's zone, lie between notice and effect; null when no notice is agreed: then
    /// changed terms need acceptance, and notice of termination works at once.
    /// </summary>
    public int? NoticeDays { get; init; }

    /// <summary>What is still paid after the contract's end; what occurred before it by default.</summary>
    public TailTerms Tail { get; init; } = TailTerms.Default;

    /// <summary>
    /// How what is owed is settled; null, the default, by calendar month, from the first minor unit on.
    /// </summary>
    public SettlementTerms? Settlement { get; init; }

    /// <summary>The greatest part of a period's results that may be taken back; null means no limit.</summary>
    public ReversalLimit? ReversalLimit { get; init; }

    /// <summary>How delivery statuses of messages and calls are read; none by default.</summary>
    public ValueList<DeliveryTerms> Deliveries { get; init => field = value ?? []; } = [];

    /// <summary>How invalid traffic is filtered; null, the default, filters none.</summary>
    public TrafficTerms? Traffic { get; init; }

    /// <summary>Which telephone calls count; null, the default, when clauses and their proofs say all of it.</summary>
    public CallTerms? Calls { get; init; }

    /// <summary>
    /// What the payer owes the platform on top of what it owes partners, from 0 to 100 % of that; null for nothing.
    /// </summary>
    public Percentage? PlatformFee { get; init; }

    /// <summary>What is paid for when payer and payee count differently; null when only one counts.</summary>
    public DiscrepancyProtocol? Discrepancy { get; init; }

    /// <summary>What an order for advertising says beside the prices; null when there is none.</summary>
    public InsertionOrder? InsertionOrder { get; init; }

    /// <summary>The programme by which the partner was enrolled; null when there is none.</summary>
    public ProgrammeCitation? Programme { get; init; }

    /// <summary>
    /// How many outcomes, or how much money, all clauses together pay for at most; no limits by default.
    /// </summary>
    public ValueList<Limit> Limits { get; init => field = value ?? []; } = [];

    /// <summary>
    /// How the evidence of the contract's outcomes is read: which field of a message makes which claim. None by
    /// default: then only what schemes read by themselves are claims.
    /// </summary>
    public ValueList<ClaimField> Claims { get; init => field = value ?? []; } = [];

    /// <summary>Begins a draft.</summary>
    /// <param name="id">The contract's name.</param>
    public static ContractDraft For(string id) => new() { Id = new(id) };

    /// <summary>Reads a contract's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of models and policies are looked up.</param>
    public static ContractDraft Read(TermReader terms, TermCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Id = terms.Value<ContractId>("id"),
            Version = terms.Int("version", 1),
            Payer = terms.Value<PartyId>("payer", default),
            Partners = terms.Values<PartnerId>("partners", 1, Contract.PartnerCountMax),
            Downline = terms.Values<PartnerId>("downline", 0, Contract.PartnerCountMax),
            Assists = terms.Flag("assists"),
            Precedence = terms.Enum("precedence", Precedence.FirstMatch),
            Upstream = terms.Enum("upstream", UpstreamPolicy.Independent),
            Currency = terms.Value<Currency>("currency"),
            Zone = terms.Text("zone", "Etc/UTC"),
            Conversion = terms.OptionalObject("conversion", ConversionTerms.Read),
            Effective = terms.Optional<DateRange>("effective"),
            Permissions = terms.OptionalObject("permissions", Permissions.Read),
            Coupons = terms.List("coupons", CouponAssignment.Read, 0, CouponAssignment.CountMax),
            Exclusive = terms.List("exclusive", ExclusiveGrant.Read, 0, ExclusiveGrant.CountMax),
            Grandfathering = terms.Enum("grandfathering", Grandfathering.Outcome),
            NoticeDays = terms.Has("noticeDays") ? terms.Int("noticeDays", 0) : null,
            Tail = terms.OptionalObject("tail", TailTerms.Read) ?? TailTerms.Default,
            Settlement = terms.OptionalObject("settlement", SettlementTerms.Read),
            ReversalLimit = terms.OptionalObject("reversalLimit", ReversalLimit.Read),
            Traffic = terms.OptionalObject("traffic", TrafficTerms.Read),
            Calls = terms.OptionalObject("calls", CallTerms.Read),
            PlatformFee = terms.Optional<Percentage>("platformFee"),
            Deliveries = terms.List("deliveries", DeliveryTerms.Read, 0, DeliveryTerms.CountMax),
            Discrepancy = terms.OptionalObject("discrepancy", DiscrepancyProtocol.Read),
            InsertionOrder = terms.OptionalObject("insertionOrder", InsertionOrder.Read),
            Programme = terms.OptionalObject("programme", p => ProgrammeCitation.Read(p, catalog)),
            Clauses = terms.List("clauses", c => ClauseDraft.Read(c, catalog), 0, Contract.ClauseCountMax),
            Periods = terms.List("periods", c => PeriodClauseDraft.Read(c, catalog), 0, Contract.ClauseCountMax),
            Limits = terms.List("limits", Limit.Read, 0, Contract.LimitCountMax),
            Claims = terms.List("claims", ClaimField.Read, 0, ClaimField.CountMax),
        };
    }

    /// <summary>The draft with its payer.</summary>
    /// <param name="payer">The advertiser or network that pays.</param>
    public ContractDraft PaidBy(string payer) => this with { Payer = new(payer) };

    /// <summary>The draft with one more partner who is paid.</summary>
    /// <param name="partner">The partner.</param>
    public ContractDraft WithPartner(string partner) => this with { Partners = Partners.Add(new(partner)) };

    /// <summary>
    /// The draft that pays for what one more partner brings, and no more for its own partner's results.
    /// </summary>
    /// <param name="partner">The partner whose results count.</param>
    public ContractDraft OnResultsOf(string partner) => this with { Downline = Downline.Add(new(partner)) };

    /// <summary>
    /// The draft that pays its partner for having taken part in journeys that others won, and for nothing else.
    /// </summary>
    public ContractDraft Assisting() => this with { Assists = true };

    /// <summary>The draft with a rule for outcomes to which several clauses apply.</summary>
    /// <param name="precedence">The rule.</param>
    public ContractDraft Choosing(Precedence precedence) => this with { Precedence = precedence };

    /// <summary>The draft that pays only for what its payer is paid for.</summary>
    public ContractDraft BackToBack() => this with { Upstream = UpstreamPolicy.BackToBack };

    /// <summary>The draft with its currency and zone.</summary>
    /// <param name="currency">The currency of all amounts.</param>
    /// <param name="timeZone">The tz database name of the zone, such as <c>Europe/Berlin</c>.</param>
    public ContractDraft In(Currency currency, string timeZone) => this with { Currency = currency, Zone = timeZone };

    /// <summary>The draft that converts what is in another currency.</summary>
    /// <param name="conversion">By whose rate, and of which day.</param>
    public ContractDraft Converting(ConversionTerms conversion) => this with { Conversion = conversion };

    /// <summary>The draft with the days on which it is in force.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The day after the last; null means without an end.</param>
    public ContractDraft EffectiveFrom(LocalDate from, LocalDate? to = null) => this with { Effective = new(from, to) };

    /// <summary>The draft that reads a claim from a field of evidence.</summary>
    /// <param name="field">Which field makes which claim.</param>
    public ContractDraft Reading(ClaimField field) => this with { Claims = Claims.Add(field) };

    /// <summary>The draft with how what is owed is settled.</summary>
    /// <param name="terms">The periods, the threshold, when statements are due and so on.</param>
    public ContractDraft SettledBy(SettlementTerms terms) => this with { Settlement = terms };

    /// <summary>The draft with days of notice.</summary>
    /// <param name="days">How many whole days lie between notice and effect.</param>
    public ContractDraft WithNotice(int days) => this with { NoticeDays = days };

    /// <summary>The draft with outcomes that it leaves to the version before it.</summary>
    /// <param name="by">What decides.</param>
    public ContractDraft Grandfathered(Grandfathering by) => this with { Grandfathering = by };

    /// <summary>The draft with what is still paid after its end.</summary>
    /// <param name="tail">What is paid.</param>
    public ContractDraft WithTail(TailTerms tail) => this with { Tail = tail };

    /// <summary>The next version of the terms, effective from a day on.</summary>
    /// <remarks>
    /// This version keeps its dates: the newer one takes over by being newer, and leaves to it what its grandfathering
    /// excludes. A day in the past makes a back-dated amendment: see <c>docs/amend-a-contract.md</c>.
    /// </remarks>
    /// <param name="from">The first day of the new terms.</param>
    /// <param name="change">What changes; the number of the version and its first day are set already.</param>
    public ContractDraft Amend(LocalDate from, Func<ContractDraft, ContractDraft> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        LocalDate? to = Effective?.To is { } end && end > from ? end : null;
        return change(this with { Version = Version + 1, Effective = new(from, to) });
    }

    /// <summary>The draft with one more clause, named after its outcome.</summary>
    /// <param name="outcome">The kind of outcome that is paid for.</param>
    /// <param name="pays">What is paid.</param>
    /// <param name="terms">Adds proof, hold, conditions and the like; null adds none.</param>
    public ContractDraft Pays(OutcomeKind outcome, PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null)
    {
        int taken = Clauses.Count(c => c.Outcome == outcome);
        string name = taken == 0 ? outcome.ToString() : $"{outcome}-{taken + 1}";
        ClauseDraft clause = new() { Id = new(name), Outcome = outcome, Pays = pays };
        return this with { Clauses = Clauses.Add(terms is null ? clause : terms(clause)) };
    }

    /// <summary>The draft with what it says of touches: which may earn.</summary>
    /// <param name="permissions">What is allowed and what is denied.</param>
    public ContractDraft Permitting(Permissions permissions) => this with { Permissions = permissions };

    /// <summary>The draft with one more coupon code that is one partner's.</summary>
    /// <param name="code">The code as customers type it.</param>
    /// <param name="partner">Whose it is.</param>
    /// <param name="dates">The days on which it is; null means while the contract is in force.</param>
    public ContractDraft WithCoupon(string code, string partner, DateRange? dates = null) =>
        this with { Coupons = Coupons.Add(new(code, new(partner)) { Effective = dates }) };

    /// <summary>The draft with one more clause of periods, named after its payout.</summary>
    /// <param name="per">The periods, such as <see cref="PeriodUnit.Month"/>.</param>
    /// <param name="pays">What is paid when each of them closes.</param>
    /// <param name="partners">The partners who are paid; none for all partners of the contract.</param>
    public ContractDraft PaysPer(PeriodUnit per, PeriodPayout pays, params ReadOnlySpan<string> partners)
    {
        ArgumentNullException.ThrowIfNull(pays);
        int taken = Periods.Count(c => c.Pays.Tag == pays.Tag);
        string name = taken == 0 ? pays.Tag : $"{pays.Tag}-{taken + 1}";
        ValueList<PartnerId> named = [];
        foreach (string partner in partners)
        {
            named = named.Add(new(partner));
        }

        return this with { Periods = Periods.Add(new() { Id = new(name), Pays = pays, Per = per, Partners = named }) };
    }

    /// <summary>The draft with one more limit on what all its clauses pay together.</summary>
    /// <param name="limit">The limit.</param>
    public ContractDraft LimitedTo(Limit limit) => this with { Limits = Limits.Add(limit) };

    /// <summary>Everything that is wrong with the draft; valid when nothing is.</summary>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public ValidationResult Validate(TermCatalog? catalog = null) =>
        new ContractDraftValidator(catalog ?? TermCatalog.Default).Validate(this);

    /// <summary>The contract, when nothing is wrong with the draft.</summary>
    /// <param name="contract">The contract; null when something is wrong.</param>
    /// <param name="result">Everything that is wrong.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public bool TryBuild(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Contract? contract,
        out ValidationResult result,
        TermCatalog? catalog = null)
    {
        result = Validate(catalog);
        contract = result.IsValid ? new(this) : null;
        return result.IsValid;
    }

    /// <summary>The contract.</summary>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    /// <exception cref="ContractInvalidException">Something is wrong; carries every failure at once.</exception>
    public Contract Build(TermCatalog? catalog = null) =>
        TryBuild(out Contract? contract, out ValidationResult result, catalog)
            ? contract
            : throw new ContractInvalidException(result);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("id", Id);
        terms.Integer("version", Version);
        terms.Value("payer", Payer, default);
        terms.Values("partners", Partners);
        terms.Values("downline", Downline);
        terms.Flag("assists", Assists);
        terms.Enum("precedence", Precedence, Precedence.FirstMatch);
        terms.Enum("upstream", Upstream, UpstreamPolicy.Independent);
        terms.Value("currency", Currency);
        terms.Value("zone", Zone);
        terms.Terms("conversion", Conversion);
        terms.Value("effective", Effective);
        terms.Enum("grandfathering", Grandfathering, Grandfathering.Outcome);
        terms.Integer("noticeDays", NoticeDays);
        terms.Terms("tail", Tail == TailTerms.Default ? null : Tail);
        terms.List("clauses", Clauses);
        terms.Terms("permissions", Permissions);
        terms.List("coupons", Coupons);
        terms.List("exclusive", Exclusive);
        terms.Terms("settlement", Settlement);
        terms.Terms("reversalLimit", ReversalLimit);
        terms.Terms("traffic", Traffic);
        terms.Terms("calls", Calls);
        terms.Value("platformFee", PlatformFee);
        terms.List("deliveries", Deliveries);
        terms.Terms("discrepancy", Discrepancy);
        terms.Terms("insertionOrder", InsertionOrder);
        terms.Terms("programme", Programme);
        terms.List("periods", Periods);
        terms.List("limits", Limits);
        terms.List("claims", Claims);
    }
}
