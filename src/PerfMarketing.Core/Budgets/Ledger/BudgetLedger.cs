using System.Collections.Concurrent;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>A ledger of reservations in memory: it says whether more may be bought, for one process.</summary>
/// <remarks>
/// <para>
/// Amounts are counted by <see cref="BudgetCounter"/>, without a lock: one step for a single line; for several lines
/// one after the other from the highest down, and what was taken is given back when one refuses. Nobody sees what is
/// about to be given back: see <see cref="IBudgetLedger"/> for what holds under many threads. Reading is not delayed by
/// reservations that fail.
/// </para>
/// <para>
/// It has no clock and stores nothing: <see cref="Journal"/> is told of every request that changed something, and the
/// entries make the same ledger again. What is set by <see cref="Expect"/>, <see cref="ChangeLimit"/> and
/// <see cref="Change"/> is the host's, which knows it: set it again.
/// </para>
/// </remarks>
public sealed partial class BudgetLedger : IBudgetLedger
{
    private readonly Currency currency;
    private readonly LedgerTree tree;
    private readonly Lock changing = new();
    private readonly ConcurrentDictionary<ReservationId, LedgerSlot> slots = [];

    /// <summary>A ledger of a plan.</summary>
    /// <param name="plan">A valid plan.</param>
    /// <param name="entries">What happened before; null when nothing did. It is not journalled again.</param>
    /// <exception cref="ArgumentException">
    /// The plan is invalid, or an entry is of a line that is not in it or cannot follow those before it.
    /// </exception>
    public BudgetLedger(BudgetPlan plan, IEnumerable<LedgerEntry>? entries = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ValidationResult found = new BudgetPlanValidator().Validate(plan);
        if (!found.IsValid)
        {
            throw new ArgumentException(found.ToString(), nameof(plan));
        }

        currency = plan.Currency;
        tree = new(plan);
        foreach (LedgerEntry entry in entries ?? [])
        {
            Restore(entry);
        }

        FreeUndrawn();
    }

    /// <summary>
    /// Told of every change before the request that caused it is answered, by the thread that decides it and under the
    /// lock of its reservation; null when nobody wants to know.
    /// </summary>
    /// <remarks>
    /// What it throws reaches the caller. The change stands all the same and is not told again: make the ledger anew of
    /// the entries that were stored.
    /// </remarks>
    public Action<LedgerEntry>? Journal { get; init; }

    /// <summary>Decides one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="asOf">The present.</param>
    /// <exception cref="ArgumentException">An id is missing, an amount is negative or in another currency.</exception>
    /// <exception cref="OverflowException">More than 9 × 10^18 would be in use on a line; nothing changed.</exception>
    public LedgerDecision Decide(LedgerRequest request, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Id.IsUnset)
        {
            throw new ArgumentException("A reservation has an id.", nameof(request));
        }

