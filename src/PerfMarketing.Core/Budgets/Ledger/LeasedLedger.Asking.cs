using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <content>What is asked of the pool: by one caller at a time.</content>
public sealed partial class LeasedLedger
{
    private async ValueTask<LedgerDecision> AskAsync(LedgerRequest request, Instant asOf, CancellationToken token)
    {
        await asking.WaitAsync(token).ConfigureAwait(false);
        try
        {
            latest = Instant.Max(latest, asOf);
            if (request is not LedgerRequest.Reserve reserve)
            {
                Remember(request.Id, latest + terms.Ttl);
                return await TellAsync(request, token).ConfigureAwait(false) ?? throw Unanswered();
            }

            if (reserve.From is null && !known.ContainsKey(reserve.Id))
            {
                LedgerDecision? granted = TryGrant(reserve, asOf);
                if (granted is null && await LeaseAsync(reserve, token).ConfigureAwait(false))
                {
                    granted = TryGrant(reserve, asOf);
                }

                if (granted is not null)
                {
                    return granted;
                }
            }

            return await ReserveAsync(reserve, token).ConfigureAwait(false);
        }
        finally
        {
            asking.Release();
        }
    }

    // Of the pool itself; where it has no room, once more without what lies idle here.
    private async ValueTask<LedgerDecision> ReserveAsync(LedgerRequest.Reserve request, CancellationToken token)
    {
        LedgerDecision decision = await TellAsync(request, token).ConfigureAwait(false) ?? throw Unanswered();
        if (decision.Code is BudgetReasons.Exhausted or LedgerReasons.ParentCap && !chunks.IsEmpty)
        {
            await GiveBackAsync(static (_, _) => true, token).ConfigureAwait(false);
            decision = await TellAsync(request, token).ConfigureAwait(false) ?? throw Unanswered();
        }

        if (decision.IsDone)
        {
            Remember(request.Id, request.Expires);
        }

        return decision;
    }

    // Whether there is a new lease of the lines of a request, which has what it needs.
    private async ValueTask<bool> LeaseAsync(LedgerRequest.Reserve request, CancellationToken token)
    {
        if (!LedgerInstants.IsNear(request.At, latest) || tree.PathOf(request.Budgets, out _) is not { } path
            || path.Find(request.At, out _) is not { } windows)
        {
            return false;
        }

        if (chunks.TryGetValue(request.Budgets, out LeaseChunk? old))
        {
            await GiveBackAsync((chunk, _) => chunk == old, token).ConfigureAwait(false);
        }

        ValueList<BudgetSnapshot> read = await pool.ReadAsync(path.Ids, request.At, token).ConfigureAwait(false);
        LedgerUnits grant = new(
            Grant(request.Amount.MinorUnits, read, isCounted: false), Grant(request.Count, read, isCounted: true));
        LedgerRequest.Reserve lease = new(
            new($"{terms.Node}/{++leaseCount}"),
            request.Budgets,
            Money.FromMinor(grant.Money, tree.Currency),
            request.At)
        {
            Count = grant.Count,
            Expires = latest + terms.Ttl,
        };
        LedgerDecision? decision = await TellAsync(lease, token).ConfigureAwait(false);
        if (decision is not { IsDone: true, IsRepeat: false })
        {
            return false; // One that was there before may be used up: another start of the node had this name.
        }

        chunks[request.Budgets] = new(lease.Id, grant, windows, latest + (terms.Ttl / 2));
        return true;
    }

    private long Grant(long need, ValueList<BudgetSnapshot> read, bool isCounted)
    {
        long left = Money.MinorUnitsMax;
        foreach (BudgetSnapshot line in read)
        {
            if (tree.Find(line.Budget)!.Terms.IsCounted == isCounted)
            {
                left = Math.Min(left, line.Available);
            }
        }

        return terms.Grant(need, left);
    }

    // Tells the pool what was given out, and asks something after that in the same call.
    private async ValueTask<LedgerDecision?> TellAsync(LedgerRequest? request, CancellationToken token)
    {
        List<(LeaseChunk Chunk, ValueList<LedgerRequest.Reserve> Requests)> told = [];
        List<LedgerRequest> all = [];
        foreach (LeaseChunk chunk in chunks.Values)
        {
            ValueList<LedgerRequest.Reserve> untold = chunk.Untold();
            if (untold.Count > 0)
            {
                told.Add((chunk, untold));
                all.AddRange(untold);
            }
        }

        if (request is not null)
        {
            all.Add(request);
        }

        if (all.Count == 0)
        {
            return null;
        }

        ValueList<LedgerDecision> answers =
            await pool.ApplyAsync(all.ToValueList(), latest, token).ConfigureAwait(false);
        int first = 0;
        foreach ((LeaseChunk chunk, ValueList<LedgerRequest.Reserve> requests) in told)
        {
            chunk.Told(requests, answers.AsSpan().Slice(first, requests.Count));
            first += requests.Count;
            foreach (LedgerRequest.Reserve reserve in requests)
            {
                if (reserve.Expires is { } at)
                {
                    forgetting.Enqueue(reserve.Id, at);
                }
            }
        }

        return request is null ? null : answers[^1];
    }

    // Closes leases, tells what was given out of them, and frees the rest.
    private async ValueTask GiveBackAsync(Func<LeaseChunk, Instant, bool> choose, CancellationToken token)
    {
        List<KeyValuePair<ValueList<BudgetId>, LeaseChunk>> chosen =
            [.. chunks.Where(c => choose(c.Value, latest))];
        if (chosen.Count == 0)
        {
            return;
        }

        foreach ((_, LeaseChunk chunk) in chosen)
        {
            chunk.Close();
        }

        await TellAsync(null, token).ConfigureAwait(false);
        await pool.ApplyAsync(
            chosen.Select(static c => (LedgerRequest)new LedgerRequest.Release(c.Value.Lease)).ToValueList(),
            latest,
            token).ConfigureAwait(false);
        foreach (KeyValuePair<ValueList<BudgetId>, LeaseChunk> chunk in chosen)
        {
            chunks.TryRemove(chunk);
        }
    }

    private void Remember(ReservationId id, Instant? until)
    {
        if (known.TryAdd(id, 0) && until is { } at)
        {
            forgetting.Enqueue(id, at);
        }
    }

    private static InvalidOperationException Unanswered() => new("The pool did not answer a request.");
}
