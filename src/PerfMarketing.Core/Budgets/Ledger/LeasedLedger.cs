using System.Collections.Concurrent;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>
/// A ledger on one of many nodes: it leases parts of the budgets from a pool and gives reservations out of them.
/// </summary>
/// <remarks>
/// <para>
/// Most reservations are answered without asking the pool. It is told of them in batches: before anything else is asked
/// of it, from half of a lease's time on, and by <see cref="ExpireAsync"/>, which a host calls several times within the
/// time of a lease. What does not fit into a lease is asked of the pool, after this node gave back what lies idle.
/// </para>
/// <para>
/// A crash loses what the pool was not told: the leases hold their room until they expire, and a result that comes
/// later is a commit without a reservation. Two nodes that are asked for one id both say that it is set aside; it
/// counts once. A line that is paused, or whose limit is lowered, gives out what is leased until the leases expire. A
/// limit that cuts payments counts the leases of others as used.
/// </para>
/// <para>
/// Ids are remembered until their reservations expire: give them an expiry. Those of commits, releases and reversals
/// are for the time of a lease.
/// </para>
/// </remarks>
public sealed partial class LeasedLedger : IBudgetLedger, IDisposable
{
    private readonly IBudgetLedger pool;
    private readonly LeaseTerms terms;
    private readonly LedgerTree tree;
    private readonly SemaphoreSlim asking = new(1, 1);
    private readonly ConcurrentDictionary<ValueList<BudgetId>, LeaseChunk> chunks = [];
    private readonly ConcurrentDictionary<ReservationId, byte> known = [];
    private readonly PriorityQueue<ReservationId, Instant> forgetting = new();
    private Instant latest = Instant.MinValue;
    private Instant forgotten = NodaConstants.UnixEpoch;
    private long leaseCount;

    /// <summary>A ledger of a node.</summary>
    /// <param name="pool">The ledger of all nodes.</param>
    /// <param name="plan">The pool's plan.</param>
    /// <param name="terms">How parts are leased.</param>
    public LeasedLedger(IBudgetLedger pool, BudgetPlan plan, LeaseTerms terms)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(terms);
        this.pool = pool;
        this.terms = terms;
        tree = new(plan);
    }

    /// <summary>How many ids and periods are remembered.</summary>
    internal int RememberedCount => known.Count + tree.Lines.Sum(static l => l.WindowCount);

    /// <inheritdoc/>
    public async ValueTask<ValueList<LedgerDecision>> ApplyAsync(
        ValueList<LedgerRequest> requests, Instant asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        cancellationToken.ThrowIfCancellationRequested();
        var decisions = new LedgerDecision[requests.Count];
        for (int i = 0; i < decisions.Length; i++)
        {
            decisions[i] = requests[i] is LedgerRequest.Reserve reserve && TryGrant(reserve, asOf) is { } granted
                ? granted
                : await AskAsync(requests[i], asOf, cancellationToken).ConfigureAwait(false);
        }

        return ValueList.Create<LedgerDecision>(decisions);
    }

    /// <inheritdoc/>
    /// <remarks>Also tells the pool what was given out, and gives back leases of which half the time is over.</remarks>
    public async ValueTask<int> ExpireAsync(Instant asOf, CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            latest = Instant.Max(latest, asOf);
            await TellAsync(null, cancellationToken).ConfigureAwait(false);
            await GiveBackAsync(static (chunk, now) => chunk.IsDue(now), cancellationToken).ConfigureAwait(false);
            while (forgetting.TryPeek(out ReservationId id, out Instant at) && at <= asOf)
            {
                forgetting.Dequeue();
                known.TryRemove(id, out _);
            }

            if (latest - forgotten >= terms.Ttl)
            {
                forgotten = latest;
                tree.Forget(latest, static window => window.TryRetire(window.Stamp));
            }

            return await pool.ExpireAsync(asOf, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            asking.Release();
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Gives back what lies idle first, so that what is read was promised; a host that reads often asks the pool.
    /// </remarks>
    public async ValueTask<ValueList<BudgetSnapshot>> ReadAsync(
        ValueList<BudgetId> budgets, Instant at, CancellationToken cancellationToken)
    {
        await ReturnAsync(Instant.MinValue, cancellationToken).ConfigureAwait(false);
        return await pool.ReadAsync(budgets, at, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells the pool what was given out, and gives back all leases: before the node stops.</summary>
    /// <param name="asOf">The present.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask ReturnAsync(Instant asOf, CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            latest = Instant.Max(latest, asOf);
            await GiveBackAsync(static (_, _) => true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>Frees what the object itself holds; leases are given back by <see cref="ReturnAsync"/>.</summary>
    public void Dispose() => asking.Dispose();

    // Without asking the pool; null when it has to be asked.
    private LedgerDecision? TryGrant(LedgerRequest.Reserve request, Instant asOf)
    {
        if (request.From is not null || request.Expires <= asOf || request.Amount.MinorUnits < 0 || request.Count < 0
            || request.Id.IsUnset || !chunks.TryGetValue(request.Budgets, out LeaseChunk? chunk)
            || request.Amount.Currency != tree.Currency)
        {
            return null;
        }

        LedgerUnits units = new(request.Amount.MinorUnits, request.Count);
        lock (chunk.Gate)
        {
            if (known.ContainsKey(request.Id) || !chunk.TryTake(request, units, asOf, out long headroom))
            {
                return null;
            }

            // Of two that ask with one id on different lines, one asks the pool.
            if (known.TryAdd(request.Id, 0))
            {
                return new()
                {
                    Id = request.Id,
                    Requested = request.Amount,
                    Amount = request.Amount,
                    Headroom = headroom,
                };
            }

            chunk.Undo(units);
            return null;
        }
    }
}