        return request switch
        {
            LedgerRequest.Reserve reserve => Reserve(reserve, asOf),
            LedgerRequest.Commit commit => Commit(commit, asOf),
            LedgerRequest.Reverse reverse => Reverse(reverse, asOf),
            _ => Release(request.Id, asOf),
        };
    }

    /// <summary>Frees what expired.</summary>
    /// <param name="asOf">The present.</param>
    /// <returns>How many reservations expired by this call.</returns>
    public int Expire(Instant asOf) => Sweep(asOf);

    /// <summary>How a line stands in the period of an instant.</summary>
    /// <param name="budget">The line.</param>
    /// <param name="at">The instant.</param>
    /// <returns>How it stands at one instant of the call; null when there is no such line.</returns>
    public BudgetSnapshot? Read(BudgetId budget, Instant at)
    {
        if (tree.Find(budget) is not { } line)
        {
            return null;
        }

        return line.Find(at) is { } window
            ? window.Read()
            : new() { Budget = budget, Window = string.Empty, Limit = line.Terms.Units };
    }

    /// <summary>Sets what results that nothing was reserved for are expected to cost that are still to come.</summary>
    /// <remarks>It leaves less room for reservations, and none less for commits: these are what was expected.</remarks>
    /// <param name="budget">The line.</param>
    /// <param name="at">An instant of the period.</param>
    /// <param name="units">The amount in minor units or pieces; not negative.</param>
    /// <exception cref="ArgumentException">There is no such line, or it has no period then.</exception>
    public void Expect(BudgetId budget, Instant at, long units)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, BudgetCounter.AmountMax);
        WindowOf(budget, at).Expect(units);
    }

    /// <summary>Sets the limit, without flex, of one period alone, such as one that carries over.</summary>
    /// <param name="budget">The line, which has a limit.</param>
    /// <param name="at">An instant of the period.</param>
    /// <param name="units">
    /// The limit in minor units or pieces; not negative. Below what is in use it only stops.
    /// </param>
    /// <exception cref="ArgumentException">There is no such line, or it has no period then, or no limit.</exception>
    public void ChangeLimit(BudgetId budget, Instant at, long units)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, Money.MinorUnitsMax);
        LineWindow window = WindowOf(budget, at);
        if (window.Line.Terms.Units is null)
        {
            throw new ArgumentException("A line without a limit has none to change.", nameof(budget));
        }

        window.ChangeLimit(units);
    }

    /// <summary>Gives a line new terms from now on: its limit, flex, alerts, policies, or that it is paused.</summary>
    /// <remarks>What is in use stays, and a changed limit is that of all its periods.</remarks>
    /// <param name="line">
    /// The line with its new terms; id, scope, parent, kind of period and unit are as before.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There is no such line, or it is invalid or another; or lines of a partition would have more than their parent.
    /// </exception>
    public void Change(BudgetLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        LedgerLine known = LineOf(line.Id);
        BudgetLine before = known.Terms;
        BudgetLine same = before with
        {
            Limit = line.Limit,
            Count = line.Count,
            Flex = line.Flex,
            AtCap = line.AtCap,
            ReversalsGiveRoom = line.ReversalsGiveRoom,
            IsPaused = line.IsPaused,
            Alerts = line.Alerts,
        };
        if (same != line || line.IsCounted != before.IsCounted || line.Limit?.Currency != before.Limit?.Currency
            || !new BudgetLineValidator().Validate(line).IsValid)
        {
            throw new ArgumentException("A line keeps its place, its periods and what it counts.", nameof(line));
        }

        lock (changing)
        {
            if (!IsWithin(known.Parent?.Terms, line) || !IsWithin(line, line))
            {
                throw new ArgumentException("Lines of a partition have no more than their parent.", nameof(line));
            }

            known.Change(line);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ValueList<LedgerDecision>> ApplyAsync(
        ValueList<LedgerRequest> requests, Instant asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        cancellationToken.ThrowIfCancellationRequested();
        var decisions = new LedgerDecision[requests.Count];
        for (int i = 0; i < decisions.Length; i++)
        {
            decisions[i] = Decide(requests[i], asOf);
        }

        return new(ValueList.Create<LedgerDecision>(decisions));
    }

    /// <inheritdoc/>
    public ValueTask<int> ExpireAsync(Instant asOf, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Sweep(asOf));
    }

    /// <inheritdoc/>
    public ValueTask<ValueList<BudgetSnapshot>> ReadAsync(
        ValueList<BudgetId> budgets, Instant at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        cancellationToken.ThrowIfCancellationRequested();
        return new(budgets.AsEnumerable().Select(id => Read(id, at)).OfType<BudgetSnapshot>().ToValueList());
    }

    // Whether the parts of a partitioned line are within it when one line changes.
    private bool IsWithin(BudgetLine? whole, BudgetLine changed)
    {
        if (whole is not { Children: ChildBudgets.Partitioned })
        {
            return true;
        }

        IEnumerable<BudgetLine> parts = tree.Lines
            .Where(l => l.Terms.Parent == whole.Id)
            .Select(l => l.Terms.Id == changed.Id ? changed : l.Terms);
        return parts.Sum(static l => BudgetPlanValidator.Most(l)) <= BudgetPlanValidator.Most(whole);
    }

    private LedgerLine LineOf(BudgetId budget) => tree.Find(budget)
        ?? throw new ArgumentException($"There is no line '{budget}'.", nameof(budget));

    private LineWindow WindowOf(BudgetId budget, Instant at) => LineOf(budget).Find(at)
        ?? throw new ArgumentException($"The line '{budget}' has no period then.", nameof(at));

    private LedgerUnits Check(Money amount, long count)
    {
        if (amount.Currency != currency)
        {
            throw new CurrencyMismatchException(amount.Currency, currency);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(amount.MinorUnits, nameof(amount));
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Money.MinorUnitsMax);
        return new(amount.MinorUnits, count);
    }

    private Money Of(LedgerUnits units) => Money.FromMinor(units.Money, currency);
}
