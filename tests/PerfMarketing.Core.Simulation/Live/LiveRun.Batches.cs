using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Streams;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <content>What some hosts do: they hand in several things with one call.</content>
internal sealed partial class LiveRun
{
    private const ulong BatchSalt = 0x4241_5443;

    // A chance of its own, so that the other worlds draw as they did.
    private readonly SeededRandom batching;
    private readonly int batchMost;

    // What comes next, with one call: alone, or as much of what follows as one call takes.
    private Delivery[] CallAt(List<Delivery> deliveries, int first)
    {
        int most = batchMost > 0 && batching.Happens(400) ? 1 + batching.Below(batchMost) : 1;
        Delivery[] call = [.. deliveries.Skip(first).Take(most).TakeWhile(static d => IsOfBatches(d.Event))];
        return call.Length > 0 ? call : [deliveries[first]];
    }

    private static bool IsOfBatches(SimEvent what) =>
        what is SimEvent.Happened or SimEvent.Proved or SimEvent.Corrected;

    private async Task BatchAsync(Delivery[] deliveries, Instant asOf)
    {
        ValueList<CampaignInput> inputs = [.. deliveries.Select(d => InputOf(d, asOf))];
        ValueList<ConversionReport> reports =
            await conversions.ProcessBatchAsync(Id, inputs, asOf, default).ConfigureAwait(false);
        counts.Hit(FaultKind.Batched);
        for (int i = 0; i < deliveries.Length; i++)
        {
            Answers(reports[i], deliveries[i]);
        }
    }

    private CampaignInput InputOf(Delivery delivery, Instant asOf) => delivery.Event switch
    {
        SimEvent.Happened { Outcome: var outcome } =>
            new CampaignInput.OfOutcome(Given(delivery, outcome, asOf)),
        SimEvent.Proved { Outcome: var id, Verdict: var verdict } =>
            new CampaignInput.OfEvidence(id, Given(delivery, id, verdict, asOf)),
        SimEvent.Corrected { Correction: var correction } =>
            new CampaignInput.OfCorrection(Given(delivery, correction, asOf)),
        _ => throw new InvalidOperationException("That is handed in alone."),
    };

    private Outcome Given(Delivery delivery, Outcome outcome, Instant asOf) =>
        Sent(delivery, outcome with { RecordedAt = asOf }, Outcome.Read);

    private EvidenceVerdict Given(Delivery delivery, OutcomeId id, EvidenceVerdict verdict, Instant asOf) => Sent(
        delivery, watch.Knows(id, verdict) ? verdict : verdict with { ReceivedAt = asOf }, EvidenceVerdict.Read);

    private Correction Given(Delivery delivery, Correction correction, Instant asOf) =>
        Sent(delivery, correction with { RecordedAt = asOf }, Correction.Read);
}
