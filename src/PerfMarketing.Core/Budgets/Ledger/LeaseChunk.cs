using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>
/// A lease of some lines that a node gives reservations out of, and which of them the pool does not know.
/// </summary>
internal sealed class LeaseChunk(ReservationId lease, LedgerUnits amount, LedgerWindows windows, Instant renewAt)
{
    private readonly List<LedgerRequest.Reserve> untold = [];
    private LedgerUnits left = amount;
    private bool isClosed;

    internal ReservationId Lease => lease;

    internal Lock Gate { get; } = new();

    /// <summary>Whether it is to be given back: from half of its time on.</summary>
    internal bool IsDue(Instant asOf) => asOf >= renewAt;

    /// <summary>Whether it gives out an amount, under the lock.</summary>
    internal bool TryTake(LedgerRequest.Reserve request, LedgerUnits units, Instant asOf, out long headroom)
    {
        headroom = left.Money;
        if (isClosed || IsDue(asOf) || !windows.Contains(request.At) || !left.Covers(units))
        {
            return false;
        }

        left -= units;
        untold.Add(request with { From = lease, PromisedAt = asOf });
        return true;
    }

    /// <summary>Puts back what was just taken, under the lock.</summary>
    internal void Undo(LedgerUnits units)
    {
        left += units;
        untold.RemoveAt(untold.Count - 1);
    }

    /// <summary>What the pool has to be told, in its order.</summary>
    internal ValueList<LedgerRequest.Reserve> Untold()
    {
        lock (Gate)
        {
            return untold.ToValueList();
        }
    }

    /// <summary>Nothing is given out any more.</summary>
    internal void Close()
    {
        lock (Gate)
        {
            isClosed = true;
        }
    }

    /// <summary>The pool answered; what it refused is there again.</summary>
    /// <remarks>
    /// What it knew already is not: an answer of before may have been lost, and then the pool took it out of the lease.
    /// </remarks>
    internal void Told(ValueList<LedgerRequest.Reserve> requests, ReadOnlySpan<LedgerDecision> answers)
    {
        lock (Gate)
        {
            untold.RemoveRange(0, requests.Count);
            for (int i = 0; i < requests.Count; i++)
            {
                if (!answers[i].IsDone)
                {
                    left += new LedgerUnits(requests[i].Amount.MinorUnits, requests[i].Count);
                }
            }
        }
    }
}
