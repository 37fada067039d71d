using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <summary>A payout recorded, with the terms it was computed under: no later change of terms rewrites it.</summary>
public sealed record Earning : LedgerEntry
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "earning";

    // Shared by all earnings of a clause.
    private LegName leg = LegName.None;

    // Mostly one line and what rounds it, of which a list is made when somebody asks.
    private PostedLines posted;
    private PackedFigures figures;
    private string? tallyPeriod;

    // What few earnings have; null when there is nothing of it.
    private Beside? beside;

    /// <summary>Makes an earning.</summary>
    public Earning()
    {
    }

    [SetsRequiredMembers]
    internal Earning(LegName leg, in Basis basis)
    {
        this.leg = leg;
        (Contract, Version, Clause) = (leg.Contract, leg.Version, leg.Clause);
        figures = new(basis.Value, basis.Quantity);
        (TallyPeriod, Lines) = (string.Empty, null!);
    }

    // A copy has its lines, whatever amount it is given.
    [SetsRequiredMembers]
    private Earning(Earning original)
        : base(original)
    {
        (leg, figures, beside, Lines) = (original.leg, original.figures, original.beside, original.Lines);
        (Credit, TallyScope, TallyPeriod) = (original.Credit, original.TallyScope, original.TallyPeriod);
    }

    [SetsRequiredMembers]
    private Earning(TermReader terms)
        : base(terms, IdOf(terms))
    {
        Terms = terms.Value<Digest>("terms");
        Campaign = terms.Value<CampaignId>("campaign");
        CampaignVersion = terms.Int("campaignVersion", 0);
        Credit = terms.Object("credit", Credit.Read);
        Model = terms.OptionalObject("model", ModelCitation.Read);
        Customer = terms.Optional<CustomerId>("customer");
        CustomerSince = terms.OptionalInstant("customerSince");
        Rates = terms.List("rates", RateSnapshot.Read);
        Accrual value = terms.Value<Accrual>("value");
        decimal quantity = terms.Number("quantity");
        Corrections = terms.Values<CorrectionId>("corrections");
        TallyScope = terms.Enum("tallyScope", TallyScope.Partner);
        TallyPeriod = terms.Text("tallyPeriod");
        History = terms.Has("history") ? terms.Object("history", CustomerHistory.Read) : default;
        Tally before = terms.Object("before", Tally.Read);
        Tally counted = terms.Object("counted", Tally.Read);
        _ = IsOwn(terms, "before", before.Accrued.Currency) && IsOwn(terms, "counted", counted.Accrued.Currency);
        figures = new(before, counted, value, quantity);
        Lines = terms.List("lines", PayoutLine.Read);
        CheckSum(terms, Lines);
        Instalments = terms.List("instalments", Instalment.Read);
        _ = Instalments.All(i => IsOwn(terms, "instalments", i.Amount.Currency));
        Evidence = terms.Values<EvidenceId>("evidence");
        Approval = terms.Optional<CorrectionId>("approval");
        TouchedAt = terms.OptionalInstant("touchedAt");
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsGross => true;

    /// <summary>The digest of the contract's terms.</summary>
    public required Digest Terms
    {
        get => leg.Terms;
        init => leg = leg with { Terms = value };
    }

    /// <summary>The campaign.</summary>
    public required CampaignId Campaign
    {
        get => leg.Campaign;
        init => leg = leg with { Campaign = value };
    }

    /// <summary>The version of the campaign's terms.</summary>
    public required int CampaignVersion
    {
        get => leg.CampaignVersion;
        init => leg = leg with { CampaignVersion = value };
    }

    /// <summary>The fitted model that shared out the credit; null when the rule had none.</summary>
    public ModelCitation? Model
    {
        get => leg.Model;
        init => leg = value is null && leg.Model is null ? leg : leg with { Model = value };
    }

    /// <summary>The partner's weight in the outcome's credit.</summary>
    public required Credit Credit { get; init; }

    /// <summary>
    /// The outcome's customer, when the clause, or the choice of versions, keeps track of customers; null when nothing
    /// does, or there is none.
    /// </summary>
    public CustomerId? Customer
    {
        get => (beside ?? Beside.None).Customer;
        init => beside = beside is null && value is null
            ? null
            : (beside ?? Beside.None) with { Customer = value };
    }

    /// <summary>
    /// Since when the customer is the partner's, as far as this outcome says: its first touch by the partner that got
    /// credit, or when it happened. Null when no version of a contract leaves customers to the version before.
    /// </summary>
    public Instant? CustomerSince
    {
        get => (beside ?? Beside.None).CustomerSince;
        init => beside = beside is null && value is null
            ? null
            : (beside ?? Beside.None) with { CustomerSince = value };
    }

    /// <summary>
    /// What the partner had earned with the customer under the clause before; nothing when the clause does not ask.
    /// </summary>
    public CustomerHistory History
    {
        get => (beside ?? Beside.None).History;
        init => beside = beside is null && value == default
            ? null
            : (beside ?? Beside.None) with { History = value };
    }

    /// <summary>
    /// The rates by which the value, or what other legs pay, was converted; corrections use them again. Empty when
    /// nothing was in another currency.
    /// </summary>
    public ValueList<RateSnapshot> Rates
    {
        get => (beside ?? Beside.None).Rates;
        init => beside = beside is null && value is { Count: 0 }
            ? null
            : (beside ?? Beside.None) with { Rates = value };
    }

    /// <summary>The value that was priced, converted: of the whole outcome, as it stood.</summary>
    public required Accrual Value
    {
        get => figures.Value;
        init => figures = figures.With(value, Quantity);
    }

    /// <summary>The quantity that was priced: of the whole outcome, as it stood.</summary>
    public required decimal Quantity
    {
        get => figures.Quantity;
        init => figures = figures.With(Value, value);
    }

    /// <summary>The corrections that were known when it was priced; what comes after them adjusts it.</summary>
    public ValueList<CorrectionId> Corrections
    {
        get => (beside ?? Beside.None).Corrections;
        init => beside = beside is null && value is { Count: 0 }
            ? null
            : (beside ?? Beside.None) with { Corrections = value };
    }

    /// <summary>Whose outcomes count together in the tally; the partner's by default.</summary>
    public TallyScope TallyScope { get; init; }

    /// <summary>The key of the tally's period; see <see cref="TallyKey.Listed"/> for tallies that are lists.</summary>
    public required string TallyPeriod
    {
        get => tallyPeriod!;
        init => tallyPeriod = value;
    }

    /// <summary>What was tallied before.</summary>
    public required Tally Before
    {
        get => figures.Before;
        init => figures = figures.With(value, Counted);
    }

    /// <summary>What this earning adds to the tally.</summary>
    public required Tally Counted
    {
        get => figures.Counted;
        init => figures = figures.With(Before, value);
    }

    /// <summary>The lines; they sum exactly to the amount.</summary>
    public required ValueList<PayoutLine> Lines
    {
        get => posted.ListOf(Amount);
        init => posted = new(value);
    }

    /// <summary>The parts in which the amount is payable; empty when it is payable at once.</summary>
    public ValueList<Instalment> Instalments
    {
        get => (beside ?? Beside.None).Instalments;
        init => beside = beside is null && value is { Count: 0 }
            ? null
            : (beside ?? Beside.None) with { Instalments = value };
    }

    internal override ValueList<Instalment> Parts => Instalments;

    /// <summary>The evidence that proved it; none when no proof is required.</summary>
    public ValueList<EvidenceId> Evidence
    {
        get => (beside ?? Beside.None).Evidence;
        init => beside = beside is null && value is { Count: 0 }
            ? null
            : (beside ?? Beside.None) with { Evidence = value };
    }

    /// <summary>The decision by hand by which it qualified; null when it did so by proof, or needs none.</summary>
    public CorrectionId? Approval
    {
        get => (beside ?? Beside.None).Approval;
        init => beside = beside is null && value is null
            ? null
            : (beside ?? Beside.None) with { Approval = value };
    }

    /// <summary>
    /// The newest touch that had credit, where a budget of the campaign counts by that; null where none does, or where
    /// nothing was touched.
    /// </summary>
    public Instant? TouchedAt
    {
        get => (beside ?? Beside.None).TouchedAt;
        init => beside = beside is null && value is null
            ? null
            : (beside ?? Beside.None) with { TouchedAt = value };
    }

    /// <summary>The lines as a payout, which explains itself.</summary>
    public Payout Payout => new(Amount.Currency, Lines);

    /// <summary>What the earning's tally counts for.</summary>
    public TallyKey TallyKey => TallyKey.Of(TallyScope, Contract, Clause, Partner, Customer, TallyPeriod);

    // What rounding added to it; nothing where a limit or a budget cut it.
    internal decimal Rounding => posted.RoundingOf(Amount);

    // The earning as if every limit and budget had had room.
    internal Earning Uncut => Priced == Amount ? this : this with
    {
        Amount = Priced,
        Lines = [.. Lines.Where(static l => !IsCut(l))],
    };

    // What was priced, before a limit or a budget had no more room.
    internal Money Priced
    {
        get
        {
            Money cut = Money.Zero(Amount.Currency);
            foreach (PayoutLine line in Lines)
            {
                cut += IsCut(line) ? line.Amount.Round() : Money.Zero(cut.Currency);
            }

            return Amount - cut;
        }
    }

    /// <summary>The name of a partner's earning for an outcome under a clause.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="clause">The clause.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="partner">The partner.</param>
    public static EntryId IdOf(
        CampaignId campaign, ContractId contract, ClauseId clause, OutcomeId outcome, PartnerId partner) =>
        new(DerivedId.Of(
            TagName, campaign.Value, contract.Value, clause.Value, outcome.Value, partner.Value));

    /// <inheritdoc/>
    public bool Equals(Earning? other) => ReferenceEquals(this, other)
        || (base.Equals(other) && Terms == other.Terms && Campaign == other.Campaign
            && CampaignVersion == other.CampaignVersion && Credit == other.Credit
            && Model == other.Model && Value == other.Value && Quantity == other.Quantity
            && TallyScope == other.TallyScope && TallyPeriod == other.TallyPeriod
            && Before == other.Before && Counted == other.Counted && Lines == other.Lines
            && (beside ?? Beside.None) == (other.beside ?? Beside.None));

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    // Completes what was drafted.
    internal void Post(string period, in Tally before, in ClausePricing.PricedAlone priced)
    {
        Post(priced.Amount);
        tallyPeriod = period;
        posted = priced.Lines;
        figures = new(before, priced.Counted, figures.Value, figures.Quantity);
    }

    // Under which terms it was earned.
    internal LegName Leg => leg;

    private protected override EntryId DeriveId() => IdOf(Campaign, Contract, Clause, OutcomeId, Partner);

    internal static Earning ReadCore(TermReader terms) => new(terms);

    private static bool IsCut(PayoutLine line) =>
        line.Code is PayoutLineNames.OverBudget or PayoutLineNames.OverLimit;

    private protected override void WriteEntry(TermWriter terms)
    {
        terms.Value("terms", Terms);
        terms.Value("campaign", Campaign);
        terms.Integer("campaignVersion", CampaignVersion);
        terms.Terms("credit", Credit);
        terms.Terms("model", Model);
        terms.Value("customer", Customer);
        terms.Instant("customerSince", CustomerSince);
        terms.List("rates", Rates);
        terms.Value("value", Value);
        terms.Number("quantity", Quantity);
        terms.Values("corrections", Corrections);
        terms.Enum("tallyScope", TallyScope, TallyScope.Partner);
        terms.Value("tallyPeriod", TallyPeriod);
        terms.Terms("history", History == default ? null : History);
        terms.Terms("before", Before);
        terms.Terms("counted", Counted);
        terms.List("lines", Lines);
        terms.List("instalments", Instalments);
        terms.Values("evidence", Evidence);
        terms.Value("approval", Approval);
        terms.Instant("touchedAt", TouchedAt);
    }

    private sealed record Beside
    {
        public static Beside None { get; } = new();

        public CustomerId? Customer { get; init; }

        public Instant? CustomerSince { get; init; }

        public CustomerHistory History { get; init; }

        public ValueList<RateSnapshot> Rates { get; init; } = [];

        public ValueList<CorrectionId> Corrections { get; init; } = [];

        public ValueList<Instalment> Instalments { get; init; } = [];

        public ValueList<EvidenceId> Evidence { get; init; } = [];

        public CorrectionId? Approval { get; init; }

        public Instant? TouchedAt { get; init; }
    }
}
