using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Workflows;

/// <summary>Takes outcomes that are due, page by page, and decides each as of when it was due.</summary>
/// <remarks>
/// Of all that is due always the first is decided, also when it became so by the decision before: so neither the pages
/// nor a call that broke off make a difference, since the index says the same to whoever goes on.
/// </remarks>
internal sealed class DueTurn(ConversionTurn turn, IDueOutcomes due)
{
    // Nothing is due before it.
    private static readonly DueOutcome Beginning = new(new("0"), ContractCalendar.Earliest);

    private readonly Campaign campaign = turn.Campaign;
    private readonly List<ConversionReport> reports = [];

    // What the index says as far as it was read, without what has no instant yet, and in the order of decisions.
    private readonly Dictionary<OutcomeId, OpenOutcome> known = [];
    private readonly SortedSet<OpenOutcome> open = [];
    private DueOutcome? readTo;
    private bool isReadToEnd;

    public async ValueTask<DueReport> ReviewAsync(
        Instant asOf, int count, DueOutcome? after, CancellationToken cancellationToken)
    {
        readTo = after;
        int found = 0;
        while (true)
        {
            while (!isReadToEnd && (found < count || open.Count > 0) && !IsFirstRead())
            {
                // Others may have been due before the rate came that the first waited for: they are read on to.
                int room = found < count ? count - found : count;
                ValueList<DueOutcome> page = await due
                    .FindAsync(campaign.Id, asOf, readTo, room, cancellationToken).ConfigureAwait(false);
                found += page.Count;
                readTo = page.Count > 0 ? page[^1] : readTo;
                isReadToEnd = page.Count < room;
                await OpenAsync(page, asOf, cancellationToken).ConfigureAwait(false);
            }

            if (open.Count == 0)
            {
                return new(reports.ToValueList(), isReadToEnd ? null : readTo ?? Beginning);
            }

            OpenOutcome next = open.Min;
            Close(next.Due.Outcome);
            await DecideAsync(next, asOf, cancellationToken).ConfigureAwait(false);
        }
    }

    // Whether nothing that was not read yet comes before the first.
    private bool IsFirstRead() =>
        open.Count > 0 && readTo is { } last && open.Min.CompareTo(new(last.At, last.At, last)) <= 0;

    private async ValueTask DecideAsync(OpenOutcome next, Instant asOf, CancellationToken cancellationToken)
    {
        ConversionRequest review = ConversionRequest.Review(next.Due.Outcome, next.When) with { Found = next.Due };
        (ConversionReport report, ValueList<DueOutcome> turns) =
            await turn.DecideAloneAsync(review, due, cancellationToken).ConfigureAwait(false);
        if (report.Records.Count > 0 || report.Promoted.Count > 0)
        {
            reports.Add(report);
        }

        List<DueOutcome> unsure = [];
        foreach (OutcomeState state in report.Promoted.Where(static r => r.Records.Count > 0).Append(report)
            .Select(static r => r.State))
        {
            bool isAsBefore = report.Records.Count == 0 && state.DueAt == next.Due.At;
            Close(state.Id);
            if (!isAsBefore && state.DueAt is { } again && again <= asOf)
            {
                Change(new(state.Id, again), state.AwaitsRate ? unsure : null);
            }
        }

        foreach (DueOutcome later in turns.AsEnumerable())
        {
            Change(later, report.Answer == DecisionAnswer.Replayed ? unsure : null);
        }

        if (unsure.Count > 0)
        {
            await OpenAsync(unsure.ToValueList(), asOf, cancellationToken).ConfigureAwait(false);
        }
    }

    // The index has one instant for each: who is let go on is not due as before. What stands after the last page is in
    // the next one.
    private void Change(DueOutcome changed, List<DueOutcome>? unsure)
    {
        Close(changed.Outcome);
        if (!isReadToEnd && !(changed <= readTo))
        {
            return;
        }

        if (unsure is null)
        {
            Open(new(changed.At, changed.At, changed));
        }
        else
        {
            unsure.Add(changed);
        }
    }

    private void Open(OpenOutcome opened)
    {
        Close(opened.Due.Outcome);
        known.Add(opened.Due.Outcome, opened);
        open.Add(opened);
    }

    private void Close(OutcomeId outcome)
    {
        if (known.Remove(outcome, out OpenOutcome before))
        {
            open.Remove(before);
        }
    }

    // What waits for a rate is due when the rate became known, and not at all while it is not. At one instant rates go
    // first, by who waits longest, and then the ids, as in the index: so pages make no difference.
    private async ValueTask OpenAsync(
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
        foreach (DueOutcome next in page.AsEnumerable())
        {
            bool awaitsRate = state.Find(next.Outcome) is { AwaitsRate: true } one && one.DueAt == next.At;
            OutcomeState? found = awaitsRate ? state.Find(next.Outcome) : null;
            Instant? when = found is null ? next.At : decider.DueOn(found);
            if (when is { } instant && instant <= asOf)
            {
                Open(new(instant, found is null ? instant : found.Decision!.DecidedAt, next));
            }
        }
    }

    /// <summary>An outcome that is to be decided.</summary>
    /// <param name="When">As of when.</param>
    /// <param name="Since">Since when it waits for a rate; the same when it waits for none.</param>
    /// <param name="Due">What the index says.</param>
    private readonly record struct OpenOutcome(Instant When, Instant Since, DueOutcome Due) : IComparable<OpenOutcome>
    {
        public int CompareTo(OpenOutcome other) => When != other.When ? When.CompareTo(other.When)
            : Since != other.Since ? Since.CompareTo(other.Since)
            : Due.CompareTo(other.Due);
    }
}
