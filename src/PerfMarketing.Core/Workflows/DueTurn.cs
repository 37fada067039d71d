using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Workflows;

/// <summary>Takes outcomes that are due, page by page, and decides each as of when it was due.</summary>
internal sealed class DueTurn(ConversionTurn turn, IDueOutcomes due)
{
    // Nothing is due before it.
    private static readonly DueOutcome Beginning = new(new("0"), ContractCalendar.Earliest);

    private readonly Campaign campaign = turn.Campaign;
    private readonly HashSet<DueOutcome> seen = [];
    private readonly List<ConversionReport> reports = [];

    public async ValueTask<DueReport> ReviewAsync(
        Instant asOf, int count, DueOutcome? after, CancellationToken cancellationToken)
    {
        DueOutcome? at = after;
        while (true)
        {
            // What was looked at and stays due is found again where a page begins anew.
            int room = count - seen.Count;
            ValueList<DueOutcome> page = await due
                .FindAsync(campaign.Id, asOf, at, room, cancellationToken).ConfigureAwait(false);
            ValueList<DueOutcome> fresh = [.. page.Where(seen.Add)];
            bool isOver = page.Count < room;
            bool isAgain = false;
            HashSet<OutcomeId> passed = [];
            foreach ((DueOutcome next, Instant when) in await OrderAsync(fresh, asOf, cancellationToken)
                .ConfigureAwait(false))
            {
                // Who was let go by another of the page is not due as the page says; if it is again, the index says so.
                isAgain |= passed.Contains(next.Outcome)
                    ? seen.Remove(next)
                    : await DecideAsync((next, when), asOf, passed, cancellationToken).ConfigureAwait(false);
            }

            if (!isAgain)
            {
                at = page.Count > 0 ? page[^1] : at;
                if (isOver)
                {
                    return new(reports.ToValueList(), null);
                }
            }
            else
            {
                // What a decision made due may come before the rest.
                at = after;
            }

            if (seen.Count >= count)
            {
                return new(reports.ToValueList(), at ?? Beginning);
            }
        }
    }

    // Whether something is due now that was not before.
    private async ValueTask<bool> DecideAsync(
        (DueOutcome Outcome, Instant When) found,
        Instant asOf,
        HashSet<OutcomeId> passed,
        CancellationToken cancellationToken)
    {
        (DueOutcome next, Instant when) = found;
        ConversionReport report = await turn.DecideAsync(
            ConversionRequest.Review(next.Outcome, when) with { Found = next }, cancellationToken)
            .ConfigureAwait(false);
        if (report.Records.Count > 0 || report.Promoted.Count > 0)
        {
            reports.Add(report);
        }

        passed.UnionWith(report.Promoted.Where(static r => r.Records.Count > 0).Select(static r => r.State.Id));
        return report.Promoted.Prepend(report)
            .Any(r => r.Records.Count > 0 && r.State is { AwaitsRate: false, DueAt: { } again } && again <= asOf);
    }

    // What waits for a rate is due when the rate became known, and not at all while it is not. At one instant rates go
    // first, by who waits longest, and then the ids, as in the index: so pages make no difference.
    private async ValueTask<List<(DueOutcome Due, Instant When)>> OrderAsync(
        ValueList<DueOutcome> page, Instant asOf, CancellationToken cancellationToken)
    {
        CampaignStreams streams = new(campaign, turn.Ledger);
        await streams.LoadAsync(
            page.Select(d => StreamId.OfOutcome(campaign.Id, d.Outcome)), cancellationToken).ConfigureAwait(false);
        CampaignState state = streams.Fold();
        Outcome[] waiting =
        [
            .. page.Select(d => state.Find(d.Outcome)).Where(static o => o is { AwaitsRate: true })
                .Select(static o => o!.Outcome!),
        ];
        CampaignDecider decider =
            await turn.DeciderAsync(waiting, state, asOf, cancellationToken).ConfigureAwait(false);
        List<(DueOutcome Due, Instant When, Instant Since)> ordered = [];
        foreach (DueOutcome next in page.AsEnumerable())
        {
            OutcomeState? known = state.Find(next.Outcome);
            Instant? when = known is { AwaitsRate: true } && known.DueAt == next.At ? decider.DueOn(known) : next.At;
            if (when is { } instant && instant <= asOf)
            {
                ordered.Add((next, instant, known is { AwaitsRate: true } ? known.Decision!.DecidedAt : instant));
            }
        }

        return
        [
            .. ordered.OrderBy(static d => d.When).ThenBy(static d => d.Since).ThenBy(static d => d.Due)
                .Select(static d => (d.Due, d.When)),
        ];
    }
}
