using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Primitives;

namespace PerfMarketing.Testing;

/// <summary>What several callers asked of a ledger at once, and what they were answered.</summary>
/// <remarks>
/// It is linearizable when there is one order of all requests, in which each that ended before another began comes
/// before it, so that one caller alone would have got the same answers. All such orders are tried.
/// </remarks>
internal sealed class LedgerHistory(Instant asOf, Func<Func<LedgerRequest, Instant, LedgerDecision>> alone)
{
    private readonly Lock gate = new();
    private readonly List<Call> calls = [];
    private long clock;

    /// <summary>Asks, and notes when it began and ended.</summary>
    public async Task<LedgerDecision> AskAsync(IBudgetLedger ledger, LedgerRequest request, CancellationToken token)
    {
        long began = Interlocked.Increment(ref clock);
        ValueList<LedgerDecision> answers = await ledger.ApplyAsync([request], asOf, token).ConfigureAwait(false);
        long ended = Interlocked.Increment(ref clock);
        lock (gate)
        {
            calls.Add(new(request, answers[0], began, ended));
        }

        return answers[0];
    }

    /// <summary>Fails when there is no such order.</summary>
    public void Check()
    {
        if (!Search(new bool[calls.Count], []))
        {
            IEnumerable<string> lines = calls.OrderBy(static c => c.Began).Select(static c =>
                $"{c.Began}-{c.Ended} {c.Request}: {c.Answer.Code ?? "done"} {c.Answer.Amount} {c.Answer.Binding}");
            throw new ScenarioFailedException(
                "What callers are answered at once is what one after the other would be.",
                "an order of all requests",
                "there is none",
                lines.ToValueList());
        }
    }

    /// <summary>Whether two answers say the same; of an admitted request the headroom is not compared.</summary>
    public static bool IsSame(LedgerDecision left, LedgerDecision right) =>
        left.Code == right.Code && left.Amount == right.Amount && left.Requested == right.Requested
        && left.IsRepeat == right.IsRepeat && left.Marks == right.Marks && left.Binding == right.Binding
        && (left.Code is not (BudgetReasons.Exhausted or LedgerReasons.ParentCap) || left.Headroom == right.Headroom);

    private bool Search(bool[] isDone, List<Call> order)
    {
        if (order.Count == calls.Count)
        {
            return true;
        }

        long firstEnd = calls.Where((_, i) => !isDone[i]).Min(static c => c.Ended);
        for (int i = 0; i < calls.Count; i++)
        {
            if (isDone[i] || calls[i].Began > firstEnd)
            {
                continue;
            }

            isDone[i] = true;
            order.Add(calls[i]);
            if (IsLastAnswered(order) && Search(isDone, order))
            {
                return true;
            }

            isDone[i] = false;
            order.RemoveAt(order.Count - 1);
        }

        return false;
    }

    private bool IsLastAnswered(List<Call> order)
    {
        Func<LedgerRequest, Instant, LedgerDecision> decide = alone();
        LedgerDecision last = null!;
        foreach (Call call in order)
        {
            last = decide(call.Request, asOf);
        }

        return IsSame(order[^1].Answer, last);
    }

    private sealed record Call(LedgerRequest Request, LedgerDecision Answer, long Began, long Ended);
}
