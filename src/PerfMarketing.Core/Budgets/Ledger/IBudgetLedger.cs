using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>Says whether more may be bought right now, for a tree of budgets and many callers at once.</summary>
/// <remarks>
/// <para>
/// Ordering: the requests of one call are decided one after the other, each by itself; between calls there is none. An
/// instant passed in is the present of the caller; it may be behind that of others.
/// </para>
/// <para>
/// Idempotency: a reservation's id is its key. What changed something is answered the same when it comes again; a
/// refusal leaves nothing behind, so that asking again is asking anew.
/// </para>
/// <para>
/// Consistency: checking and counting are one step over all lines of a reservation, the highest first: all or none.
/// Whatever the callers do at once, committed and reserved together never exceed a limit with its flex by a
/// reservation, and every answer is one that callers in some order, one after the other, would have got. What has
/// expired as of a call holds no room in it.
/// </para>
/// <para>
/// Reach: periods are kept for instants from <see cref="BudgetPlan.DaysBehindMax"/> days before the present to
/// <see cref="BudgetPlan.DaysAheadMax"/> days after it; others are refused with <see cref="LedgerReasons.TooFar"/>.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface IBudgetLedger
{
    /// <summary>Decides requests.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="asOf">The present.</param>
    /// <param name="cancellationToken">Stops waiting; the requests may be decided all the same.</param>
    /// <returns>A decision for each request, in their order.</returns>
    ValueTask<ValueList<LedgerDecision>> ApplyAsync(
        ValueList<LedgerRequest> requests, Instant asOf, CancellationToken cancellationToken);

    /// <summary>Frees what expired, and whatever else is due; called every few seconds.</summary>
    /// <param name="asOf">The present.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many reservations expired.</returns>
    ValueTask<int> ExpireAsync(Instant asOf, CancellationToken cancellationToken);

    /// <summary>How lines stand in their periods at an instant.</summary>
    /// <param name="budgets">The lines; those that are not in the plan are left out.</param>
    /// <param name="at">The instant whose periods are read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>For each line what stood at one instant of the call; lines need not be of one.</returns>
    ValueTask<ValueList<BudgetSnapshot>> ReadAsync(
        ValueList<BudgetId> budgets, Instant at, CancellationToken cancellationToken);
}
