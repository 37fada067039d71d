using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Simulation.Live;

namespace PerfMarketing.Simulation.Replays;

/// <summary>One thing of a log that is handed in again: an input, or what is invalid by source and period.</summary>
internal sealed record Handed(Instant At, CampaignInput? Input, Invalidation? Invalid = null)
{
    /// <summary>The outcome that it is about; unset where it is about none.</summary>
    public OutcomeId About => Input?.OutcomeId ?? default;

    /// <summary>The outcome, when it is one.</summary>
    public Outcome? Outcome => (Input as CampaignInput.OfOutcome)?.Outcome;

    public static Handed Of(Outcome outcome) => new(outcome.RecordedAt, new CampaignInput.OfOutcome(outcome));

    public static Handed Of(OutcomeId about, EvidenceVerdict verdict) =>
        new(verdict.ReceivedAt, new CampaignInput.OfEvidence(about, verdict));

    public static Handed Of(Correction correction) =>
        new(correction.RecordedAt, new CampaignInput.OfCorrection(correction));

    /// <summary>What was committed, in the order in which it was recorded: as a batch would read it.</summary>
    public static Handed[] LogOf(IEnumerable<LogItem> items) =>
        [.. items.SelectMany(Of).OrderBy(static h => h.At)];

    /// <summary>The same, recorded at another instant.</summary>
    public Handed RecordedAt(Instant at) => Input switch
    {
        CampaignInput.OfOutcome { Outcome: var outcome } => Of(outcome with { RecordedAt = at }),
        CampaignInput.OfEvidence { Outcome: var about, Verdict: var verdict } =>
            Of(about, verdict with { ReceivedAt = at }),
        CampaignInput.OfCorrection { Correction: var correction } => Of(correction with { RecordedAt = at }),
        _ => this with { At = at },
    };

    private static IEnumerable<Handed> Of(LogItem item)
    {
        if (item.Invalidation is { } invalid)
        {
            yield return new(item.AsOf, null, invalid);
        }

        if ((item.Received ?? item.Conflict?.Outcome) is { } outcome)
        {
            yield return Of(outcome);
        }

        foreach (EvidenceVerdict verdict in item.Verdicts)
        {
            yield return Of(new OutcomeId(item.Outcome), verdict);
        }

        if ((item.Correction ?? item.Conflict?.Correction) is { } correction)
        {
            yield return Of(correction);
        }
    }
}
