using System.Collections.Concurrent;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Budgets.Windows;
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
/// entries make the same ledger again, with the limits that were changed and what is expected in flight.
/// </para>
/// </remarks>
public sealed partial class BudgetLedger : IBudgetLedger
{
    private readonly Currency currency;
    private readonly LedgerTree tree;
    private readonly Lock changing = new();
    private readonly ConcurrentDictionary<ReservationId, LedgerSlot> slots = [];

    /// <summary>A ledger of a plan.</summary>
    /// <param name="plan">A valid plan; with entries as it was at first, since changes of lines are entries.</param>
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
            LedgerRequest.Expect or LedgerRequest.ChangeLimit or LedgerRequest.Change => ChangeLine(request, asOf),
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
    /// <returns>
    /// How it stands at one instant of the call: on the day, where days share a window. Null when there is no such
    /// line.
    /// </returns>
    public BudgetSnapshot? Read(BudgetId budget, Instant at)
    {
        if (tree.Find(budget) is not { } line)
        {
            return null;
        }

        return line.Peek(at) is { } window
            ? window.Read()
            : new() { Budget = budget, Window = string.Empty, Limit = line.Terms.Units };
    }

    /// <summary>The limit of a line and all its changes; null when there is no such line.</summary>
    /// <param name="budget">The line.</param>
    public LimitHistory? LimitsOf(BudgetId budget) => tree.Find(budget)?.Limits;

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
