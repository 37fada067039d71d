using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>What came of closing the periods of a contract that end at an instant.</summary>
/// <param name="Answer">Whether they were closed now, or had been before: then the original answer stands.</param>
/// <param name="Entries">What is paid for them, in the order in which it was computed.</param>
/// <param name="Records">The records to append, in order; empty when they had been closed before.</param>
public sealed record PeriodClosing(
    DecisionAnswer Answer, ValueList<PeriodEarning> Entries, ValueList<CampaignRecord> Records)
{
    /// <summary>
    /// The outcomes that are to be decided next, at the end of the periods: there is room for them under a limit.
    /// </summary>
    public ValueList<OutcomeId> Due { get; init; } = [];
}
