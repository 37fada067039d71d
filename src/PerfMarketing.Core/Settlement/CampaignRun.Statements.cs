using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>What the run comes to, period by period.</content>
public sealed partial class CampaignRun
{
    // What contracts count of invalid traffic, beside the entries.
    private readonly List<TrafficCounted> counted = [];

    /// <summary>The statements up to an instant; those that were restored are returned as they were.</summary>
    /// <param name="asOf">What is decided after this instant does not count.</param>
    /// <exception cref="OverflowException">
    /// A statement is beyond <see cref="Money.MinorUnitsMax"/>; the message names contract, partner and period.
    /// </exception>
    public ValueList<Statement> Statements(Instant asOf) => StatementBook.Build(
        State.Campaign, counted.Count == 0 ? entries : entries.Concat<CampaignRecord>(counted), closed, asOf);
}
