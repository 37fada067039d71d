using NodaTime;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>One version of a contract: who pays whom, for what, on what proof. Immutable and never wrong.</summary>
/// <remarks>
/// Only <see cref="ContractDraft.Build"/> makes one. Two contracts are equal when their terms are. Thread-safe.
/// </remarks>
public sealed class Contract : IEquatable<Contract>
{
    /// <summary>The most partners of one contract.</summary>
    public const int PartnerCountMax = 10_000;

    /// <summary>The most clauses of one contract.</summary>
    public const int ClauseCountMax = 1_000;

    /// <summary>The most days of notice.</summary>
    public const int NoticeDaysMax = 3_650;

    /// <summary>The longest hold, in days.</summary>
    public const int HoldDaysMax = 3_650;

    /// <summary>The most limits of one contract, and of each of its clauses.</summary>
    public const int LimitCountMax = 20;

    private readonly ContractDraft draft;
    private readonly HashSet<PartnerId> partners;

    internal Contract(ContractDraft draft)
    {
        this.draft = draft;
        partners = [.. draft.Partners];
        Calendar = ContractCalendar.In(draft.Zone);
        Rights = new(draft, Calendar, partners);
        CallsWhen = draft.Calls?.When?.Compile(Calendar.Zone);
        Clauses = [.. draft.Clauses.Select(c => new Clause(c, Calendar, draft.Limits, MeasuresOf(draft, c.Id)))];
        AsksForAmounts = Clauses.Any(static c => c.AsksForAmount);
        Periods = [.. draft.Periods.Select(p => new PeriodClause(p, draft.Partners))];
        Digest = TermDigest.Of(TermNode.Of(draft));
        if (draft.Effective is { } dates)
        {
            Start = Calendar.StartOf(dates.From);
            End = dates.To is { } to ? Calendar.StartOf(to) : Instant.MaxValue;
        }
        else
        {
            (Start, End) = (Instant.MinValue, Instant.MaxValue);
        }
    }

    /// <summary>The contract's name.</summary>
    public ContractId Id => draft.Id;

    /// <summary>The version of the terms.</summary>
    public int Version => draft.Version;

    /// <summary>Who pays.</summary>
    public PartyId Payer => draft.Payer;

    /// <summary>Who is paid, in the order of the draft.</summary>
    public ValueList<PartnerId> Partners => draft.Partners;

    /// <summary>
    /// The partners whose results the contract pays its own partner for; empty when it pays for its partners' results.
    /// </summary>
    public ValueList<PartnerId> Downline => draft.Downline;

    /// <summary>Whether the contract pays for what its downline brings, and for nothing else.</summary>
    public bool IsOverride => draft.Downline.Count > 0;

    /// <summary>
    /// Whether the contract pays its partner for having taken part in journeys that others won, and for nothing else.
    /// </summary>
    public bool Assists => draft.Assists;

    /// <summary>Whether the contract pays partners by the credit they got.</summary>
    internal bool PaysCredit => draft is { Assists: false, Downline.Count: 0 };

    /// <summary>Which of the clauses that apply pay.</summary>
    public Precedence Precedence => draft.Precedence;

    /// <summary>What happens when the payer is not paid for the outcome itself.</summary>
    public UpstreamPolicy Upstream => draft.Upstream;

    /// <summary>The currency of all amounts.</summary>
    public Currency Currency => draft.Currency;

    /// <summary>How what is in another currency is converted; null when it is not.</summary>
    public ConversionTerms? Conversion => draft.Conversion;

    /// <summary>The contract's calendar: where its days and months begin.</summary>
    public ContractCalendar Calendar { get; }

    /// <summary>The clauses, in the order of the draft.</summary>
    public ValueList<Clause> Clauses { get; }

    /// <summary>Whether the condition of a clause asks what the clause pays on.</summary>
    internal bool AsksForAmounts { get; }

    /// <summary>How what is owed is settled.</summary>
    public SettlementTerms Settlement => draft.Settlement ?? SettlementTerms.Default;

    /// <summary>The greatest part of a period's results that may be taken back; null means no limit.</summary>
    public ReversalLimit? ReversalLimit => draft.ReversalLimit;

    /// <summary>How delivery statuses of messages and calls are read.</summary>
    public ValueList<DeliveryTerms> Deliveries => draft.Deliveries;

    /// <summary>How invalid traffic is filtered; null when none is.</summary>
    public TrafficTerms? Traffic => draft.Traffic;

    /// <summary>Which telephone calls count; null when clauses and their proofs say all of it.</summary>
    public CallTerms? Calls => draft.Calls;

    /// <summary>
    /// What the payer owes the platform on top of what it owes partners, as a part of that; null for nothing.
    /// </summary>
    public Percentage? PlatformFee => draft.PlatformFee;

