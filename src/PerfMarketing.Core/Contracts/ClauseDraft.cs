using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>One payable outcome of a contract, as data that may still be wrong.</summary>
public sealed record ClauseDraft : ITerms
{
    /// <summary>The clause's name, unique within the contract.</summary>
    public required ClauseId Id { get; init; }

    /// <summary>The kind of outcome that is paid for.</summary>
    public required OutcomeKind Outcome { get; init; }

    /// <summary>For whom the clause is: partners of the contract; all of them when empty.</summary>
    public ValueList<PartnerId> Partners { get; init => field = value ?? []; } = [];

    /// <summary>
    /// How long after its parent an outcome counts: <c>parent ≤ outcome &lt; parent + window</c>; null, the default,
    /// asks for no parent.
    /// </summary>
    public LookbackWindow? Within { get; init; }

    /// <summary>What must hold besides; null means always. Unknown facts never hold.</summary>
    public Condition? When { get; init; }

    /// <summary>What of an order is paid on; null means the outcome's value, as far as it is kept.</summary>
    public CommissionableAmount? Commissionable { get; init; }

    /// <summary>What is paid.</summary>
    public required PayoutModel Pays { get; init; }

    /// <summary>What proves the outcome; none required by default.</summary>
    public ProofPolicy Proof { get; init; } = ProofPolicy.None;

    /// <summary>How long after the outcome occurred an earning is held before it is payable; zero by default.</summary>
    public Duration Hold { get; init; } = Duration.Zero;

    /// <summary>From when on an earning is payable by the calendar; null when only the hold counts.</summary>
    /// <remarks>With a hold, the later of both counts.</remarks>
    public Locking? Locking { get; init; }

    /// <summary>How corrections change what was paid; proportionally by default.</summary>
    public CorrectionPolicy Corrections { get; init; } = CorrectionPolicy.Proportional;

    /// <summary>
    /// Which part of what corrections take back is taken back, by how late they come; null, the default, means all of
    /// it.
    /// </summary>
    public ClawbackSchedule? Clawback { get; init; }

    /// <summary>
    /// What the grades mean that the buyer gives outcomes; null, the default, means that no grade changes what is paid.
    /// </summary>
    public GradeTerms? Grades { get; init; }

    /// <summary>How and when amounts are rounded; per outcome, half away from zero, by default.</summary>
    public RoundingPolicy Rounding { get; init; }

    /// <summary>What the clause counts together; by calendar month and partner by default.</summary>
    public TallyTerms Tally { get; init; } = TallyTerms.Default;

    /// <summary>How many outcomes, or how much money, the clause pays for at most; no limits by default.</summary>
    public ValueList<Limit> Limits { get; init => field = value ?? []; } = [];

    /// <summary>Reads a clause's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of models and policies are looked up.</param>
    public static ClauseDraft Read(TermReader terms, TermCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new()
        {
            Id = terms.Value<ClauseId>("id"),
            Outcome = terms.Value<OutcomeKind>("outcome"),
            Partners = terms.Values<PartnerId>("partners"),
            Within = terms.Optional<LookbackWindow>("within"),
            When = terms.OptionalObject("when", Condition.Read),
            Commissionable = terms.OptionalObject("commissionable", CommissionableAmount.Read),
            Pays = catalog.Models.Read(terms, "pays"),
            Proof = terms.Has("proof") ? catalog.Proofs.Read(terms, "proof") : ProofPolicy.None,
            Hold = terms.Value<DurationText>("hold", Duration.Zero),
            Locking = terms.OptionalObject("locking", Locking.Read),
            Corrections = terms.Enum("corrections", CorrectionPolicy.Proportional),
            Clawback = terms.OptionalObject("clawback", ClawbackSchedule.Read),
            Grades = terms.OptionalObject("grades", GradeTerms.Read),
            Rounding = terms.Has("rounding") ? terms.Object("rounding", RoundingPolicy.Read) : default,
            Tally = terms.OptionalObject("tally", TallyTerms.Read) ?? TallyTerms.Default,
            Limits = terms.List("limits", Limit.Read, 0, Contract.LimitCountMax),
        };
    }

    /// <summary>The clause with a proof that an outcome must have, and a hold after it occurred.</summary>
    /// <remarks>The evidence has to cover all that the clause pays or decides by.</remarks>
    /// <param name="kind">The kind of proof, such as <c>order-paid</c>.</param>
    /// <param name="holdFor">How long the earning is held; null leaves the hold as it is.</param>
    /// <param name="within">
    /// How long the outcome waits for the proof before it is rejected; null waits for ever.
    /// </param>
    /// <param name="minStrength">The weakest proof that counts; signed by default.</param>
    public ClauseDraft RequiringProof(
        EvidenceKind kind,
        Duration? holdFor = null,
        Duration? within = null,
        ProofStrength minStrength = ProofStrength.Mac) =>
        this with
        {
            Proof = new RequiredProof(kind) { MinStrength = minStrength, Within = within },
            Hold = holdFor ?? Hold,
        };

