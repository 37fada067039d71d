using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Simulation.Live;

/// <content>Months that are over are settled.</content>
internal sealed partial class LiveRun
{
    private LocalDate FirstMonth(Instant at)
    {
        // What is paid for periods is paid since the contracts began.
        LocalDate day = at.InUtc().Date.PlusMonths(-1);
        day = world.IsWide ? LocalDate.Min(day, world.Contracts.Min(static c => c.From)) : day;
        return new(day.Year, day.Month, 1);
    }

    // When a month is over everywhere.
    private Instant EndOf(LocalDate month) => world.Contracts
        .Max(c => DateTimeZoneProviders.Tzdb[c.Zone].AtStartOfDay(month.PlusMonths(1)).ToInstant());

    private void SettleMonth(LocalDate month)
    {
        ValueList<Statement>? statements = null;
        faults.MayBeStale = false;
        for (int i = 0; statements is null && i < 500; i++)
        {
            Finish([TryAsync(async () => statements = await settlement.SettleAsync(
                Id, new(month.Year, month.Month), now, default).ConfigureAwait(false))]);
        }

        faults.MayBeStale = true;
        if (statements is null)
        {
            violations.Add($"liveness: {month} was never settled");
            return;
        }

        watch.Compare(statements, month, now);
        Close(month, statements, isOver: true);
        RemitSome();
    }

    private void Close(LocalDate month, ValueList<Statement> statements, bool isOver)
    {
        settled.Add(month, statements);
        payouts.Take(statements);
        Invoice(statements);
        watch.Wide?.Close(statements, isOver ? month : null);
    }

    private void Invoice(ValueList<Statement> statements)
    {
        bool isWritten = !invoices.IsOn;
        int before = invoices.Count;
        for (int i = 0; i < 500 && !isWritten; i++)
        {
            Finish([TryAsync(async () => isWritten = await invoices.WriteAsync(statements).ConfigureAwait(false))]);
        }

        for (int i = invoices.Count - before; i > 0; i--)
        {
            counts.Hit(FaultKind.Taxed);
        }
    }
}
