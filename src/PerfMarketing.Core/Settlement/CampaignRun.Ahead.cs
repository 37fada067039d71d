using PerfMarketing.Events;

namespace PerfMarketing.Settlement;

/// <content>What may be found of inputs before their turn.</content>
public sealed partial class CampaignRun
{
    /// <summary>Finds ahead who brought outcomes, also on other threads.</summary>
    public CreditFinder Credits { get; }

    /// <summary>Decides one input, and before it whatever ran out of time.</summary>
    /// <param name="input">The input; not recorded before an earlier one.</param>
    public Decision Process(CampaignInput input) => Process(input, default);

    /// <summary>Makes room for outcomes to come, so that nothing is copied as their number grows.</summary>
    /// <param name="outcomes">About how many; more or fewer may come.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void Expect(int outcomes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outcomes);
        entries.EnsureCapacity(entries.Count + outcomes);
        State.Expect(outcomes);
    }

    private void Check(CampaignInput input, in FoundCredit found)
    {
        if (found.Attribution is not null
            && !(ReferenceEquals(found.By, Credits) && ReferenceEquals(found.Input, input)))
        {
            throw new ArgumentException("Found for something else.", nameof(found));
        }
    }

    // What earned in a closed statement was decided when that says: who brought it is asked as of then.
    private FoundCredit Standing(CampaignInput input, in FoundCredit found) =>
        closed.Count > 0 && found.Attribution is not null && State.Find(input.OutcomeId) is { EarningCount: > 0 }
            ? default
            : found;

    private Journey JourneyOf(Outcome outcome, in FoundCredit found) =>
        found.Attribution is null || Credits.ReadsMore ? journeys.Find(outcome) : default;
}
