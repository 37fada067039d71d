using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Workflows;

/// <content>Whom a call that broke off left waiting.</content>
internal sealed partial class ConversionTurn
{
    private const int NotedCount = 100;

    /// <summary>Whom decisions of an instant let go on, and nobody has decided since.</summary>
    /// <param name="outcomes">What was decided.</param>
    /// <param name="at">When that was decided.</param>
    /// <param name="asOf">The present.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async ValueTask<ValueList<DueOutcome>> LeftAsync(
        IEnumerable<OutcomeId> outcomes, Instant at, Instant asOf, CancellationToken cancellationToken) =>
        ports.Due is { } index
            ? await NotedAsync(index, at, cancellationToken).ConfigureAwait(false)
            : await LookAsync([], outcomes, asOf, [], cancellationToken).ConfigureAwait(false);

    /// <summary>What a store noted for one instant.</summary>
    /// <param name="index">What it noted.</param>
    /// <param name="at">The instant.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async ValueTask<ValueList<DueOutcome>> NotedAsync(
        IDueOutcomes index, Instant at, CancellationToken cancellationToken)
    {
        List<DueOutcome> noted = [];
        DueOutcome? after = ContractCalendar.Covers(at) ? new(new("0"), at - Duration.Epsilon) : null;
        ValueList<DueOutcome> page;
        do
        {
            page = await index.FindAsync(campaign.Id, at, after, NotedCount, cancellationToken).ConfigureAwait(false);
            noted.AddRange(page.Where(d => d.At == at));
            after = page.Count > 0 ? page[^1] : after;
        }
        while (page.Count == NotedCount);

        return noted.ToValueList();
    }

    private ValueTask<ValueList<DueOutcome>> LookAsync(
        ConversionReport known, Instant asOf, CancellationToken cancellationToken) =>
        LookAsync([known.State.Id], known.State.ReleasedChildren, asOf, [.. known.Due], cancellationToken);

    // Without a store that notes it: whoever stands beside what is known of outcomes. A call that broke off may have
    // decided children, and not theirs: a repetition goes down to whoever waits still.
    private async ValueTask<ValueList<DueOutcome>> LookAsync(
        HashSet<OutcomeId> seen,
        IEnumerable<OutcomeId> outcomes,
        Instant asOf,
        HashSet<OutcomeId> due,
        CancellationToken cancellationToken)
    {
        Queue<OutcomeId> next = new(outcomes);
        while (next.TryDequeue(out OutcomeId id))
        {
            if (seen.Add(id))
            {
                var look = ConversionRequest.Look(id, asOf);
                ConversionReport child = await CommitAsync(look, [], cancellationToken).ConfigureAwait(false);
                due.UnionWith(child.Due);
                foreach (OutcomeId released in child.State.ReleasedChildren)
                {
                    next.Enqueue(released);
                }
            }
        }

        return [.. due.Select(d => new DueOutcome(d, asOf))];
    }
}
