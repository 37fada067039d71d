using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>One payable outcome of a contract; part of a <see cref="Contract"/> and so never wrong.</summary>
public sealed partial class Clause
{
    private readonly ClauseDraft draft;
    private readonly CompiledCondition? when;
    private readonly HashSet<PartnerId>? partners;
    private readonly int terms;

    internal Clause(
        ClauseDraft draft,
        ContractCalendar calendar,
        ValueList<Limit> shared,
        IEnumerable<Measure>? periods = null)
    {
        this.draft = draft;
        Calendar = calendar;
        when = draft.When?.Compile(calendar.Zone);
        AsksForAmount = draft.When is { } condition && Asks(TermNode.Of(condition));
        partners = draft.Partners.Count > 0 ? [.. draft.Partners] : null;
        terms = TermsOf(draft.When) + (draft.Within is null ? 0 : 1);
        Legs = LegReferences.Of(draft);
        ReadsValue = DependsOnValue(draft.Pays);
        HasLimits = draft.Limits.Count > 0 || shared.Count > 0;
        NeedsHistory = draft.Pays.UsesHistory || draft.Tally.Scope == TallyScope.Customer
            || draft.Limits.Concat(shared).Any(static l => l.IsByCustomer);
        IsCumulative = draft.Pays.UsesTally || draft.Rounding.At == RoundAt.Period;
        TalliedFacts = [.. MeasuresOf(draft.Pays).Concat(periods ?? []).Where(static m => m.Kind == MeasureKind.Fact)
            .Select(static m => m.Name).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The clause's name.</summary>
    public ClauseId Id => draft.Id;

    /// <summary>The kind of outcome that is paid for.</summary>
    public OutcomeKind Outcome => draft.Outcome;

    /// <summary>For whom the clause is; for every partner of the contract when empty.</summary>
    public ValueList<PartnerId> Partners => draft.Partners;

    /// <summary>How long after its parent an outcome counts; null when the clause asks for no parent.</summary>
    public LookbackWindow? Within => draft.Within;

    /// <summary>What is paid.</summary>
    public PayoutModel Pays => draft.Pays;

    /// <summary>What proves the outcome.</summary>
    public ProofPolicy Proof => draft.Proof;

    /// <summary>How long after the outcome occurred an earning is held.</summary>
    public Duration Hold => draft.Hold;

    /// <summary>From when on an earning is payable by the calendar; null when only the hold counts.</summary>
    public Locking? Locking => draft.Locking;

    /// <summary>How corrections change what was paid.</summary>
    public CorrectionPolicy Corrections => draft.Corrections;

    /// <summary>Which part of what corrections take back is taken back; null means all of it.</summary>
    public ClawbackSchedule? Clawback => draft.Clawback;

    /// <summary>What the buyer's grades mean; null when no grade changes what is paid.</summary>
    public GradeTerms? Grades => draft.Grades;

    /// <summary>How and when amounts are rounded.</summary>
    public RoundingPolicy Rounding => draft.Rounding;

    /// <summary>What the clause counts together.</summary>
    public TallyTerms Tally => draft.Tally;

    /// <summary>
    /// The numeric facts that the clause tallies, because tiers or periods count or price them, in order.
    /// </summary>
    public ValueList<string> TalliedFacts { get; }

    /// <summary>
    /// Whether earnings are differences of a rounded running sum: a model reads the tally, or rounding is per period.
    /// </summary>
    public bool IsCumulative { get; }

    /// <summary>The contracts whose legs the payout measures.</summary>
    public ValueList<ContractId> Legs { get; }

    /// <summary>
    /// Whether the payout depends on the outcome's value, which then has to be in the contract's currency, or to be
    /// converted into it.
    /// </summary>
    public bool ReadsValue { get; }

    /// <summary>The limits on what the clause pays; those of the whole contract are with the contract.</summary>
    public ValueList<Limit> Limits => draft.Limits;

    /// <summary>Whether the clause, or the contract as a whole, has any limit.</summary>
    public bool HasLimits { get; }

    /// <summary>
    /// Whether earnings keep track of customers: a model reads what the customer brought before, or a limit counts by
    /// customer.
    /// </summary>
    public bool NeedsHistory { get; }

    /// <summary>The contract's calendar.</summary>
    internal ContractCalendar Calendar { get; }

    // A list of nothing but this clause.
    internal ValueList<Clause> Alone => field ??= [this];

    /// <summary>From when on an earning is payable, if it is decided before: after its hold and its locking.</summary>
    /// <param name="occurredAt">When the outcome occurred.</param>
    public Instant PayableAt(Instant occurredAt)
    {
        Instant held = occurredAt + Hold;
        return Locking is { } locking ? Instant.Max(held, locking.EndOf(occurredAt, Calendar)) : held;
    }

    /// <summary>When which part of a posted amount is payable; empty when it is not paid in instalments.</summary>
    /// <param name="amount">The amount as it is posted.</param>
    /// <param name="payableAt">When it would be payable at once.</param>
    public ValueList<Instalment> InstalmentsOf(Money amount, Instant payableAt) =>
        Pays is Drip drip ? drip.Schedule(amount, payableAt, Calendar) : [];

    internal bool HasTermsOf(Clause other) => draft == other.draft;

    private static IEnumerable<Measure> MeasuresOf(PayoutModel model) =>
        (model.ReadsTally ? model.Measures : []).Concat(model.Parts.SelectMany(static p => MeasuresOf(p.Model)));
}
