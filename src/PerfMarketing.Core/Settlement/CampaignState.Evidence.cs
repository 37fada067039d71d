using System.Runtime.InteropServices;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>Which outcome each piece of evidence was used for first.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<(SchemeId Scheme, PartyId? Party, EvidenceId Id), (OutcomeId Outcome, Digest Content)>
        evidence = [];

    // What a verifier said, or that its evidence was used for another outcome and so proves nothing here.
    internal EvidenceVerdict Unused(OutcomeId outcome, EvidenceVerdict verdict)
    {
        if (!verdict.IsValid || verdict.ReplayKey is not { IsUnset: false } id
            || !evidence.TryGetValue((verdict.Scheme, verdict.Party, id), out (OutcomeId Outcome, Digest Content) first)
            || first.Outcome == outcome)
        {
            return verdict;
        }

        return verdict.Disbelieved(first.Content == verdict.Said
            ? Reason.Of(ProofReasons.Replay, ("outcome", first.Outcome))
            : Reason.Of(ProofReasons.ReplayConflict, ("evidence", id)));
    }

    private void Use(EvidenceUsed used)
    {
        ref (OutcomeId Outcome, Digest Content) first =
            ref CollectionsMarshal.GetValueRefOrAddDefault(evidence, used.Key, out bool isKnown);
        first = isKnown ? first : (used.OutcomeId, used.Content);
    }

    // What tests show is believed as often as they like, and takes nothing from real outcomes.
    private void Use(EvidenceReceived received, OutcomeState outcome)
    {
        if (outcome.Outcome is not { IsTest: true } && EvidenceUsed.Of(received) is { } used)
        {
            Use(used);
        }
    }
}
