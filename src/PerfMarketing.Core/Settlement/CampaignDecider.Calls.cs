using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Calls;

namespace PerfMarketing.Settlement;

/// <content>What the contract makes of telephone calls.</content>
public sealed partial class CampaignDecider
{
    // A call that does not count is rejected, one of which something is not known waits for its record.
    private Qualification ScreenCall(Work work, Leg leg, Outcome outcome, Qualification judged)
    {
        Contract contract = leg.Contract;
        if (contract.Calls is not { } terms || !CallTerms.IsCall(outcome.Kind) || judged is Qualification.Rejected)
        {
            return judged;
        }

        Reason? repeated = SeenBeside(work, leg, outcome)
            .Where(static s => s.Code == CallReasons.RepeatedCaller).Select(static s => s.Reason).FirstOrDefault();
        CallJudgement call = terms.Judge(CallRecord.Of(outcome), repeated, RecordsOf(work, leg, outcome));
        ValueList<Reason> outside = contract.CallsWhen is { } when
            && FactsOf(work.State, outcome, work.Truth) is var facts && !when.Evaluate(facts, outcome.At)
            ? [Reason.Of(CallReasons.NotAccepted, ("because", when.Explain(facts, outcome.At)[0]))]
            : [];
        return outside.Count > 0 ? new Qualification.Rejected([.. outside, .. call.Reasons])
            : call.Finding == EvidenceFinding.Failed ? new Qualification.Rejected(call.Reasons)
            : call.Finding == EvidenceFinding.Undecided ? Held(judged, CallTerms.Recorded, call.Reasons)
            : judged;
    }

    // What others than those who are paid say of the call.
    private static List<CallRecord> RecordsOf(Work work, Leg leg, Outcome outcome)
    {
        List<CallRecord> records = [];
        foreach (EvidenceVerdict verdict in work.Known.Verdicts)
        {
            if (verdict is { IsValid: true } && verdict.Kind == CallTerms.Recorded && verdict.ReceivedAt <= work.AsOf
                && !(verdict.Party is { } party && leg.Credits.Exists(c => new PartyId(c.Partner.Value) == party))
                && CallRecord.Of(verdict, outcome.At, leg.Contract.Claims) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }
}
