using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Streams;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Checks;

/// <summary>Whether what verifiers say of signed evidence is what its maker knows of it.</summary>
internal sealed class EvidenceWatch(WorldPlan world, Violations violations)
{
    private readonly Dictionary<(OutcomeId Outcome, Digest Content, Instant At), List<SignedEvidence>> sent = [];
    private readonly Dictionary<string, OutcomeId> used = [];
    private readonly List<(OutcomeId Outcome, EvidenceVerdict Verdict, KeyPlan Key)> believed = [];

    /// <summary>Notes what is handed in, under which it will be asked for.</summary>
    public void Sent(OutcomeId outcome, EvidenceInput input, SignedEvidence evidence)
    {
        var key = (outcome, Digest.Of(input.Body.Span), input.ReceivedAt);
        if (!sent.TryGetValue(key, out List<SignedEvidence>? known))
        {
            sent.Add(key, known = []);
        }

        if (!known.Contains(evidence))
        {
            known.Add(evidence);
        }
    }

    /// <summary>Whether evidence that was committed should be believed; that it is, or is not, is checked.</summary>
    public bool Believes(EvidenceReceived received, Outcome? outcome)
    {
        EvidenceVerdict verdict = received.Verdict;
        if (verdict.Scheme != SchemeId.StandardWebhooks)
        {
            return true;
        }

        if (!sent.TryGetValue(
            (received.OutcomeId, verdict.Content, verdict.ReceivedAt), out List<SignedEvidence>? known))
        {
            violations.Add($"I6: nobody sent the evidence {verdict.ReplayKey} of {received.OutcomeId}");
            return false;
        }

        SignedEvidence? authentic = known.Find(e => e.IsAuthentic(world, verdict.ReceivedAt));
        bool isUsed = authentic is not null
            && used.TryGetValue(authentic.Id, out OutcomeId first) && first != received.OutcomeId;
        bool counts = authentic is not null && !isUsed;

        // The same bytes at the same instant, once signed in time and once not: either may have come first.
        bool isClear = known.TrueForAll(e => e.IsAuthentic(world, verdict.ReceivedAt) == (authentic is not null));
        violations.Require(
            verdict.IsValid == counts || !isClear,
            $"I6: evidence {known[0].Id} of {received.OutcomeId} is {verdict.Authenticity} for {verdict.Reason}");
        if (!verdict.IsValid || !counts)
        {
            return false;
        }

        if (outcome is not { IsTest: true })
        {
            used.TryAdd(authentic!.Id, received.OutcomeId);
        }

        believed.Add((received.OutcomeId, verdict, authentic!.KeyAt(world, verdict.ReceivedAt)!));
        return true;
    }

    /// <summary>Revoked keys flag what they verified, and nothing else.</summary>
    public void Review(KeyRing ring, Instant now)
    {
        var flagged = KeyReview.Of(ring, believed.Select(static b => (b.Outcome, b.Verdict)))
            .Select(static r => (r.Outcome, r.Evidence)).ToHashSet();
        var expected = believed.Where(b => b.Key.RevokedAt <= now)
            .Select(static b => (b.Outcome, b.Verdict.ReplayKey.GetValueOrDefault())).ToHashSet();
        violations.Require(
            flagged.SetEquals(expected), $"I6: {flagged.Count} pieces of evidence are doubted, not {expected.Count}");
    }
}
