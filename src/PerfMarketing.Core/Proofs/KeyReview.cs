using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>A piece of evidence that people should look at again, since its key was revoked.</summary>
/// <param name="Outcome">The outcome that the evidence is about.</param>
/// <param name="Evidence">The provider's id.</param>
/// <param name="Scheme">How it was checked.</param>
/// <param name="Key">The revoked key that verified it.</param>
/// <param name="ReceivedAt">When it was received.</param>
public sealed record KeyReview(OutcomeId Outcome, EvidenceId Evidence, SchemeId Scheme, KeyId Key, Instant ReceivedAt)
{
    /// <summary>The evidence that keys verified which have been revoked since.</summary>
    /// <remarks>
    /// Nothing is undone: what was decided stands until people correct it. A key that says since when it is doubted
    /// (<see cref="ProofKey.DoubtedFrom"/>) flags what was received from then on, another all that it ever verified.
    /// </remarks>
    /// <param name="keys">The keys as they stand now, the revoked ones among them.</param>
    /// <param name="evidence">The outcomes with the verdicts on their evidence, in any order.</param>
    /// <returns>What to look at, by time of receipt, then outcome, scheme and id.</returns>
    public static ValueList<KeyReview> Of(
        KeyRing keys, IEnumerable<(OutcomeId Outcome, EvidenceVerdict Verdict)> evidence)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(evidence);
        Dictionary<(SchemeId Scheme, KeyId? Key), Instant> doubted = [];
        foreach (ProofKey key in keys.Keys)
        {
            if (key.State == ProofKeyState.Revoked)
            {
                doubted[(key.Scheme, key.Id)] = key.DoubtedFrom ?? Instant.MinValue;
            }
        }

        return evidence
            .Where(item => item.Verdict is { IsValid: true, Key: not null }
                && doubted.TryGetValue((item.Verdict.Scheme, item.Verdict.Key), out Instant from)
                && item.Verdict.ReceivedAt >= from)
            .Select(static item => new KeyReview(
                item.Outcome,
                item.Verdict.ReplayKey.GetValueOrDefault(),
                item.Verdict.Scheme,
                item.Verdict.Key.GetValueOrDefault(),
                item.Verdict.ReceivedAt))
            .Distinct()
            .OrderBy(static review => review.ReceivedAt)
            .ThenBy(static review => review.Outcome)
            .ThenBy(static review => review.Scheme)
            .ThenBy(static review => review.Evidence)
            .ToValueList();
    }
}
