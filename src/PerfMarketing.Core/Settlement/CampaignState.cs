using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>The fold of a campaign's records: outcomes, tallies and budgets as they stand.</summary>
/// <remarks>
/// <see cref="CampaignDecider"/> applies what it decides to the state it was given; a caller whose commit fails drops
/// the state and folds the stored records again. A state may hold only the streams that a decision needs. Not
/// thread-safe.
/// </remarks>
public sealed partial class CampaignState
{
    private readonly OutcomeTable outcomes = new();
    private readonly Dictionary<OrderId, OutcomeId> orders = [];
    private readonly Dictionary<OrderId, OrderClaimed> taken = [];
    private readonly Dictionary<(BudgetId Budget, Instant Start), BudgetState> budgets = [];
    private readonly Dictionary<ContractId, Instant> closed = [];

    // Outcomes come mostly in order: the period of the one before is the period of the next.
    private readonly Dictionary<BudgetId, BudgetState> newest = [];

    // The outcome that changed last: while it is decided, it is asked for again and again.
    private OutcomeState? latest;

    // Whether that outcome is new, and nobody but the decider has seen it: then it takes what is decided as it is.
    private bool isUnseen;

    /// <summary>Begins without records.</summary>
    /// <param name="campaign">The campaign.</param>
    public CampaignState(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        Campaign = campaign;
        books = BooksOf(campaign);
        sharing = SharingOf(campaign);
        limitsReversals = campaign.Contracts.Any(static c => c.ReversalLimit is not null);
    }

    /// <summary>The campaign.</summary>
    public Campaign Campaign { get; }

    /// <summary>Every outcome that is known, in no order.</summary>
    public IReadOnlyCollection<OutcomeState> Outcomes
    {
        get
        {
            isUnseen = false;
            return outcomes;
        }
    }

    /// <summary>Adds a record to the state.</summary>
    /// <param name="record">The record; records of one outcome come in the order in which they were decided.</param>
    public void Apply(CampaignRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (ApplyBeside(record) || ApplyBooked(record) || ApplyToPeriods(record))
        {
            return;
        }

        CountEntry(record);
        OutcomeState? outcome = latest is { } last && last.Id == record.OutcomeId
            ? last
            : outcomes.Find(record.OutcomeId);
        if (outcome is null)
        {
            outcomes.Add(outcome = OutcomeState.Of(record));
            isUnseen = record is OutcomeReceived;
        }
        else if (!isUnseen || !ReferenceEquals(outcome, latest) || !outcome.TryTake(record))
        {
            outcomes.Set(outcome = outcome.With(record));
            isUnseen = false;
        }

        latest = outcome;
        if (record is EvidenceReceived proof)
        {
            Use(proof, outcome);
        }

        if (OrderOf(record) is { } order)
        {
            orders.TryAdd(order, record.OutcomeId);
        }
    }

    /// <summary>Gives an order to the outcome that claimed it first, whatever was applied before.</summary>
    internal void Claim(CampaignRecord first)
    {
        if (OrderOf(first) is { } order)
        {
            orders[order] = first.OutcomeId;
        }
    }

    // What closed statements paid as something else has its order all the same: nobody is paid for it again.
    private OrderId? OrderOf(CampaignRecord record)
    {
        Outcome? claiming = record switch
        {
            OutcomeReceived received => received.Outcome,
            ConflictReceived conflict when conflict.Original == default => conflict.Outcome,
            _ => null,
        };
        return claiming is null ? null : OutcomeReceived.ClaimOf(claiming, Campaign);
    }

    internal void Expect(int more) => outcomes.Expect(more);

    /// <summary>Adds an earning to what is known of its outcome, and counts it nowhere yet.</summary>
    internal void Know(Earning earning)
    {
        latest = Known(earning.OutcomeId).With(earning);
        isUnseen = false;
        outcomes.Set(latest);
    }

    /// <summary>Counts an earning that is known.</summary>
    internal void Add(Earning earning)
    {
        BookOf(earning.Contract)?.Apply(earning);
        CountEntry(earning);
    }

    /// <summary>Adds an outcome of which nothing was known, with what was decided of it and what it earned.</summary>
    /// <remarks>What applying its three records does.</remarks>
    internal OutcomeState Take(
        Outcome outcome, OutcomeState known, Earning earning, Counter counter, in Tally after)
    {
        BookOf(earning.Contract)?.Apply(earning);
        Add(known, outcome);
        counter.Set(after, earning.Amount.MinorUnits, earning.Amount.MinorUnits);
        counter.Note(earning.Terms);
        Remember(earning);
        NoteMember(earning);
        NotePosted(earning);
        if (limitsReversals)
        {
            NoteReversal(earning);
        }

        return known;
    }

