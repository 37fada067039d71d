using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <content>What hosts do where terms are wide: they sweep what is due, and settle to the end.</content>
internal sealed partial class LiveRun
{
    private const int SweepCountMax = 200;
    private const int PageCount = 25;

    // Looked for by the watch and in the index, done by the timer: after a sweep that worked nothing is due any more.
    private void SweepUntil(Instant until)
    {
        for (int i = 0; violations.Count == 0 && NextDue(until) is { } next; i++)
        {
            if (i == SweepCountMax)
            {
                violations.Add($"liveness: {next.Outcome}, due at {next.At}, stays so after sweeps until {until}");
                return;
            }

            Sweep(until);
        }
    }

    // What disturbs a call may leave somebody to the timer; a call that nothing disturbs leaves nobody.
    private void SweepAfterCall(Instant asOf)
    {
        if (world.IsWide && violations.Count == 0 && NextDue(asOf) is { } left)
        {
            violations.Require(
                faults.HasStruck, $"I21: {left.Outcome}, whose turn came at {left.At}, was left waiting at {asOf}");
            SweepUntil(asOf);
        }
    }

    private (string Outcome, Instant At)? NextDue(Instant until)
    {
        if (watch.NextDue(until) is { } waits)
        {
            return waits;
        }

        ValueList<DueOutcome> noted =
            Ledger.FindAsync(Id, until, null, 1, default).AsTask().GetAwaiter().GetResult();
        return noted.Count == 0 ? null : (noted[0].Outcome.Value, noted[0].At);
    }

    // To the end; a sweep that breaks off begins anew, so that whoever it left waiting goes on. What is only read is
    // not safe from reads that lag behind: whoever such a sweep passes over would come after those who are due later.
    private void Sweep(Instant until)
    {
        faults.MayBeStale = false;
        DueOutcome? after = null;
        bool isWell;
        int tries = 0;
        do
        {
            DueReport? report = null;
            DueOutcome? from = after;
            Finish([TryAsync(async () => report = await due
                .ReviewDueAsync(Id, until, PageCount, from, default).ConfigureAwait(false))]);
            isWell = report is not null;
            after = report?.Next;
            for (int k = report?.Reports.Count ?? 0; k > 0; k--)
            {
                counts.Hit(FaultKind.DueSweep);
            }
        }
        while ((!isWell && ++tries < WideTryCount) || after is not null);

        faults.MayBeStale = true;
    }

    // What a month took back gave room to whoever waits for it.
    private void SweepAfterMonth()
    {
        if (world.IsWide)
        {
            SweepUntil(now);
        }
    }

    // Periods that are over and no month has closed.
    private void CloseRest()
    {
        if (!world.IsWide || violations.Count > 0)
        {
            return;
        }

        // A month that is not over has statements of weeks and half-months that are.
        ValueList<Statement> statements = [];
        Finish([TryAsync(async () => statements = await settlement
            .SettleAsync(Id, new(nextMonth.Year, nextMonth.Month), now, default).ConfigureAwait(false))]);
        Close(nextMonth, [.. statements.Where(static s => s.IsClosed)], isOver: false);
    }
}
