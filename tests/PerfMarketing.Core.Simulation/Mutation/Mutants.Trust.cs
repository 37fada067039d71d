namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs in keys, signatures, erasure, payments, and in what persons decide.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Trust =
    [
        new(
            "a revoked key still counts",
            "Proofs/ProofKey.cs",
            "State is ProofKeyState.Active or ProofKeyState.Retiring",
            "(@ || State is ProofKeyState.Active or ProofKeyState.Retiring)"),
        new(
            "a key counts before its time",
            "Proofs/ProofKey.cs",
            "!(receivedAt < NotBefore)",
            "(@ || !(receivedAt < NotBefore))"),
        new(
            "a key counts after its time",
            "Proofs/ProofKey.cs",
            "!(receivedAt >= NotAfter)",
            "(@ || !(receivedAt >= NotAfter))"),
        new(
            "any signature fits",
            "Proofs/Schemes/MacText.cs",
            "CryptographicOperations.FixedTimeEquals(candidate, mac)",
            "(@ || CryptographicOperations.FixedTimeEquals(candidate, mac))"),
        new(
            "an old message is believed",
            "Proofs/Schemes/SignedTime.cs",
            "return age > Duration.FromSeconds(maxAgeSeconds)",
            "return !@ && age > Duration.FromSeconds(maxAgeSeconds)"),
        new(
            "one piece of evidence proves several outcomes",
            "Settlement/CampaignState.Evidence.cs",
            "|| first.Outcome == outcome",
            "|| @ || first.Outcome == outcome"),
        new(
            "evidence may be too weak",
            "Proofs/Policies/RequiredProof.Judging.cs",
            "&& verdict.Strength >= MinStrength",
            "&& (@ || verdict.Strength >= MinStrength)"),
        new(
            "evidence of sound keys is doubted",
            "Proofs/KeyReview.cs",
            "if (key.State == ProofKeyState.Revoked)",
            "if (@ || key.State == ProofKeyState.Revoked)"),
        new(
            "what is erased is still there",
            "Proofs/CommittedVerdict.cs",
            "new(Bare(Verdict), Commitment, salt: null)",
            "new(@ ? Verdict : Bare(Verdict), Commitment, salt: null)"),
        new(
            "an erasure breaks the chain",
            "Settlement/Seals/RecordContent.cs",
            "received with { Verdict = verdict.Erase().Verdict }",
            "received with { Verdict = @ ? verdict.Verdict : verdict.Erase().Verdict }"),
        new(
            "a statement is paid again",
            "Settlement/Remittances/RemittancePlan.cs",
            "due.Where(d => !remitted.Contains(d.Statement.Id))",
            "due.Where(d => @ || !remitted.Contains(d.Statement.Id))"),
        new(
            "what the bank refused is never paid",
            "Settlement/Remittances/RemittanceBook.cs",
            "remittances.Where(static r => r.IsStanding).Select",
            "remittances.Where(static r => @ || r.IsStanding).Select"),
        new(
            "the bank's last word counts",
            "Settlement/Remittances/RemittanceState.cs",
            "DecisionAnswer.Conflict => this with",
            "DecisionAnswer.Conflict => @ ? this with { Answer = answer } : this with"),
        new(
            "nobody asks what became of a payment",
            "Workflows/RemittanceWorkflow.cs",
            "stream.Book.Remittances.Where(static r => r.IsInTransit)",
            "stream.Book.Remittances.Where(static r => !@ && r.IsInTransit)"),
        new(
            "an approval changes nothing that was rejected",
            "Settlement/CampaignDecider.Rulings.cs",
            "correction is (Approval or Graded) and Ruling ruling",
            "!@ && correction is (Approval or Graded) and Ruling ruling"),
        new(
            "an approved amount is not paid",
            "Settlement/StandingRuling.cs",
            "public Money? Amount => (Decided as Approval)?.Amount;",
            "public Money? Amount => @ ? null : (Decided as Approval)?.Amount;"),
        new(
            "a rejection takes nothing back",
            "Settlement/CampaignDecider.Rulings.cs",
            "ruling.Refusal is null ? truth : truth.Gone()",
            "@ || ruling.Refusal is null ? truth : truth.Gone()"),
        new(
            "an approval does not settle what is disputed",
            "Settlement/CampaignDecider.Disputes.cs",
            "RulingOn(work, terms.Contract, terms.Clause).Decided is Approval approval",
            "!@ && RulingOn(work, terms.Contract, terms.Clause).Decided is Approval approval"),
        new(
            "a grade scales nothing",
            "Settlement/CampaignDecider.Rulings.cs",
            "ruling.Part is { } part ? targets[i]",
            "!@ && ruling.Part is { } part ? targets[i]"),
        new(
            "a grade that holds pays",
            "Settlement/CampaignDecider.Rulings.cs",
            "!ruling.IsHeld || decided is not Qualification.Qualified",
            "@ || !ruling.IsHeld || decided is not Qualification.Qualified"),
        new(
            "an approval leaves the grade",
            "Settlement/StandingRuling.cs",
            "(decided, grade) = (ruling, ruling is Approval ? null : grade);",
            "(decided, grade) = (ruling, !@ && ruling is Approval ? null : grade);"),
        new(
            "an older decision takes the place of the newest",
            "Workflows/CampaignStreams.Folding.cs",
            "records.Where(static s => s.Key.Kind != StreamId.UnpaidKind)\n            .OrderBy",
            "records.Where(static s => @ || s.Key.Kind != StreamId.UnpaidKind)\n            .OrderBy"),
    ];
}