    /// <summary>Adds an outcome of which nothing was known, and which nobody brought.</summary>
    internal OutcomeState Take(Outcome outcome, OutcomeState known)
    {
        Add(known, outcome);
        return known;
    }

    /// <summary>What is known of an outcome; null when nothing is.</summary>
    /// <param name="id">The outcome.</param>
    public OutcomeState? Find(OutcomeId id)
    {
        isUnseen = isUnseen && latest?.Id != id;
        return outcomes.Find(id);
    }

    /// <summary>The outcome that first claimed an order id; null when none did.</summary>
    /// <param name="order">The order id.</param>
    public OutcomeId? FindOrder(OrderId order) => orders.TryGetValue(order, out OutcomeId found) ? found : null;

    /// <summary>Which other campaign of the advertiser took an order; null when none did, as far as is known.</summary>
    /// <param name="order">The order id.</param>
    public OrderClaimed? FindTaken(OrderId order) =>
        taken.Count > 0 && taken.TryGetValue(order, out OrderClaimed? found) ? found : null;

    /// <summary>The state of a budget in the period that an instant falls in.</summary>
    /// <param name="budget">One of the campaign's budgets.</param>
    /// <param name="occurredAt">When the outcome occurred, or by which other instant the budget counts it.</param>
    public BudgetState BudgetOf(Budget budget, Instant occurredAt)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (newest.TryGetValue(budget.Id, out BudgetState? found) && found.Period.Contains(occurredAt))
        {
            return found;
        }

        CalendarPeriod period = Campaign.PeriodOf(budget, occurredAt);
        if (!budgets.TryGetValue((budget.Id, period.Start), out found))
        {
            found = new(budget, period);
            budgets.Add((budget.Id, period.Start), found);
        }

        return newest[budget.Id] = found;
    }

    /// <summary>
    /// Notes that a contract's statements are closed up to an instant: later decisions fall after it.
    /// </summary>
    /// <param name="contract">The contract.</param>
    /// <param name="through">The end of the last closed period.</param>
    public void Close(ContractId contract, Instant through) =>
        closed[contract] = Instant.Max(ClosedThrough(contract), through);

    /// <summary>The end of the last closed period of a contract; the beginning of time when none is closed.</summary>
    /// <param name="contract">The contract.</param>
    public Instant ClosedThrough(ContractId contract) => closed.GetValueOrDefault(contract, Instant.MinValue);

    internal IEnumerable<Instant> ClosedAfter(Instant at) => closed.Values.Where(end => end > at).Distinct().Order();

    internal OutcomeState Known(OutcomeId id) => latest is { } last && last.Id == id ? last
        : outcomes.Find(id) ?? new() { Id = id };

    private void Add(OutcomeState known, Outcome outcome)
    {
        outcomes.Add(known);
        if (outcome.OrderId is { } order && Campaign.Flies(outcome.At))
        {
            orders.TryAdd(order, outcome.Id);
        }

        (latest, isUnseen) = (known, false);
    }

    private void Apply(BudgetMoved moved)
    {
        foreach (Budget budget in Campaign.Budgets)
        {
            if (budget.Id == moved.Entry.Budget)
            {
                BudgetState counted = BudgetOf(budget, moved.CountsAt ?? moved.OccurredAt);
                counted.Apply(moved.Entry, moved.DecidedAt);
                NoteTurn(counted, moved);
            }
        }
    }

    // What is kept beside outcomes: the rooms of budgets and limits, which evidence has proven something, and what was
    // seen beside what.
    private bool ApplyBeside(CampaignRecord record)
    {
        switch (record)
        {
            case BudgetMoved moved:
                Apply(moved);
                return true;
            case LimitMoved limit:
                Apply(limit);
                return true;
            case EvidenceUsed used:
                Use(used);
                return true;
            case OrderClaimed claim:
                // What the campaign took itself stands in no way of its own outcomes.
                _ = claim.Campaign == Campaign.Id || taken.TryAdd(claim.Order, claim);
                return true;
            case TrafficSeen { Finding: var finding }:
                Traffic.Add(finding);
                return true;
            case TrafficCounted:
                // Statements add these up; decisions do not ask for them.
                return true;
            default:
                return false;
        }
    }

    private void CountEntry(CampaignRecord record)
    {
        switch (record)
        {
            case Earning earning:
                Count(earning);
                NoteMember(earning);
                Remember(earning);
                NoteCustomer(earning);
                NotePosted(earning);
                break;
            case Repricing repricing:
                Count(repricing);
                break;
            case Adjustment adjustment:
                Pay(adjustment);
                NoteInvalidated(adjustment);
                break;
            case Amendment amendment:
                Recount(amendment);
                break;
            default:
                break;
        }

        if (limitsReversals && record is LedgerEntry entry)
        {
            NoteReversal(entry);
        }
    }
}
