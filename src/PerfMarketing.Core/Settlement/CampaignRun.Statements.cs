using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>What the run comes to, period by period.</content>
public sealed partial class CampaignRun
{
    // What contracts count of invalid traffic, beside the entries.
    private readonly List<TrafficCounted> counted = [];

    // Up to when each contract was closed by the statements that were restored.
    private readonly Dictionary<ContractId, Instant> closedBefore = [];

    /// <summary>The statements up to an instant; those that were restored are returned as they were.</summary>
    /// <param name="asOf">What is decided after this instant does not count.</param>
    /// <exception cref="StatementBoundsException">
    /// Statements are beyond <see cref="Money.MinorUnitsMax"/>; the others are in the exception.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Statements that count invalid traffic were restored, and the log was not handed in from its beginning: what
    /// changed since cannot be told.
    /// </exception>
    public ValueList<Statement> Statements(Instant asOf)
    {
        while (Flush(asOf) || turns.Count > 0)
        {
            Pass(asOf);
        }

        if (closed.Exists(s => s.Traffic is not null && s.To <= asOf))
        {
            CheckTraffic();
        }

        return StatementBook.BuildOnce(
            State.Campaign,
            counted.Count == 0 ? entries : entries.Concat<CampaignRecord>(counted),
            closed,
            asOf,
            c => closedBefore.GetValueOrDefault(c, Instant.MinValue));
    }

    // Statements name what earned, and of all others how many there were.
    private void CheckTraffic()
    {
        Dictionary<Instant, long> recorded = [];
        foreach (var own in closed.GroupBy(static s => (s.Contract, s.Partner)))
        {
            if (own.All(static s => s.Traffic is null))
            {
                continue;
            }

            Instant end = own.Max(static s => s.To);
            if (!recorded.TryGetValue(end, out long known))
            {
                known = State.Outcomes.LongCount(o => o.Outcome?.RecordedAt < end);
                recorded.Add(end, known);
            }

            decimal shown = own.Sum(static s => (decimal)(s.Traffic?.Gross.Outcomes ?? 0));
            if (own.SelectMany(static s => s.Lines).OfType<Earning>()
                    .Any(e => State.Find(e.OutcomeId)?.Outcome is null)
                || known < shown)
            {
                throw new InvalidOperationException(
                    $"The statements of contract '{own.Key.Contract}' for '{own.Key.Partner}' count invalid traffic: "
                        + "hand in the log from its beginning.");
            }
        }
    }
}
