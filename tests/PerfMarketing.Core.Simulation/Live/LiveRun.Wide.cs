using NodaTime;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <content>What hosts do where terms are wide: they sweep what is due, and settle to the end.</content>
internal sealed partial class LiveRun
{
    private const int SweepCountMax = 200;
    private const int PageCount = 25;

    // Looked for by the watch, done by the timer: after a sweep that worked nothing is due any more.
    private void SweepUntil(Instant until)
    {
        for (int i = 0; violations.Count == 0 && watch.NextDue(until) is { } next; i++)
        {
            if (i == SweepCountMax)
            {
                violations.Add($"liveness: {next.Outcome}, due at {next.At}, stays so after sweeps until {until}");
                return;
            }

            DueOutcome? after = null;
            bool isWell;
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
            while (isWell && after is not null);
        }
    }

    // Periods that are over and no month has closed.
    private void CloseRest()
    {
        if (!world.IsWide || violations.Count > 0)
        {
            return;
        }

        NodaTime.LocalDate day = now.InUtc().Date;
        Finish([TryAsync(async () => await settlement
            .SettleAsync(Id, new(day.Year, day.Month), now, default).ConfigureAwait(false))]);
    }
}