    /// <summary>What is paid for when payer and payee count differently; null when only one counts.</summary>
    public DiscrepancyProtocol? Discrepancy => draft.Discrepancy;

    /// <summary>What an order for advertising says beside the prices; null when there is none.</summary>
    public InsertionOrder? InsertionOrder => draft.InsertionOrder;

    /// <summary>The programme by which the partner was enrolled; null when there is none.</summary>
    public ProgrammeCitation? Programme => draft.Programme;

    /// <summary>What is paid for periods when they close, in the order of the draft.</summary>
    public ValueList<PeriodClause> Periods { get; }

    /// <summary>The limits on what all clauses pay together; those of one clause are with the clause.</summary>
    public ValueList<Limit> Limits => draft.Limits;

    /// <summary>How the evidence of the contract's outcomes is read.</summary>
    public ValueList<ClaimField> Claims => draft.Claims;

    /// <summary>The digest of the terms' canonical form; every earning names it.</summary>
    public Digest Digest { get; }

    /// <summary>Which outcomes this version leaves to the version before it.</summary>
    public Grandfathering Grandfathering => draft.Grandfathering;

    /// <summary>The agreed days of notice; null when none are agreed.</summary>
    public int? NoticeDays => draft.NoticeDays;

    /// <summary>What is still paid after the contract's end.</summary>
    public TailTerms Tail => draft.Tail;

    /// <summary>The first instant at which the contract is in force.</summary>
    public Instant Start { get; }

    /// <summary>The first instant at which it is in force no more.</summary>
    public Instant End { get; }

    /// <summary>What the contract permits, and what it reserves for its partners.</summary>
    internal ContractRights Rights { get; }

    /// <summary>Which calls the contract accepts by time, number and place; null when all.</summary>
    internal CompiledCondition? CallsWhen { get; }

    // The facts that the hours, numbers and places of calls are told by.
    internal ValueList<string> CallFacts => field ??= Clause.FactsOf(draft.Calls?.When);

    /// <summary>Whether two contracts have the same terms.</summary>
    public static bool operator ==(Contract? left, Contract? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether two contracts have different terms.</summary>
    public static bool operator !=(Contract? left, Contract? right) => !(left == right);

    /// <summary>Whether the contract is in force at an instant.</summary>
    /// <param name="at">The instant.</param>
    public bool IsInForce(Instant at) => Start <= at && at < End;

    /// <summary>Whether the contract pays a partner.</summary>
    /// <param name="partner">The partner.</param>
    public bool Names(PartnerId partner) => partners.Contains(partner);

    /// <summary>The period in which a clause tallies what happened or was decided at an instant.</summary>
    /// <param name="clause">One of the contract's clauses.</param>
    /// <param name="at">The instant, by the clock of the clause's tally.</param>
    public CalendarPeriod TallyPeriodOf(Clause clause, Instant at)
    {
        ArgumentNullException.ThrowIfNull(clause);
        return clause.Tally switch
        {
            { Per: PeriodUnit.Rolling, RollingDays: { } days } => Calendar.Rolling(days, at),
            { Per: PeriodUnit.Flight } when draft.Effective is { } dates => Calendar.Flight(dates),
            { Per: var unit } => Calendar.Containing(unit, at),
        };
    }

    /// <summary>The first clause that applies; null when none does.</summary>
    /// <remarks>What <see cref="ClauseChoice"/> says when the first match pays, without its explanation.</remarks>
    /// <param name="subject">The outcome and the partner.</param>
    public Clause? FindClause(in ClauseSubject subject)
    {
        foreach (Clause clause in Clauses)
        {
            if (clause.AppliesTo(subject))
            {
                return clause;
            }
        }

        return null;
    }

    /// <summary>The clause with a name; null when there is none.</summary>
    /// <param name="id">The clause's name.</param>
    public Clause? FindClause(ClauseId id)
    {
        foreach (Clause clause in Clauses)
        {
            if (clause.Id == id)
            {
                return clause;
            }
        }

        return null;
    }

    /// <summary>The terms as a draft, to amend or to write.</summary>
    public ContractDraft ToDraft() => draft;

    /// <inheritdoc/>
    public bool Equals(Contract? other) => other is not null && Digest == other.Digest;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Contract);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode();

    /// <summary>Name and version.</summary>
    public override string ToString() => $"{Id} v{Version}";

    // What clauses of periods measure of the outcomes of a clause.
    private static IEnumerable<Measure> MeasuresOf(ContractDraft draft, ClauseId clause) => draft.Periods
        .Where(p => p.Pays.NamedClauses.Count == 0 || p.Pays.NamedClauses.Contains(clause))
        .SelectMany(static p => p.Pays.Measures);
}