    /// <summary>
    /// The clause for whose outcomes the host's own word is enough, that they happened and what they are worth: nothing
    /// is signed.
    /// </summary>
    /// <param name="kind">What the host has to say, such as <c>order-paid</c>.</param>
    /// <param name="holdFor">How long the earning is held; null leaves the hold as it is.</param>
    /// <param name="within">
    /// How long the outcome waits for that word before it is rejected; null waits for ever.
    /// </param>
    public ClauseDraft TrustingHost(EvidenceKind kind, Duration? holdFor = null, Duration? within = null) =>
        this with
        {
            Proof = ProofPolicy.TrustHost(kind, within),
            Hold = holdFor ?? Hold,
        };

    /// <summary>The clause with a hold: its earnings are payable so long after the outcome occurred.</summary>
    /// <param name="hold">How long.</param>
    public ClauseDraft HeldFor(Duration hold) => this with { Hold = hold };

    /// <summary>The clause whose earnings are payable from a time after the end of their period on.</summary>
    /// <param name="months">How many months after the end of the period.</param>
    /// <param name="days">How many days after that.</param>
    /// <param name="per">The period, a month by default.</param>
    public ClauseDraft LockedAfter(int months, int days = 0, PeriodUnit per = PeriodUnit.Month) =>
        this with { Locking = new(per, months, days) };

    /// <summary>The clause for some partners of the contract only.</summary>
    /// <param name="partners">The partners.</param>
    public ClauseDraft For(params ReadOnlySpan<string> partners)
    {
        List<PartnerId> named = [];
        foreach (string partner in partners)
        {
            named.Add(new(partner));
        }

        return this with { Partners = named.ToValueList() };
    }

    /// <summary>The clause for outcomes that follow their parent within a window.</summary>
    /// <param name="window">How long after the parent an outcome counts.</param>
    public ClauseDraft WithinOfParent(LookbackWindow window) => this with { Within = window };

    /// <summary>The clause for outcomes for which a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    public ClauseDraft If(Condition condition) => this with { When = condition };

    /// <summary>The clause with what of an order it pays on.</summary>
    /// <param name="commissionable">Which parts are in or out, and which articles are excluded.</param>
    public ClauseDraft PaidOn(CommissionableAmount commissionable) => this with { Commissionable = commissionable };

    /// <summary>The clause with another policy for corrections.</summary>
    /// <param name="policy">The policy.</param>
    public ClauseDraft Correcting(CorrectionPolicy policy) => this with { Corrections = policy };

    /// <summary>The clause with a schedule of how much is taken back when.</summary>
    /// <param name="schedule">The schedule.</param>
    public ClauseDraft TakenBackBy(ClawbackSchedule schedule) => this with { Clawback = schedule };

    /// <summary>The clause with what the buyer's grades mean.</summary>
    /// <param name="grades">What each grade means.</param>
    public ClauseDraft GradedBy(GradeTerms grades) => this with { Grades = grades };

    /// <summary>The clause with another rounding.</summary>
    /// <param name="mode">Where a digit that does not fit goes.</param>
    /// <param name="at">When amounts are rounded.</param>
    public ClauseDraft Rounded(RoundingMode mode, RoundAt at = RoundAt.Outcome) =>
        this with { Rounding = new(mode, at) };

    /// <summary>The clause with another tally.</summary>
    /// <param name="tally">What is counted together.</param>
    public ClauseDraft TalliedBy(TallyTerms tally) => this with { Tally = tally };

    /// <summary>The clause with a tally that begins anew after each period.</summary>
    /// <param name="per">The period.</param>
    /// <param name="scope">Whose outcomes count together; the partner's by default.</param>
    public ClauseDraft TalliedPer(PeriodUnit per, TallyScope scope = TallyScope.Partner) =>
        this with { Tally = Tally with { Per = per, Scope = scope } };

    /// <summary>The clause with one more limit.</summary>
    /// <param name="limit">The limit.</param>
    public ClauseDraft LimitedTo(Limit limit) => this with { Limits = Limits.Add(limit) };

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Value("outcome", Outcome);
        terms.Values("partners", Partners);
        terms.Value("within", Within);
        terms.Terms("when", When);
        terms.Terms("commissionable", Commissionable);
        terms.Terms("pays", Pays);
        terms.Terms("proof", Proof == ProofPolicy.None ? null : Proof);
        terms.Value<DurationText>("hold", terms.IsWalk ? Duration.Zero : Hold, Duration.Zero);
        terms.Terms("locking", Locking);
        terms.Enum("corrections", Corrections, CorrectionPolicy.Proportional);
        terms.Terms("clawback", Clawback);
        terms.Terms("grades", Grades);
        if (Rounding != default)
        {
            terms.Terms("rounding", Rounding);
        }

        terms.Terms("tally", Tally == TallyTerms.Default ? null : Tally);
        terms.List("limits", Limits);
    }
}
