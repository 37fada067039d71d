using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Workflows;

/// <content>Periods that are over are paid for before anything that comes in later takes the room.</content>
internal sealed partial class ConversionTurn
{
    /// <summary>Whether limits of money hold for what some contract pays for periods.</summary>
    public bool CapsPeriods => campaign.CapsPeriods.Count > 0;

    /// <summary>
    /// Closes the periods that are over of contracts whose limits hold for them, and before each what was due by then.
    /// </summary>
    /// <param name="asOf">The present.</param>
    /// <param name="decided">Gets what was decided of outcomes.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether there was any.</returns>
    public async ValueTask<bool> CloseFirstAsync(
        Instant asOf, List<ConversionReport> decided, CancellationToken cancellationToken)
    {
        Instant? closed = null;
        HashSet<DueOutcome> waiting = [];
        while (true)
        {
            (PeriodTurn Turn, Instant End)? next = await NextEndAsync(asOf, cancellationToken).ConfigureAwait(false);
            if (closed is { } through && next?.End != through)
            {
                // All periods that end at one instant close before what is due then.
                await FinishAsync(waiting, through, decided, cancellationToken).ConfigureAwait(false);
                waiting.Clear();
            }

            if (next is not { } period)
            {
                return closed is not null;
            }

            if (ports.Due is { } due && period.End != closed)
            {
                await ReviewDueAsync(due, period.End - Duration.Epsilon, decided, cancellationToken)
                    .ConfigureAwait(false);
            }

            closed = period.End;
            waiting.UnionWith(
                (await period.Turn.ClosePeriodsAsync(period.End, cancellationToken).ConfigureAwait(false))
                .Select(id => new DueOutcome(id, period.End)));
        }
    }

    // Whoever the end of periods let go on, with whatever else is due then.
    private async ValueTask FinishAsync(
        HashSet<DueOutcome> waiting, Instant end, List<ConversionReport> decided, CancellationToken cancellationToken)
    {
        if (ports.Due is { } due)
        {
            await ReviewDueAsync(due, end, decided, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            decided.AddRange(await ReviewAsync(waiting, cancellationToken).ConfigureAwait(false));
        }
    }

    // The first end of all contracts, as a batch takes them.
    private async ValueTask<(PeriodTurn Turn, Instant End)?> NextEndAsync(
        Instant asOf, CancellationToken cancellationToken)
    {
        (PeriodTurn Turn, Instant End)[] first = [];
        if (!ContractCalendar.Covers(asOf))
        {
            return null;
        }

        for (int i = 0; i < campaign.CapsPeriods.Count; i++)
        {
            PeriodTurn turn = new(campaign, campaign.CapsPeriods[i], ledger);
            if (await turn.NextEndAsync(asOf, cancellationToken).ConfigureAwait(false) is { } end
                && (first.Length == 0 || end < first[0].End))
            {
                first = [(turn, end)];
            }
        }

        return first.Length == 0 ? null : first[0];
    }

    private async ValueTask ReviewDueAsync(
        IDueOutcomes due, Instant asOf, List<ConversionReport> decided, CancellationToken cancellationToken)
    {
        DueTurn turn = new(this, due);
        DueOutcome? after = null;
        do
        {
            DueReport report = await turn
                .ReviewAsync(asOf, DueWorkflow.CountMax, after, cancellationToken).ConfigureAwait(false);
            decided.AddRange(report.Reports.SelectMany(static r => r.Promoted.Append(r)));
            after = report.Next;
            turn = new(this, due);
        }
        while (after is not null);
    }
}
