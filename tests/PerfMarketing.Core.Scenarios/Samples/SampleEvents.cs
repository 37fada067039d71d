using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>A log of JSON lines in memory, read with nothing but the library: what a host would write itself.</summary>
internal sealed class SampleEvents : IJourneySource
{
    private readonly List<(EventOrder Order, CampaignInput Input)> inputs = [];
    private readonly Dictionary<TouchpointId, JourneyTouch> touches = [];
    private readonly Dictionary<CustomerId, List<JourneyTouch>> customers = [];

    public SampleEvents(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            TermJson.Parse(line, Read);
        }

        inputs.Sort(static (x, y) => x.Order.CompareTo(y.Order));
    }

    /// <summary>Outcomes, evidence and corrections in the order in which they were recorded.</summary>
    public IEnumerable<CampaignInput> Inputs => inputs.Select(static i => i.Input);

    public int TouchCount => touches.Count;

    /// <summary>When the last of them was recorded.</summary>
    public Instant End => inputs[^1].Order.At;

    public Journey Find(Outcome outcome)
    {
        JourneyTouch[] own = outcome.Customer is { } who && customers.TryGetValue(who, out List<JourneyTouch>? found)
            ? [.. found]
            : [];
        bool names = outcome.Touch is { } touch && touches.TryGetValue(touch, out JourneyTouch named)
            && !own.Contains(named);
        return new(names ? [.. own, touches[outcome.Touch!.Value]] : own);
    }

    private object Read(TermReader terms)
    {
        switch (terms.Text("type"))
        {
            case "touch":
                Touchpoint touch = Touchpoint.Read(terms);
                touches[touch.Id] = JourneyTouch.Of(touch);
                if (!customers.TryGetValue(touch.Customer, out List<JourneyTouch>? list))
                {
                    customers.Add(touch.Customer, list = []);
                }

                list.Add(JourneyTouch.Of(touch));
                return touch;
            case "outcome":
                Outcome outcome = Outcome.Read(terms);
                inputs.Add((EventOrder.Of(outcome, EventClock.RecordedAt), new CampaignInput.OfOutcome(outcome)));
                return outcome;
            case "evidence":
                return ReadEvidence(terms);
            default:
                Correction correction = Correction.Read(terms);
                EventOrder order = EventOrder.Of(correction, EventClock.RecordedAt);
                inputs.Add((order, new CampaignInput.OfCorrection(correction)));
                return correction;
        }
    }

    private EvidenceVerdict ReadEvidence(TermReader terms)
    {
        EvidenceId id = terms.Value<EvidenceId>("id");
        OutcomeId outcome = terms.Value<OutcomeId>("outcome");
        EvidenceVerdict verdict = terms.Has("verdict")
            ? terms.Object("verdict", EvidenceVerdict.Read)
            : EvidenceVerdict.Asserted(terms.Value<EvidenceKind>("kind"), id, terms.Instant("at"));
        EventOrder order = new(verdict.ReceivedAt, EventRank.Evidence, null, id.Value);
        inputs.Add((order, new CampaignInput.OfEvidence(outcome, verdict)));
        return verdict;
    }
}
