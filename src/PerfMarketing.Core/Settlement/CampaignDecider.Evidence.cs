using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>How much evidence is kept of an outcome.</content>
public sealed partial class CampaignDecider
{
    /// <summary>
    /// The most valid verdicts that are kept of one outcome and one party, repetitions not counted; what comes after
    /// them changes nothing and is kept as a conflict.
    /// </summary>
    /// <remarks>
    /// By party, so that nobody can push out what another one says; where no party is known, by scheme.
    /// </remarks>
    public const int VerdictCountMax = 64;

    /// <summary>
    /// The most verdicts that are not valid and are kept of one outcome; what comes after them is answered, and not
    /// kept.
    /// </summary>
    public const int RefusedVerdictCountMax = 16;

    // The same message again, received later: the first receipt stands. What is not covered makes no difference.
    private static bool IsRepetition(OutcomeState known, EvidenceVerdict verdict)
    {
        foreach (EvidenceVerdict kept in known.Verdicts)
        {
            if (kept.ReceivedAt <= verdict.ReceivedAt && kept.Content == verdict.Content && kept.Kind == verdict.Kind
                && kept.Scheme == verdict.Scheme && kept.Party == verdict.Party && kept.ReplayKey == verdict.ReplayKey
                && kept.Authenticity == verdict.Authenticity && kept.Reason == verdict.Reason
                && SaysTheSame(kept, verdict))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SaysTheSame(EvidenceVerdict kept, EvidenceVerdict verdict) =>
        kept.Strength == verdict.Strength && kept.Finding == verdict.Finding && kept.State == verdict.State
        && kept.AssertedAt == verdict.AssertedAt && kept.Claims == verdict.Claims;

    // Under one id the host's own word counts as it was first given. That it says no where it said yes is no other
    // content but a contradiction, which holds the money.
    private static EvidenceVerdict? OtherWord(OutcomeState known, EvidenceVerdict verdict)
    {
        if (!verdict.IsBareWord)
        {
            return null;
        }

        foreach (EvidenceVerdict kept in known.Verdicts)
        {
            if (kept.ReplayKey == verdict.ReplayKey && kept.Party == verdict.Party && kept.IsBareWord
                && kept.Finding == verdict.Finding)
            {
                return kept.Said == verdict.Said ? null : kept;
            }
        }

        return null;
    }

    private static bool HasRoom(OutcomeState known, EvidenceVerdict verdict)
    {
        int count = 0;
        foreach (EvidenceVerdict kept in known.Verdicts)
        {
            count += kept.IsValid == verdict.IsValid && (!verdict.IsValid || IsOfOneVoice(kept, verdict)) ? 1 : 0;
        }

        return count < (verdict.IsValid ? VerdictCountMax : RefusedVerdictCountMax);
    }

    // Whoever sends what names no party takes no room from the host's own word, which names none either.
    private static bool IsOfOneVoice(EvidenceVerdict kept, EvidenceVerdict verdict) =>
        kept.Party == verdict.Party && (verdict.Party is not null || kept.Scheme == verdict.Scheme);

    // What says itself that it is about something else, or was used for another outcome, proves nothing here. What is
    // about something else is not used up by having been handed in here. What was judged here stays judged so: what a
    // test showed may have been used for a real outcome since.
    private EvidenceVerdict Believed(CampaignState state, OutcomeState known, EvidenceVerdict verdict) =>
        IsRepetition(known, verdict) ? verdict
        : EvidenceScope.WhyElsewhere(verdict, known.Id, campaign.ContractIds, campaign.Claims) is { } why
            ? verdict.Disbelieved(why)
            : state.Unused(known.Id, verdict);

    // Evidence that is too much: what is valid is kept as a conflict, for people to see.
    private Decision Overflow(CampaignState state, OutcomeState known, EvidenceVerdict verdict, Instant asOf)
    {
        var conflict = ConflictReceived.Of(known.Id, null, verdict, asOf);
        return verdict.IsValid ? KeepConflict(state, known, conflict) : Unchanged(state, known, conflict.Reason);
    }

    // What came with the outcome itself.
    private void TakeEvidence(Work work, ValueList<EvidenceVerdict> verdicts)
    {
        foreach (EvidenceVerdict verdict in verdicts)
        {
            EvidenceVerdict judged = Believed(work.State, work.Known, verdict);
            if (IsRepetition(work.Known, judged))
            {
                continue;
            }

            EvidenceVerdict? first = OtherWord(work.Known, judged);
            if (first is null && HasRoom(work.Known, judged))
            {
                work.Add(new EvidenceReceived { OutcomeId = work.Id, DecidedAt = work.AsOf, Verdict = judged });
            }
            else if (judged.IsValid && work.Known.Conflicts.Count < ConflictCountMax)
            {
                work.Add(ConflictReceived.Of(work.Id, first, judged, work.AsOf));
            }
        }
    }
}
