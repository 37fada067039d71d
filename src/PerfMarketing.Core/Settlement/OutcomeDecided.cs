using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <summary>
/// What was decided for an outcome: who brought it, and for each leg whether the contract accepts it.
/// </summary>
public sealed record OutcomeDecided : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "decision";

    // Of nearly all outcomes one clause, for one touch, and nothing stands against it: then the parts are made when
    // somebody asks.
    private readonly LegName? alone;
    private readonly Instant qualifiedAt;
    private readonly long amount;
    private Qualification? qualification;
    private ValueList<LegDecision>? legs;

    /// <summary>Makes a decision.</summary>
    public OutcomeDecided()
    {
    }

    [SetsRequiredMembers]
    internal OutcomeDecided(
        OutcomeId id,
        Instant decidedAt,
        AttributionDecision attribution,
        LegName alone,
        (Instant At, Money Amount) made)
    {
        (OutcomeId, DecidedAt, Attribution, this.alone) = (id, decidedAt, attribution, alone);
        (qualifiedAt, amount) = (made.At, made.Amount.MinorUnits);
        Qualification = null!;
    }

    // That nobody brought the outcome.
    [SetsRequiredMembers]
    internal OutcomeDecided(OutcomeId id, Instant decidedAt, AttributionDecision attribution)
    {
        (OutcomeId, DecidedAt, Attribution) = (id, decidedAt, attribution);
        Qualification = null!;
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>
    /// The decision as a whole; of several legs, the one that leaves most open: disputed, pending, qualified,
    /// rejected.
    /// </summary>
    public required Qualification Qualification
    {
        get => qualification ??= alone is null ? Nobody() : new Qualification.Qualified(qualifiedAt, []);
        init => qualification = value;
    }

    /// <summary>
    /// Who gets the credit, touch by touch; null when the outcome was refused before anyone was looked for.
    /// </summary>
    public AttributionDecision? Attribution { get; init; }

    /// <summary>One leg for each contract and clause that pays for the outcome.</summary>
    public ValueList<LegDecision> Legs
    {
        get => legs ??= alone is null ? ValueList<LegDecision>.Empty : ValueList<LegDecision>.One(LegOf(alone));
        init => legs = value;
    }

    /// <summary>Why credited partners have no leg, and what else a person needs to know.</summary>
    public ValueList<Reason> Notes { get; init; } = [];

    // Whether the outcome is decided again when its parent is.
    internal bool AwaitsParent => Legs.Count == 0 && Qualification.Match(
        qualified: static _ => false,
        pending: static p => p.Reasons.Any(static r => r.Code == SettlementReasons.ParentAwaited),
        rejected: static r => r.Reasons.Any(static x => x.Code == SettlementReasons.ParentNotCredited),
        disputed: static _ => false);

    /// <inheritdoc/>
    public bool Equals(OutcomeDecided? other) => ReferenceEquals(this, other)
        || (base.Equals(other) && Qualification == other.Qualification && Attribution == other.Attribution
            && Legs == other.Legs && Notes == other.Notes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Qualification, Attribution);

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("qualification", Qualification);
        terms.Terms("attribution", Attribution);
        terms.List("legs", Legs);
        terms.List("notes", Notes);
    }

    // Why, when neither a clause nor a qualification is given.
    private Qualification.Rejected Nobody() =>
        new([Attribution?.Reason ?? new(AttributionReasons.NoTouch)]);

    private LegDecision LegOf(LegName name) => new(
        name.Contract,
        name.Version,
        name.Clause,
        new Qualification.Qualified(qualifiedAt, []),
        Money.FromMinor(amount, name.Currency));

    internal static OutcomeDecided ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Qualification = terms.Object("qualification", Qualification.Read),
        Attribution = terms.OptionalObject("attribution", AttributionDecision.Read),
        Legs = terms.List("legs", LegDecision.Read),
        Notes = terms.List("notes", Reason.Read),
    };
}

/// <summary>What was decided for one contract's price of an outcome.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Version">The version of the contract.</param>
/// <param name="Clause">The clause.</param>
/// <param name="Qualification">Whether the contract accepts the outcome.</param>
/// <param name="Amount">What the leg pays, or would pay while it is pending; zero when it is rejected.</param>
public sealed record LegDecision(
    ContractId Contract, int Version, ClauseId Clause, Qualification Qualification, Money Amount) : ITerms
{
    /// <summary>
    /// Whom the leg pays, when these are not the credited partners that the contract names: payers further up, the
    /// partner of an override, some of the partners because the others have clauses of their own. Empty otherwise.
    /// </summary>
    public ValueList<Credit> Credits { get; init; } = [];

    /// <summary>What limits did to the leg, beyond what its qualification says; nothing when there is none.</summary>
    public ValueList<Reason> Notes { get; init; } = [];

    /// <summary>
    /// Whether an earlier version of the contract pays other partners for the outcome by the same clause: then limits
    /// and budgets keep this leg apart from that one, by its version.
    /// </summary>
    public bool IsBeside { get; init; }

    /// <summary>
    /// The parts of the credits that the leg goes by, when its contract permits only part of them and legs of the
    /// campaign hang on each other: corrections measure other legs by them. Empty otherwise.
    /// </summary>
    public ValueList<Credit> Permitted { get; init; } = [];

    /// <summary>Reads a leg.</summary>
    /// <param name="terms">The terms.</param>
    public static LegDecision Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<ContractId>("contract"),
            terms.Int("version", 0),
            terms.Value<ClauseId>("clause"),
            terms.Object("qualification", Qualification.Read),
            terms.Value<Money>("amount"))
        {
            Credits = terms.List("credits", Credit.Read),
            Notes = terms.List("notes", Reason.Read),
            IsBeside = terms.Flag("beside"),
            Permitted = terms.List("permitted", Credit.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Contract);
        terms.Integer("version", Version);
        terms.Value("clause", Clause);
        terms.Terms("qualification", Qualification);
        terms.Value("amount", Amount);
        terms.List("credits", Credits);
        terms.List("notes", Notes);
        terms.Flag("beside", IsBeside);
        terms.List("permitted", Permitted);
    }

    // The version by which limits and budgets keep the leg apart; 0 when it stands alone.
    internal int Apart => IsBeside ? Version : 0;

    // The currency for which the leg waits for a rate.
    internal Currency? RateAwaited
    {
        get
        {
            foreach (Reason reason in Qualification is Qualification.Pending pending ? pending.Reasons : [])
            {
                // Without terms of conversion, which name the source, no rate will ever do.
                if (reason.Code == SettlementReasons.RateMissing && reason.Args.Any(static a => a.Name == "source"))
                {
                    return Currency.Parse(reason.Args.First(static a => a.Name == "from").Value, null);
                }
            }

            return null;
        }
    }

    internal bool IsOf(Contract contract, Clause clause) =>
        Contract == contract.Id && Version == contract.Version && Clause == clause.Id;
}
